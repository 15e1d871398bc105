import { Module } from '@nestjs/common';
import { InvitationsService } from './invitations.service.js';
import { ProfileController } from './profile.controller.js';
import { ProfileService } from './profile.service.js';
import { SessionController } from './session.controller.js';
import { SessionService } from './session.service.js';

@Module({
  controllers: [ProfileController, SessionController],
  providers: [ProfileService, InvitationsService, SessionService],
  exports: [InvitationsService, SessionService],
})
export class IdentityModule {}
