import { Controller } from '@nestjs/common';
import { type Session, sessionApi } from '@throughway/contracts/session';
import { Handles, type Input } from '../platform/http/handles.js';
import { SecondFactorService } from './second-factor.service.js';
import { SignInLinks } from './sign-in-links.service.js';
import { SignInService } from './sign-in.service.js';

@Controller()
export class SignInController {
  constructor(
    private readonly signIn: SignInService,
    private readonly links: SignInLinks,
    private readonly secondFactor: SecondFactorService,
  ) {}

  @Handles(sessionApi.withPassword, 'session.open')
  withPassword({ body, request }: Input<typeof sessionApi.withPassword>): Promise<Session> {
    return this.signIn.withPassword(request, body);
  }

  @Handles(sessionApi.sendLink, 'session.open')
  sendLink({ body, request }: Input<typeof sessionApi.sendLink>): Promise<{ sent: true }> {
    return this.links.send(request, body.email);
  }

  @Handles(sessionApi.withLink, 'session.open')
  withLink({ body, request }: Input<typeof sessionApi.withLink>): Promise<Session> {
    return this.links.open(request, body.token);
  }

  @Handles(sessionApi.secondFactor, 'session.open')
  settle({ actor, body, request }: Input<typeof sessionApi.secondFactor>): Promise<Session> {
    return this.secondFactor.settle(actor, request, body.code);
  }
}
