import { Controller } from '@nestjs/common';
import { type Profile, profileApi } from '@throughway/contracts/profile';
import { type Session, sessionApi } from '@throughway/contracts/session';
import { Handles, type Input } from '../platform/http/handles.js';
import { ProvidersService } from './providers.service.js';

@Controller()
export class ProvidersController {
  constructor(private readonly service: ProvidersService) {}

  @Handles(sessionApi.providers, 'public.read')
  list(): { providers: { providerId: string; name: string }[] } {
    return this.service.list();
  }

  @Handles(sessionApi.startProvider, 'session.open')
  start({ actor, request, params }: Input<typeof sessionApi.startProvider>): Promise<{ url: string }> {
    return this.service.start(actor, request, params.providerId);
  }

  @Handles(sessionApi.withProvider, 'session.open')
  finish({ request, params, body }: Input<typeof sessionApi.withProvider>): Promise<Session> {
    return this.service.finish(request, params.providerId, body);
  }

  @Handles(profileApi.removeIdentity, 'account.change')
  remove({ actor, request, params }: Input<typeof profileApi.removeIdentity>): Promise<Profile> {
    return this.service.remove(actor, request, params.identityId);
  }
}
