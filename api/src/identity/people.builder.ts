import type { OrganizationKind, Role } from '@throughway/vocabulary/roles';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { digestOf, newToken } from '../platform/auth/tokens.js';
import { normalizeEmployerName } from './employer-names.js';

/** Organizations and people for specs, written straight into the database. Every name says Sample. */

export async function anOrganization(
  source: DataSource,
  {
    kind = 'school',
    name = `Sample ${kind} ${randomUUID().slice(0, 8)}`,
    parentId = null,
    webDomain = null,
    ein = null,
  }: {
    kind?: OrganizationKind;
    name?: string;
    parentId?: string | null;
    webDomain?: string | null;
    ein?: string | null;
  } = {},
): Promise<string> {
  const rows: { id: string }[] = await source.query(
    `INSERT INTO organization (kind, name, plain_name, parent_id, web_domain, ein) VALUES ($1, $2, $3, $4, $5, $6)
     RETURNING organization_id AS id`,
    [kind, name, kind === 'employer' ? normalizeEmployerName(name) : null, parentId, webDomain, ein],
  );
  return rows[0]?.id ?? '';
}

/** An employer with an administrator, so that families may be asked about it. */
export async function anEmployer(source: DataSource, more: { name?: string } = {}): Promise<string> {
  const organizationId = await anOrganization(source, { ...more, kind: 'employer' });
  await aPerson(source, { roles: [{ organizationId, role: 'employer-admin' }] });
  return organizationId;
}

export interface SignedIn {
  personId: string;
  email: string;
  /** The value of a `Cookie` header of theirs. */
  cookie: string;
}

/** A person with these roles and a session, second factor proved unless told otherwise. */
export async function aPerson(
  source: DataSource,
  {
    name = 'Sample Person',
    roles = [],
    proved = true,
  }: { name?: string; roles?: { organizationId: string; role: Role; subjectId?: string }[]; proved?: boolean } = {},
): Promise<SignedIn> {
  const email = `sample-${randomUUID()}@example.test`;
  const rows: { id: string }[] = await source.query(
    'INSERT INTO person (name, email) VALUES ($1, $2) RETURNING person_id AS id',
    [name, email],
  );
  const personId = rows[0]?.id ?? '';
  for (const { organizationId, role, subjectId } of roles) {
    await source.query(
      'INSERT INTO membership (person_id, organization_id, role, subject_id) VALUES ($1, $2, $3, $4)',
      [personId, organizationId, role, subjectId ?? null],
    );
  }
  const token = newToken();
  await source.query(
    `INSERT INTO session (digest, person_id, method, second_factor_at, device, expires_at)
     VALUES ($1, $2, 'sample', CASE WHEN $3 THEN now() END, 'Chrome, Linux', now() + interval '7 days')`,
    [digestOf(token), personId, proved],
  );
  return { personId, email, cookie: `throughway=${token}` };
}
