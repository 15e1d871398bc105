import type { Unreachable } from '@throughway/contracts/people';
import type { Role } from '@throughway/vocabulary/roles';
import type { EntityManager } from 'typeorm';
import type { Sight } from '../platform/auth/sight.js';
import { unreachableAt } from '../platform/mail/unreachable.js';

export interface InvitationRecord {
  invitationId: string;
  organizationId: string;
  role: Role;
  subjectId: string | null;
  email: string;
  language: 'en' | 'es';
  /** Null when the server's operator invited, from the command line. */
  invitedById: string | null;
  invitedBy: string | null;
  invitedAt: Date;
  openUntil: Date;
  acceptedAt: Date | null;
  revokedAt: Date | null;
}

const RECORD = `i.invitation_id AS "invitationId", i.organization_id AS "organizationId", i.role, i.subject_id AS "subjectId",
  i.email, i.language, i.invited_by_id AS "invitedById",
  (SELECT name FROM person WHERE person_id = i.invited_by_id) AS "invitedBy", i.invited_at AS "invitedAt",
  i.open_until AS "openUntil", i.accepted_at AS "acceptedAt", i.revoked_at AS "revokedAt"`;

/** Neither accepted nor taken back, whether or not it is still open; those for students and guardians left out. Latest first. */
export function listInvitations(
  em: EntityManager,
  family: readonly string[],
): Promise<(InvitationRecord & { unreachable: Unreachable })[]> {
  return em.query(
    `SELECT ${RECORD}, ${unreachableAt('i.email')} AS unreachable FROM invitation i
     WHERE i.organization_id = ANY($1) AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.subject_id IS NULL
     ORDER BY i.invited_at DESC, i.invitation_id`,
    [family],
  );
}

/** Of those that a condition, over `invitation i`, lets through: unanswered and still open, and run out unanswered since then. */
export async function countWaitingInvitations(
  em: EntityManager,
  { sql, values }: Sight,
  { now, since }: { now: Date; since: Date },
): Promise<{ open: number; ranOut: number }> {
  const [at, from] = [`$${values.length + 1}::timestamptz`, `$${values.length + 2}::timestamptz`];
  const rows: { open: number; ranOut: number }[] = await em.query(
    `SELECT count(*) FILTER (WHERE i.open_until > ${at})::integer AS open,
       count(*) FILTER (WHERE i.open_until <= ${at})::integer AS "ranOut"
     FROM invitation i
     WHERE i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.open_until > ${from} AND ${sql}`,
    [...values, now, since],
  );
  return rows[0] ?? { open: 0, ranOut: 0 };
}

/** Saves an invitation; an unanswered one of the same address into the same role is opened anew instead. Answers its id. */
export async function saveInvitation(
  em: EntityManager,
  invitation: Pick<
    InvitationRecord,
    'organizationId' | 'role' | 'subjectId' | 'email' | 'language' | 'invitedById' | 'invitedAt' | 'openUntil'
  >,
): Promise<string> {
  const rows: { id: string }[] = await em.query(
    `INSERT INTO invitation (organization_id, role, subject_id, email, language, invited_by_id, invited_at, open_until)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (organization_id, role, subject_id, lower(email)) WHERE accepted_at IS NULL AND revoked_at IS NULL
     DO UPDATE SET language = excluded.language, invited_by_id = excluded.invited_by_id, invited_at = excluded.invited_at,
       open_until = excluded.open_until
     RETURNING invitation_id AS id`,
    [
      invitation.organizationId,
      invitation.role,
      invitation.subjectId,
      invitation.email,
      invitation.language,
      invitation.invitedById,
      invitation.invitedAt,
      invitation.openUntil,
    ],
  );
  return rows[0]?.id ?? '';
}

/** The invitation, held until the transaction ends: it is answered once. */
export async function lockInvitation(em: EntityManager, invitationId: string): Promise<InvitationRecord | null> {
  const rows: InvitationRecord[] = await em.query(
    `SELECT ${RECORD} FROM invitation i WHERE i.invitation_id = $1 FOR UPDATE`,
    [invitationId],
  );
  return rows[0] ?? null;
}

export interface LinkRecord {
  invitationId: string;
  organizationId: string;
  expiresAt: Date;
  usedAt: Date | null;
}

export async function findLink(em: EntityManager, digest: Buffer): Promise<LinkRecord | null> {
  const rows: LinkRecord[] = await em.query(
    `SELECT invitation_id AS "invitationId", i.organization_id AS "organizationId", l.expires_at AS "expiresAt",
       l.used_at AS "usedAt"
     FROM invitation_link l JOIN invitation i USING (invitation_id) WHERE l.digest = $1`,
    [digest],
  );
  return rows[0] ?? null;
}

/** Links to the same address about the same role, also of invitations that were taken back and given anew in between. */
export async function countLinks(em: EntityManager, invitationId: string, expiringAfter: Date): Promise<number> {
  const rows: { count: number }[] = await em.query(
    `SELECT count(*)::int AS count FROM invitation this
     JOIN invitation i ON i.organization_id = this.organization_id AND lower(i.email) = lower(this.email)
       AND i.role = this.role AND i.subject_id IS NOT DISTINCT FROM this.subject_id
     JOIN invitation_link l ON l.invitation_id = i.invitation_id
     WHERE this.invitation_id = $1 AND l.expires_at > $2`,
    [invitationId, expiringAfter],
  );
  return rows[0]?.count ?? 0;
}

/** Links to whatever address that one person sent. Holds the person until the transaction ends, so that the count stays true. */
export async function countLinksSentBy(em: EntityManager, personId: string, expiringAfter: Date): Promise<number> {
  await em.query('SELECT FROM person WHERE person_id = $1 FOR NO KEY UPDATE', [personId]);
  const rows: { count: number }[] = await em.query(
    'SELECT count(*)::int AS count FROM invitation_link WHERE sent_by_id = $1 AND expires_at > $2',
    [personId, expiringAfter],
  );
  return rows[0]?.count ?? 0;
}

/** `sentById` is null when the operator or the invited person asked for the link. */
export async function insertLink(
  em: EntityManager,
  link: { invitationId: string; digest: Buffer; sentById: string | null; expiresAt: Date },
): Promise<void> {
  await em.query(
    'INSERT INTO invitation_link (digest, invitation_id, sent_by_id, expires_at) VALUES ($1, $2, $3, $4)',
    [link.digest, link.invitationId, link.sentById, link.expiresAt],
  );
}

export async function markAccepted(
  em: EntityManager,
  { invitationId, digest, personId, at }: { invitationId: string; digest: Buffer; personId: string; at: Date },
): Promise<void> {
  await em.query('UPDATE invitation SET accepted_at = $2, accepted_by_id = $3 WHERE invitation_id = $1', [
    invitationId,
    at,
    personId,
  ]);
  await em.query('UPDATE invitation_link SET used_at = $2 WHERE digest = $1', [digest, at]);
}

/** Somebody else answers for an unanswered invitation from now on. */
export async function changeInviter(em: EntityManager, invitationId: string, personId: string): Promise<void> {
  await em.query('UPDATE invitation SET invited_by_id = $2 WHERE invitation_id = $1', [invitationId, personId]);
}

export async function markRevoked(em: EntityManager, invitationId: string, at: Date): Promise<void> {
  await em.query('UPDATE invitation SET revoked_at = $2 WHERE invitation_id = $1', [invitationId, at]);
}

/** Takes back what is still unanswered for these subjects. */
export async function revokeOfSubjects(em: EntityManager, subjectIds: readonly string[], at: Date): Promise<void> {
  await em.query(
    `UPDATE invitation SET revoked_at = $2
     WHERE subject_id = ANY($1::uuid[]) AND accepted_at IS NULL AND revoked_at IS NULL`,
    [subjectIds, at],
  );
}

/** Takes back what is still unanswered for a role there. */
export async function revokeOthers(em: EntityManager, family: readonly string[], role: Role, at: Date): Promise<void> {
  await em.query(
    `UPDATE invitation SET revoked_at = $3
     WHERE organization_id = ANY($1) AND role = $2 AND accepted_at IS NULL AND revoked_at IS NULL`,
    [family, role, at],
  );
}

/** Of each subject: whether somebody's membership stands for it, or an open invitation would. */
export function accountsOf(
  em: EntityManager,
  subjectIds: readonly string[],
  at: Date,
): Promise<{ subjectId: string; linked: boolean; invited: boolean }[]> {
  return em.query(
    `SELECT subject_id AS "subjectId",
       EXISTS (SELECT FROM membership m WHERE m.subject_id = s.subject_id AND m.ended_at IS NULL) AS linked,
       EXISTS (SELECT FROM invitation i WHERE i.subject_id = s.subject_id AND i.accepted_at IS NULL AND i.revoked_at IS NULL
         AND i.open_until > $2) AS invited
     FROM unnest($1::uuid[]) AS s(subject_id)`,
    [subjectIds, at],
  );
}
