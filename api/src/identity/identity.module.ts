import { Module } from '@nestjs/common';
import { InvitationsService } from './invitations.service.js';
import { SessionController } from './session.controller.js';
import { SessionService } from './session.service.js';

@Module({
  controllers: [SessionController],
  providers: [InvitationsService, SessionService],
  exports: [InvitationsService, SessionService],
})
export class IdentityModule {}
