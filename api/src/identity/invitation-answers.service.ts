import { Injectable } from '@nestjs/common';
import type { OpenedInvitation } from '@throughway/contracts/organizations';
import type { Session } from '@throughway/contracts/session';
import type { Request } from 'express';
import type { EntityManager } from 'typeorm';
import { recordActs } from '../platform/audit/record-acts.js';
import { digestOf } from '../platform/auth/tokens.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { badInput, notFound, refuse, Refusal } from '../platform/errors/refusal.js';
import * as repository from './invitations.repository.js';
import { InvitationsService } from './invitations.service.js';
import * as invited from './invited-person.repository.js';
import { inviterStillMay } from './inviters.js';
import { countHolders, insertMembership } from './memberships.repository.js';
import { findOrganization, listMerged, lockOrganization, type OrganizationRecord } from './organizations.repository.js';
import { SessionService } from './session.service.js';
import { StandingChanges } from './standing-changes.js';

/** Who stands as the inviter when the server's operator invited from the command line. */
const OPERATOR = 'Throughway';

interface Held {
  digest: Buffer;
  link: repository.LinkRecord;
  invitation: repository.InvitationRecord;
  organization: OrganizationRecord;
}

/** What the holder of an invitation's link may do with it. */
@Injectable()
export class InvitationAnswersService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly invitations: InvitationsService,
    private readonly sessions: SessionService,
    private readonly changes: StandingChanges,
  ) {}

  /** @throws link-unknown, link-used, link-expired, invitation-revoked, invitation-accepted, invitation-expired */
  open(token: string): Promise<OpenedInvitation> {
    return this.transactions.run(async (em) => {
      const { invitation, organization, link } = await this.hold(em, token);
      this.requireFresh(link);
      const { role, email, language, invitedBy } = invitation;
      const { organizationId, name, kind, sample } = organization;
      return {
        organization: { organizationId, name, kind, sample },
        role,
        email,
        language,
        invitedBy: invitedBy ?? OPERATOR,
        known: (await invited.findByAddress(em, email)) !== null,
      };
    });
  }

  /**
   * Gives the role to the person of the invited address, whom it makes when there is none, and opens their session, in one
   * transaction. The first administrator of an employer ends the other invitations to become one: who comes next is theirs to say;
   * and what was trusted to the employer before it had one, was not to them.
   * @throws as `open` does; bad-input without a name for somebody new; suspended
   */
  accept(
    request: Request,
    { token, name, language }: { token: string; name?: string | undefined; language?: 'en' | 'es' | undefined },
  ): Promise<Session> {
    return this.transactions.run(async (em) => {
      const { digest, link, invitation, organization } = await this.hold(em, token);
      this.requireFresh(link);
      const at = this.clock.now();
      const { invitationId, organizationId, role, subjectId, email, invitedById } = invitation;
      const known = await invited.findByAddress(em, email);
      if (!known && name === undefined) {
        throw badInput([{ path: 'body.name', found: 'nothing', expected: 'a name, since this address is new here' }]);
      }
      const personId =
        known?.personId ??
        (await invited.insertPerson(em, { email, name: name ?? '', language: language ?? invitation.language }));
      const first = role === 'employer-admin' && (await countHolders(em, organization.family, role)) === 0;
      // Of the employer that was named, whatever it was merged into meanwhile.
      const employerIds = role === 'employer-admin' ? await listMerged(em, organizationId) : [];
      const isNew = employerIds.length > 0 && (await countHolders(em, employerIds, role)) === 0;
      await insertMembership(em, { personId, organizationId, role, subjectId, grantedById: invitedById, at });
      await repository.markAccepted(em, { invitationId, digest, personId, at });
      if (first) await repository.revokeOthers(em, organization.family, role, at);
      const session = await this.sessions.open(em, request, { personId, method: 'invitation' });
      const actor = { personId };
      const ended = isNew ? await this.changes.employerIsNew.tell(em, { employerIds }, { actor, at }) : [];
      await recordActs(em, at, ...ended, {
        organizationId,
        actor,
        action: 'invitation-accepted',
        detail: { role, email },
        subject: { kind: 'invitation', id: invitationId },
      });
      return session;
    });
  }

  /** Mails a fresh link to the invited address. @throws as `open` does, but for link-expired; too-many-mails */
  renew(request: Request, token: string): Promise<{ sent: true }> {
    return this.transactions.run(async (em) => {
      const { invitation } = await this.hold(em, token);
      await this.invitations.sendLink(em, request, invitation, null);
      return { sent: true as const };
    });
  }

  /**
   * The unanswered invitation of a link, whose sender could send it today still, and its organization; both held until the transaction
   * ends: in the order organization, invitation, person, always.
   */
  private async hold(em: EntityManager, token: string): Promise<Held> {
    const digest = digestOf(token);
    const found = await repository.findLink(em, digest);
    if (!found)
      throw new Refusal(404, 'link-unknown', 'There is no such link. Open it whole, as it stands in the mail.');
    await lockOrganization(em, found.organizationId);
    const invitation = await repository.lockInvitation(em, found.invitationId);
    const link = await repository.findLink(em, digest);
    const organization = await findOrganization(em, found.organizationId);
    if (!invitation || !link || !organization) throw notFound('invitation');
    requireUnanswered(invitation, link, this.clock.now());
    if (!(await inviterStillMay(em, invitation, organization))) {
      throw refuse(
        'invitation-revoked',
        'Who sent this invitation may not give this role any more. Ask those who manage the people there for another.',
      );
    }
    return { digest, link, invitation, organization };
  }

  private requireFresh({ expiresAt }: repository.LinkRecord): void {
    if (expiresAt > this.clock.now()) return;
    throw refuse('link-expired', 'This link worked for one hour and has run out. A fresh one can be mailed to you.');
  }
}

function requireUnanswered(
  { revokedAt, acceptedAt, openUntil }: repository.InvitationRecord,
  { usedAt }: repository.LinkRecord,
  now: Date,
): void {
  if (revokedAt) throw refuse('invitation-revoked', 'This invitation was taken back. Ask who invited you.');
  if (usedAt) throw refuse('link-used', 'This link was used already and works once. Sign in instead.');
  if (acceptedAt) throw refuse('invitation-accepted', 'This invitation was accepted already. Sign in instead.');
  if (openUntil <= now)
    throw refuse('invitation-expired', 'This invitation has run out. Ask who invited you for another.');
}
