import type { OrganizationRef } from '@throughway/contracts/people';
import type { OrganizationKind } from '@throughway/vocabulary/roles';
import type { EntityManager } from 'typeorm';
import { Refusal } from '../platform/errors/refusal.js';
import { normalizeEmployerName } from './employer-names.js';

export interface OrganizationRecord extends OrganizationRef {
  parentId: string | null;
  webDomain: string | null;
  ein: string | null;
  /** Itself, and for an employer all that were merged with it: whose rows are its rows. */
  family: string[];
}

const REF = 'o.organization_id AS "organizationId", o.name, o.kind, o.sample';
const RECORD = `${REF}, o.parent_id AS "parentId", o.web_domain AS "webDomain", o.ein,
  CASE WHEN o.kind = 'employer' THEN ARRAY(SELECT organizations_within(o.organization_id))
    ELSE ARRAY[o.organization_id] END AS family`;

/** The organization of that id, or the employer that it was merged into. */
export async function findOrganization(em: EntityManager, id: string): Promise<OrganizationRecord | null> {
  const rows: OrganizationRecord[] = await em.query(
    `SELECT ${RECORD} FROM organization o WHERE o.organization_id = standing_organization($1)`,
    [id],
  );
  return rows[0] ?? null;
}

/** How often merges may move an employer while one command waits for it. */
const MOVES = 5;

/**
 * Holds the organization's row (of the employer that stands for it) until the transaction ends: who manages its people is decided
 * by one command at a time. A merge that it waited for may have moved it: then the row that stands now is held, too. Whatever is
 * decided must be read after this. @throws busy
 */
export async function lockOrganization(em: EntityManager, id: string): Promise<void> {
  let held: string | null = null;
  for (let moves = 0; moves <= MOVES; moves++) {
    const rows: { standing: string | null }[] = await em.query('SELECT standing_organization($1) AS standing', [id]);
    const standing = rows[0]?.standing ?? null;
    if (standing === held) return;
    await em.query('SELECT FROM organization WHERE organization_id = $1 FOR NO KEY UPDATE', [standing]);
    held = standing;
  }
  throw new Refusal(503, 'busy', 'This employer is being merged just now. Please try again in a moment.');
}

/** The employer itself, and all that were merged into it; not the one that it was merged into. */
export async function listMerged(em: EntityManager, organizationId: string): Promise<string[]> {
  const rows: { id: string }[] = await em.query(
    `WITH RECURSIVE merged AS (
       SELECT $1::uuid AS id UNION SELECT o.organization_id FROM merged m JOIN organization o ON o.merged_into_id = m.id
     )
     SELECT id FROM merged`,
    [organizationId],
  );
  return rows.map(({ id }) => id);
}

/** Upward, nearest first. */
export function listParents(em: EntityManager, organizationId: string): Promise<OrganizationRef[]> {
  return em.query(
    `WITH RECURSIVE up AS (
       SELECT parent_id, 1 AS height FROM organization WHERE organization_id = $1
       UNION ALL
       SELECT above.parent_id, up.height + 1 FROM up JOIN organization above ON above.organization_id = up.parent_id
     )
     SELECT ${REF} FROM up JOIN organization o ON o.organization_id = up.parent_id ORDER BY height`,
    [organizationId],
  );
}

export function listChildren(em: EntityManager, organizationId: string): Promise<OrganizationRef[]> {
  return em.query(`SELECT ${REF} FROM organization o WHERE o.parent_id = $1 ORDER BY o.name, o.organization_id`, [
    organizationId,
  ]);
}

export async function insertOrganization(
  em: EntityManager,
  {
    kind,
    name,
    parentId,
    webDomain = null,
    ein = null,
    sample,
  }: {
    kind: OrganizationKind;
    name: string;
    parentId: string | null;
    webDomain?: string | null;
    ein?: string | null;
    sample: boolean;
  },
): Promise<OrganizationRef> {
  const rows: OrganizationRef[] = await em.query(
    `INSERT INTO organization AS o (kind, name, plain_name, parent_id, web_domain, ein, sample)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     RETURNING ${REF}`,
    [kind, name, kind === 'employer' ? normalizeEmployerName(name) : null, parentId, webDomain, ein, sample],
  );
  const [made] = rows;
  if (!made) throw new Error('an INSERT without ON CONFLICT answers its row');
  return made;
}

export interface SiteRecord {
  siteId: string;
  name: string;
  countyFips: string;
  timeZone: string | null;
}

/** Open ones. */
export function listSites(em: EntityManager, family: readonly string[]): Promise<SiteRecord[]> {
  return em.query(
    `SELECT site_id AS "siteId", name, county_fips AS "countyFips", time_zone AS "timeZone" FROM organization_site
     WHERE organization_id = ANY($1) AND closed_at IS NULL ORDER BY name, site_id`,
    [family],
  );
}

/** Answers its id. */
export async function insertSite(
  em: EntityManager,
  organizationId: string,
  { name, countyFips, timeZone }: Omit<SiteRecord, 'siteId'>,
): Promise<string> {
  const rows: { id: string }[] = await em.query(
    `INSERT INTO organization_site (organization_id, name, county_fips, time_zone) VALUES ($1, $2, $3, $4)
     RETURNING site_id AS id`,
    [organizationId, name, countyFips, timeZone],
  );
  return rows[0]?.id ?? '';
}

/** False when no such site is open. */
export async function closeSite(
  em: EntityManager,
  family: readonly string[],
  siteId: string,
  at: Date,
): Promise<boolean> {
  const [, count]: [unknown, number] = await em.query(
    `UPDATE organization_site SET closed_at = $3 WHERE organization_id = ANY($1) AND site_id = $2 AND closed_at IS NULL`,
    [family, siteId, at],
  );
  return count > 0;
}
