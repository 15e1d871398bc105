import { Controller } from '@nestjs/common';
import { invitationsApi, type OpenedInvitation } from '@throughway/contracts/organizations';
import type { Session } from '@throughway/contracts/session';
import { Handles, type Input } from '../platform/http/handles.js';
import { InvitationAnswersService } from './invitation-answers.service.js';

@Controller()
export class InvitationsController {
  constructor(private readonly service: InvitationAnswersService) {}

  @Handles(invitationsApi.open, 'invitation.answer')
  open({ body }: Input<typeof invitationsApi.open>): Promise<OpenedInvitation> {
    return this.service.open(body.token);
  }

  @Handles(invitationsApi.accept, 'invitation.answer')
  accept({ body, request }: Input<typeof invitationsApi.accept>): Promise<Session> {
    return this.service.accept(request, body);
  }

  @Handles(invitationsApi.renew, 'invitation.answer')
  renew({ body, request }: Input<typeof invitationsApi.renew>): Promise<{ sent: true }> {
    return this.service.renew(request, body.token);
  }
}
