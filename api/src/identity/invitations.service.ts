import { Injectable } from '@nestjs/common';
import type { Role } from '@throughway/vocabulary/roles';
import type { Request } from 'express';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../platform/auth/actor.js';
import { Clock } from '../platform/clock/clock.js';
import { notFound } from '../platform/errors/refusal.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { Outbox } from '../platform/mail/outbox.js';
import * as repository from './invitations.repository.js';
import { invitationPage, issueInvitation, issueLink } from './issue-invitation.js';
import { endOfSubjects } from './memberships.repository.js';
import { findOrganization, type OrganizationRecord } from './organizations.repository.js';

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

/** Invitations by mail into a role, from the side of those who invite. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly publicUrl: PublicUrl,
  ) {}

  /**
   * Invites an address in the caller's transaction, who has made sure that `invitedBy` may give the role. An address that is invited
   * into the same role already gets a fresh link instead. @throws role-not-here, role-held, sample-and-real, too-many-mails
   */
  async invite(em: EntityManager, { organizationId, invitedBy, request, ...asked }: NewInvitation): Promise<void> {
    const organization = await findOrganization(em, organizationId);
    if (!organization) throw notFound('organization');
    const at = this.clock.now();
    const token = await issueInvitation(em, at, { ...asked, organization, invitedById: invitedBy.personId });
    await this.mail(em, request, { ...asked, invitedBy: invitedBy.name }, organization, token);
  }

  /** Of each subject asked for. */
  async stateOf(em: EntityManager, subjectIds: readonly string[]): Promise<Map<string, AccountState>> {
    const accounts = await repository.accountsOf(em, subjectIds, this.clock.now());
    return new Map(
      accounts.map(({ subjectId, linked, invited }) => [subjectId, linked ? 'linked' : invited ? 'invited' : 'none']),
    );
  }

  /**
   * Ends whatever lets an account stand for one of these subjects: open invitations, and the roles of those who accepted one, from their
   * next request on. Answers how many roles ended.
   */
  async endAccounts(em: EntityManager, subjectIds: readonly string[], endedById: string | null): Promise<number> {
    if (subjectIds.length === 0) return 0;
    // In this order: an invitation that is being accepted is waited for here, and its new role ends below.
    const at = this.clock.now();
    await repository.revokeOfSubjects(em, subjectIds, at);
    return endOfSubjects(em, subjectIds, endedById, at);
  }

  /**
   * Mails a fresh link of an unanswered invitation that the transaction holds. `sentById` is null when the invited person asks for it.
   * @throws too-many-mails
   */
  async sendLink(
    em: EntityManager,
    request: Request,
    invitation: repository.InvitationRecord,
    sentById: string | null,
  ): Promise<void> {
    const organization = await findOrganization(em, invitation.organizationId);
    if (!organization) throw notFound('organization');
    const token = await issueLink(em, this.clock.now(), invitation.invitationId, sentById);
    await this.mail(em, request, invitation, organization, token);
  }

  private async mail(
    em: EntityManager,
    request: Request,
    {
      email,
      language,
      role,
      subjectId,
      invitedBy,
    }: Pick<repository.InvitationRecord, 'email' | 'language' | 'role' | 'subjectId' | 'invitedBy'>,
    { name }: OrganizationRecord,
    token: string,
  ): Promise<void> {
    const url = this.publicUrl.page(request, ...invitationPage(token));
    await this.outbox.send(em, {
      recipient: email,
      language,
      template: 'invitation',
      detail: { organization: name, role, invitedBy, url },
      subjectId,
    });
  }
}
