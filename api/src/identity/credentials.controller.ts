import { Controller } from '@nestjs/common';
import { type Profile, profileApi } from '@throughway/contracts/profile';
import { Handles, type Input } from '../platform/http/handles.js';
import { AuthenticatorService } from './authenticator.service.js';
import { PasswordService } from './password.service.js';

@Controller()
export class CredentialsController {
  constructor(
    private readonly password: PasswordService,
    private readonly authenticator: AuthenticatorService,
  ) {}

  @Handles(profileApi.setPassword, 'account.change')
  setPassword({ actor, body, request }: Input<typeof profileApi.setPassword>): Promise<Profile> {
    return this.password.set(actor, request, body);
  }

  @Handles(profileApi.startAuthenticator, 'account.change')
  startAuthenticator({
    actor,
    request,
  }: Input<typeof profileApi.startAuthenticator>): Promise<{ secret: string; url: string; picture: string }> {
    return this.authenticator.start(actor, request);
  }

  @Handles(profileApi.confirmAuthenticator, 'account.change')
  confirmAuthenticator({
    actor,
    body,
    request,
  }: Input<typeof profileApi.confirmAuthenticator>): Promise<{ recoveryCodes: string[] }> {
    return this.authenticator.confirm(actor, request, body.code);
  }

  @Handles(profileApi.removeAuthenticator, 'account.change')
  removeAuthenticator({ actor, request }: Input<typeof profileApi.removeAuthenticator>): Promise<Profile> {
    return this.authenticator.remove(actor, request);
  }
}
