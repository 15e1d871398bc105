import { Controller } from '@nestjs/common';
import { type Letter, lettersApi, type LetterSummary } from '@throughway/contracts/letters';
import { Handles, type Input } from '../http/handles.js';
import { MailboxService } from './mailbox.service.js';

@Controller()
export class MailboxController {
  constructor(private readonly service: MailboxService) {}

  @Handles(lettersApi.list, 'letter.read')
  list({ asker }: Input<typeof lettersApi.list>): Promise<{ letters: LetterSummary[] }> {
    return this.service.list(asker);
  }

  @Handles(lettersApi.get, 'letter.read')
  get({ asker, params }: Input<typeof lettersApi.get>): Promise<Letter> {
    return this.service.get(asker, params.letterId);
  }
}
