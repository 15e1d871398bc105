import { Controller } from '@nestjs/common';
import { type Session, sessionApi } from '@throughway/contracts/session';
import { Handles, type Input } from '../platform/http/handles.js';
import { SessionService } from './session.service.js';

@Controller()
export class SessionController {
  constructor(private readonly service: SessionService) {}

  @Handles(sessionApi.get, 'session.read')
  get({ actor }: Input<typeof sessionApi.get>): Session {
    return this.service.view(actor);
  }

  @Handles(sessionApi.end, 'session.end')
  end({ request }: Input<typeof sessionApi.end>): Promise<Session> {
    return this.service.end(request);
  }

  @Handles(sessionApi.endAll, 'account.change')
  endAll({ actor, request }: Input<typeof sessionApi.endAll>): Promise<Session> {
    return this.service.endAll(actor, request);
  }
}
