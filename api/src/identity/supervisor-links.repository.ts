import type { EntityManager } from 'typeorm';
import type { SupervisorTaskKind } from './supervisor-task-kind.js';
import { written } from './written.js';

export interface SupervisorLinkRecord {
  linkId: string;
  organizationId: string;
  taskKey: unknown;
  name: string;
  email: string;
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

const COLUMNS = `link_id AS "linkId", organization_id AS "organizationId", task_key AS "taskKey", name, email,
  created_at AS "createdAt", expires_at AS "expiresAt", last_used_at AS "lastUsedAt", revoked_at AS "revokedAt"`;

/** Answers its id. */
export async function insertLink(
  em: EntityManager,
  link: Omit<SupervisorLinkRecord, 'linkId' | 'lastUsedAt' | 'revokedAt'> & {
    digest: Buffer;
    kind: SupervisorTaskKind;
    createdById: string;
  },
): Promise<string> {
  const rows: { id: string }[] = await em.query(
    `INSERT INTO supervisor_link
       (digest, organization_id, task_kind, task_key, name, email, created_by_id, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING link_id AS id`,
    [
      link.digest,
      link.organizationId,
      link.kind,
      JSON.stringify(link.taskKey),
      link.name,
      link.email,
      link.createdById,
      link.createdAt,
      link.expiresAt,
    ],
  );
  return rows[0]?.id ?? '';
}

/** The employer's, and those of all that were merged with it; newest first. */
export function linksOf(
  em: EntityManager,
  organizationIds: readonly string[],
  kind: SupervisorTaskKind,
): Promise<SupervisorLinkRecord[]> {
  return em.query(
    `SELECT ${COLUMNS} FROM supervisor_link WHERE organization_id = ANY($1) AND task_kind = $2
     ORDER BY created_at DESC, link_id`,
    [organizationIds, kind],
  );
}

export async function countSince(em: EntityManager, organizationIds: readonly string[], since: Date): Promise<number> {
  const rows: { count: number }[] = await em.query(
    `SELECT count(*)::integer AS count FROM supervisor_link WHERE organization_id = ANY($1) AND created_at > $2`,
    [organizationIds, since],
  );
  return rows[0]?.count ?? 0;
}

/** The live link of that digest, which is noted as used; null for one that is unknown, over or taken back. */
export async function useLink(
  em: EntityManager,
  digest: Buffer,
  kind: SupervisorTaskKind,
  at: Date,
): Promise<SupervisorLinkRecord | null> {
  const rows = await written<SupervisorLinkRecord>(
    em,
    `UPDATE supervisor_link SET last_used_at = $3
     WHERE digest = $1 AND task_kind = $2 AND revoked_at IS NULL AND expires_at > $3
     RETURNING ${COLUMNS}`,
    [digest, kind, at],
  );
  return rows[0] ?? null;
}

/** Whether there was such a link to take back. */
export async function revokeLink(
  em: EntityManager,
  organizationIds: readonly string[],
  linkId: string,
  at: Date,
): Promise<boolean> {
  const rows = await written(
    em,
    `UPDATE supervisor_link SET revoked_at = coalesce(revoked_at, $3)
     WHERE link_id = $2 AND organization_id = ANY($1) RETURNING link_id`,
    [organizationIds, linkId, at],
  );
  return rows.length > 0;
}
