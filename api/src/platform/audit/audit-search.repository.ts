import type { AuditEntry, AuditRecord } from '@throughway/contracts/audit';
import type { EntityManager } from 'typeorm';
import type { Sight } from '../auth/sight.js';

export interface AuditFilter {
  organizationId: string | undefined;
  action: string | undefined;
  person: string | undefined;
  subject: string | undefined;
  from: string | undefined;
  to: string | undefined;
  /** Whose midnight a day begins at. */
  timeZone: string;
}

const REF = `json_build_object('organizationId', o.organization_id, 'name', o.name, 'kind', o.kind, 'sample', o.sample)`;

/** The entries that the condition, over `audit_entry e`, lets through and the filter asks for, newest first. */
export async function searchEntries(
  em: EntityManager,
  sight: Sight,
  filter: AuditFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ entries: AuditEntry[]; total: number }> {
  const { where, values } = matching(sight, filter);
  const [counted]: { total: number }[] = await em.query(
    `SELECT count(*)::int AS total FROM audit_entry e ${where}`,
    values,
  );
  const rows: (Omit<AuditEntry, 'sequence' | 'at'> & { sequence: string; at: Date })[] = await em.query(
    `WITH found AS (
       SELECT e.* FROM audit_entry e ${where}
       ORDER BY e.at DESC, e.organization_id, e.sequence DESC LIMIT ${limit} OFFSET ${offset}
     )
     SELECT ${REF} AS organization, e.sequence, e.at,
       json_build_object('kind', e.actor_kind, 'personId', CASE WHEN e.actor_kind = 'person' THEN e.actor_id END, 'name', by.name)
         AS actor, e.action,
       json_build_object('kind', e.subject_kind, 'id', e.subject_id, 'name', coalesce(whom.name, what.name)) AS subject,
       d.detail, e.detail_digest IS NOT NULL AND d.detail IS NULL AS erased, encode(e.digest, 'hex') AS digest
     FROM found e JOIN organization o USING (organization_id)
       LEFT JOIN audit_detail d USING (organization_id, sequence)
       LEFT JOIN person by ON by.person_id = e.actor_id
       LEFT JOIN person whom ON e.subject_kind = 'person' AND whom.person_id::text = e.subject_id
       LEFT JOIN organization what ON e.subject_kind = 'organization' AND what.organization_id::text = e.subject_id
     ORDER BY e.at DESC, e.organization_id, e.sequence DESC`,
    values,
  );
  return {
    entries: rows.map((row) => ({ ...row, sequence: Number(row.sequence), at: row.at.toISOString() })),
    total: counted?.total ?? 0,
  };
}

function matching(sight: Sight, filter: AuditFilter): { where: string; values: unknown[] } {
  const values = [...sight.values];
  const conditions = [sight.sql];
  const add = (value: unknown, condition: (parameter: string) => string): void => {
    if (value !== undefined && value !== '') conditions.push(condition(`$${values.push(value)}`));
  };
  const midnight = (day: string): string => `(${day})::timestamp AT TIME ZONE $${values.push(filter.timeZone)}`;
  add(filter.organizationId, (id) => `e.organization_id = ${id}`);
  add(filter.action, (action) => `e.action = ${action}`);
  add(filter.subject, (id) => `e.subject_id = ${id}`);
  add(filter.from, (day) => `e.at >= ${midnight(`${day}::date`)}`);
  add(filter.to, (day) => `e.at < ${midnight(`${day}::date + 1`)}`);
  add(filter.person, (name) => {
    const named = `SELECT person_id FROM person WHERE strpos(lower(name), lower(${name})) > 0`;
    return `(e.actor_id IN (${named}) OR (e.subject_kind = 'person' AND e.subject_id IN (SELECT p.person_id::text FROM (${named}) p)))`;
  });
  return { where: `WHERE ${conditions.join(' AND ')}`, values };
}

/** By name: those of which there is an entry that the condition lets through. */
export function recordedOrganizations(
  em: EntityManager,
  { sql, values }: Sight,
): Promise<AuditRecord['organizations']> {
  return em.query(
    `SELECT o.organization_id AS "organizationId", o.name, o.kind, o.sample FROM organization o
     WHERE EXISTS (SELECT FROM audit_entry e WHERE e.organization_id = o.organization_id AND ${sql})
     ORDER BY o.name, o.organization_id`,
    [...values],
  );
}

export async function newestRoot(em: EntityManager): Promise<AuditRecord['root']> {
  const rows: NonNullable<AuditRecord['root']>[] = await em.query(
    `SELECT made_on::text AS on, encode(digest, 'hex') AS digest FROM audit_root ORDER BY number DESC LIMIT 1`,
  );
  return rows[0] ?? null;
}
