import { Controller } from '@nestjs/common';
import { type Profile, profileApi } from '@throughway/contracts/profile';
import { Handles, type Input } from '../platform/http/handles.js';
import { AccountRemovalService } from './account-removal.service.js';
import { ProfileService } from './profile.service.js';

@Controller()
export class ProfileController {
  constructor(
    private readonly service: ProfileService,
    private readonly removal: AccountRemovalService,
  ) {}

  @Handles(profileApi.get, 'account.read')
  get({ actor }: Input<typeof profileApi.get>): Promise<Profile> {
    return this.service.get(actor);
  }

  @Handles(profileApi.change, 'account.change')
  change({ actor, body }: Input<typeof profileApi.change>): Promise<Profile> {
    return this.service.change(actor, body);
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
