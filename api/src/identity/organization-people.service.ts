import { Injectable } from '@nestjs/common';
import type { Organization } from '@throughway/contracts/organizations';
import type { Role } from '@throughway/vocabulary/roles';
import type { Request } from 'express';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../platform/auth/actor.js';
import { recordActs } from '../platform/audit/record-acts.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { notFound, refuse } from '../platform/errors/refusal.js';
import type { Seen } from '../platform/http/seen.js';
import { changeInviter, type InvitationRecord, lockInvitation, markRevoked } from './invitations.repository.js';
import { InvitationsService } from './invitations.service.js';
import { requireRole } from './issue-invitation.js';
import * as memberships from './memberships.repository.js';
import {
  heldOrganization,
  requireOrganizationUnchanged,
  seenOrganization,
  unchangedOrganization,
} from './organization-access.js';
import { viewOrganization } from './organization-view.js';
import type { OrganizationRecord } from './organizations.repository.js';
import type { Line } from '../platform/auth/authorization.js';
import { notAllowed, openedBy } from '../platform/auth/sight.js';
import { requireAnotherManager } from './require-another-manager.js';
import { rolesToGive } from './roles-to-give.js';

/** Who works in an organization: inviting, giving roles, ending them. */
@Injectable()
export class OrganizationPeopleService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly invitations: InvitationsService,
  ) {}

  /** @throws not-allowed, own-role, role-not-here, role-held, sample-and-real, too-many-mails */
  invite(
    asking: Actor | null,
    organizationId: string,
    asked: { email: string; role: Role; language: 'en' | 'es' },
    request: Request,
  ): Promise<Organization> {
    return this.transactions.run(async (em) => {
      // Held, since an employer's first administrator may be arriving while a school invites one.
      const { actor, organization } = await heldOrganization(em, asking, organizationId);
      const roles = await rolesToGive(em, actor, organization);
      if (roles.length === 0) throw notAllowed('invite people here');
      requireRole(organization, asked.role);
      if (!roles.includes(asked.role)) throw notAllowed(`invite someone as ${asked.role}`);
      requireSomeoneElse(asked.email.toLowerCase() === actor.email?.toLowerCase());
      await this.invitations.invite(em, { ...asked, organizationId, subjectId: null, invitedBy: actor, request });
      return viewOrganization(em, actor, organization, this.clock.now());
    });
  }

  revoke(asking: Actor | null, organizationId: string, invitationId: string): Promise<Organization> {
    return this.transactions.run(async (em) => {
      const { actor, organization } = await seenOrganization(em, asking, organizationId);
      await this.holdUnanswered(em, actor, organization, invitationId, 'invitation.revoke');
      await markRevoked(em, invitationId, this.clock.now());
      await recordActs(em, this.clock.now(), {
        organizationId: organization.organizationId,
        actor,
        action: 'invitation-revoked',
        subject: { kind: 'invitation', id: invitationId },
      });
      return viewOrganization(em, actor, organization, this.clock.now());
    });
  }

  /**
   * Who mails it again answers for it from then on, and so must be one who could send it today.
   * @throws not-allowed, not-found, own-role, invitation-expired, too-many-mails
   */
  resend(asking: Actor | null, organizationId: string, invitationId: string, request: Request): Promise<Organization> {
    return this.transactions.run(async (em) => {
      const { actor, organization } = await heldOrganization(em, asking, organizationId);
      const invitation = await this.holdUnanswered(em, actor, organization, invitationId, 'invitation.resend');
      const { role, email } = invitation;
      if (!(await rolesToGive(em, actor, organization)).includes(role)) throw notAllowed(`invite someone as ${role}`);
      requireSomeoneElse(email.toLowerCase() === actor.email?.toLowerCase());
      if (invitation.openUntil <= this.clock.now()) {
        throw refuse('invitation-expired', 'This invitation has run out. Invite the address again.');
      }
      await changeInviter(em, invitationId, actor.personId);
      await this.invitations.sendLink(em, request, { ...invitation, invitedBy: actor.name }, actor.personId);
      await recordActs(em, this.clock.now(), {
        organizationId: organization.organizationId,
        actor,
        action: 'invitation-sent',
        detail: { role, email },
        subject: { kind: 'invitation', id: invitationId },
      });
      return viewOrganization(em, actor, organization, this.clock.now());
    });
  }

  /** @throws not-allowed, not-found, own-role, role-not-here, changed-meanwhile */
  giveRole(
    asking: Actor | null,
    organizationId: string,
    { personId, role }: { personId: string; role: Role },
    seen: Seen,
  ): Promise<Organization> {
    return this.transactions.run(async (em) => {
      const { actor, organization } = await unchangedOrganization(
        em,
        asking,
        organizationId,
        'organization.manage-people',
        { seen, now: this.clock.now() },
      );
      requireSomeoneElse(personId === actor.personId);
      requireRole(organization, role);
      if (!(await memberships.worksThere(em, organization.family, personId))) throw notFound('person');
      const given = await memberships.insertMembership(em, {
        personId,
        organizationId: organization.organizationId,
        role,
        subjectId: null,
        grantedById: actor.personId,
        at: this.clock.now(),
      });
      if (given) {
        await recordActs(em, this.clock.now(), {
          organizationId: organization.organizationId,
          actor,
          action: 'membership-given',
          detail: { role },
          subject: { kind: 'person', id: personId },
        });
      }
      return viewOrganization(em, actor, organization, this.clock.now());
    });
  }

  /** One's own, or someone's whom one manages. @throws not-allowed, not-found, last-administrator, changed-meanwhile */
  endMembership(
    asking: Actor | null,
    organizationId: string,
    membershipId: string,
    seen: Seen,
  ): Promise<{ ended: true }> {
    return this.transactions.run(async (em) => {
      const { actor, organization } = await heldOrganization(em, asking, organizationId);
      const membership = await memberships.findMembership(em, organization.family, membershipId);
      const own = membership?.personId === actor.personId;
      if (openedBy(actor, 'organization.end-membership', { ...organization, own }).length === 0) {
        throw notAllowed("end somebody else's role here");
      }
      await requireOrganizationUnchanged(em, { actor, organization }, { seen, now: this.clock.now() });
      if (!membership) throw notFound('membership');
      await requireAnotherManager(em, organization, membership);
      await memberships.endMembership(em, membershipId, actor.personId, this.clock.now());
      const { personId, role } = membership;
      await recordActs(em, this.clock.now(), {
        organizationId: organization.organizationId,
        actor,
        action: 'membership-ended',
        detail: { role },
        subject: { kind: 'person', id: personId },
      });
      return { ended: true };
    });
  }

  /** The unanswered invitation, for who may do this with it. @throws not-allowed, not-found */
  private async holdUnanswered(
    em: EntityManager,
    actor: Actor,
    organization: OrganizationRecord,
    invitationId: string,
    line: Extract<Line, `invitation.${string}`>,
  ): Promise<InvitationRecord> {
    const { family } = organization;
    const invitation = await lockInvitation(em, invitationId);
    const own = invitation?.invitedById === actor.personId;
    if (openedBy(actor, line, { ...organization, own }).length === 0) throw notAllowed('manage the invitations here');
    if (!invitation || !family.includes(invitation.organizationId) || invitation.acceptedAt || invitation.revokedAt) {
      throw notFound('open invitation');
    }
    return invitation;
  }
}

function requireSomeoneElse(self: boolean): void {
  if (self) throw refuse('own-role', 'You cannot give yourself a role. Someone else who manages people here can.');
}
