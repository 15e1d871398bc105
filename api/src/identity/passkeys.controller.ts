import { Controller } from '@nestjs/common';
import { type Profile, profileApi } from '@throughway/contracts/profile';
import { type Session, sessionApi } from '@throughway/contracts/session';
import { Handles, type Input } from '../platform/http/handles.js';
import { PasskeySignInService } from './passkey-sign-in.service.js';
import { PasskeysService } from './passkeys.service.js';

@Controller()
export class PasskeysController {
  constructor(
    private readonly passkeys: PasskeysService,
    private readonly signIn: PasskeySignInService,
  ) {}

  @Handles(sessionApi.passkeyOptions, 'session.open')
  signInOptions({ request }: Input<typeof sessionApi.passkeyOptions>): Promise<Record<string, unknown>> {
    return this.signIn.begin(request);
  }

  @Handles(sessionApi.withPasskey, 'session.open')
  withPasskey({ request, body }: Input<typeof sessionApi.withPasskey>): Promise<Session> {
    return this.signIn.signIn(request, body.response);
  }

  @Handles(profileApi.passkeyOptions, 'account.change')
  addOptions({ actor, request }: Input<typeof profileApi.passkeyOptions>): Promise<Record<string, unknown>> {
    return this.passkeys.begin(actor, request);
  }

  @Handles(profileApi.addPasskey, 'account.change')
  add({ actor, request, body }: Input<typeof profileApi.addPasskey>): Promise<Profile> {
    return this.passkeys.add(actor, request, body.name, body.response);
  }

  @Handles(profileApi.removePasskey, 'account.change')
  remove({ actor, request, params }: Input<typeof profileApi.removePasskey>): Promise<Profile> {
    return this.passkeys.remove(actor, request, params.passkeyId);
  }
}
