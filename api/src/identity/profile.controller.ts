import { Controller } from '@nestjs/common';
import { type OptionalMail, type Profile, profileApi } from '@throughway/contracts/profile';
import { Handles, type Input } from '../platform/http/handles.js';
import { AccountRemovalService } from './account-removal.service.js';
import { OptionalMails } from './optional-mails.service.js';
import { ProfileService } from './profile.service.js';

@Controller()
export class ProfileController {
  constructor(
    private readonly service: ProfileService,
    private readonly removal: AccountRemovalService,
    private readonly mails: OptionalMails,
  ) {}

  @Handles(profileApi.get, 'account.read')
  get({ actor }: Input<typeof profileApi.get>): Promise<Profile> {
    return this.service.get(actor);
  }

  @Handles(profileApi.change, 'account.change')
  change({ actor, body }: Input<typeof profileApi.change>): Promise<Profile> {
    return this.service.change(actor, body);
  }

  @Handles(profileApi.stopMails, 'mail.stop')
  stopMails({ query }: Input<typeof profileApi.stopMails>): Promise<{ mail: OptionalMail }> {
    return this.mails.stop(query.token);
  }

  @Handles(profileApi.endSession, 'account.change')
  endSession({ actor, params }: Input<typeof profileApi.endSession>): Promise<Profile> {
    return this.service.endSession(actor, params.sessionId);
  }

  @Handles(profileApi.erase, 'account.erase')
  erase({ actor, request }: Input<typeof profileApi.erase>): Promise<{ erased: true }> {
    return this.removal.remove(actor, request);
  }
}
