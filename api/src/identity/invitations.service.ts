import { Injectable } from '@nestjs/common';
import type { Role } from '@throughway/vocabulary/roles';
import type { Request } from 'express';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../platform/auth/actor.js';

export interface NewInvitation {
  organizationId: string;
  role: Role;
  /** The student or guardian row that the invited person will stand for; null in every other role. */
  subjectId: string | null;
  email: string;
  language: 'en' | 'es';
  invitedBy: Pick<Actor, 'personId' | 'name'>;
  request: Request;
}

/** Whether someone has an account that stands for a subject, or at least an open invitation to one. */
export type AccountState = 'none' | 'invited' | 'linked';

/** Invitations by mail into a role. */
@Injectable()
export class InvitationsService {
  /**
   * Invites an address in the caller's transaction, who has made sure that `invitedBy` may give the role. An address that is invited
   * into the same role already gets a fresh link instead. @throws role-not-here, role-held, too-many-mails
   */
  invite(_em: EntityManager, _invitation: NewInvitation): Promise<void> {
    return Promise.reject(new Error('not written yet'));
  }

  /** Of each subject asked for. */
  stateOf(_em: EntityManager, _subjectIds: readonly string[]): Promise<Map<string, AccountState>> {
    return Promise.reject(new Error('not written yet'));
  }
}
