import type { Network } from '@throughway/vocabulary/network';
import type { EntityManager } from 'typeorm';
import type { Sight } from '../platform/auth/sight.js';
import type { NetworkRecord, NewNetwork, Tenancy } from './records.js';
import {
  loadRows,
  type RowTable,
  type SavedFile,
  type SaveOptions,
  saveRows,
  type Touched,
} from '../platform/database/network-rows.js';
import * as tables from './program-tables.js';

/** The part of a network that this room keeps. */
export type ProgramRows = Pick<Network, (typeof PROGRAM_ROWS)[number]>;

export const PROGRAM_ROWS = [
  'skills',
  'credentials',
  'institutions',
  'pathways',
  'versions',
  'units',
  'unitSkills',
  'versionCredentials',
  'cohorts',
  'educators',
  'educatorSkills',
  'areas',
  'projections',
] as const satisfies (keyof Network)[];

const NETWORK_COLUMNS =
  'n.network_id AS "networkId", n.slug, n.name, n.sample, n.organization_id AS "organizationId", n.source';

/** Whatever the transaction sees. */
const EVERY: Sight = { sql: 'true', values: [] };

const ORDER = `n.sample, n.slug <> 'main', n.slug`;

/** Networks that hold a school, of those that the condition lets through: real ones first, `main` before others, then by slug. */
export function listNetworks(em: EntityManager, { sql, values }: Sight = EVERY): Promise<NetworkRecord[]> {
  return em.query(
    `SELECT ${NETWORK_COLUMNS} FROM network n
     WHERE EXISTS (SELECT 1 FROM institution i WHERE i.network_id = n.network_id) AND ${sql} ORDER BY ${ORDER}`,
    [...values],
  );
}

/** The network of that slug, if the condition lets it through. */
export async function findNetwork(
  em: EntityManager,
  slug: string,
  { sql, values }: Sight = EVERY,
): Promise<NetworkRecord | null> {
  const rows: NetworkRecord[] = await em.query(
    `SELECT ${NETWORK_COLUMNS} FROM network n WHERE n.slug = $${values.length + 1} AND ${sql}`,
    [...values, slug],
  );
  return rows[0] ?? null;
}

/** A new network of that slug, or of that with a number where it is taken. */
export async function foundNetwork(
  em: EntityManager,
  { slug, name, sample, organizationId = null, source = 'folder' }: NewNetwork,
): Promise<NetworkRecord> {
  // One statement would not see the row that it makes.
  const made: { networkId: number }[] = await em.query('SELECT found_network($1, $2, $3, $4, $5) AS "networkId"', [
    slug,
    name,
    sample,
    organizationId,
    source,
  ]);
  const rows: NetworkRecord[] = await em.query(`SELECT ${NETWORK_COLUMNS} FROM network n WHERE network_id = $1`, [
    made[0]?.networkId,
  ]);
  if (!rows[0]) throw new Error(`network ${slug} was removed while it was made`);
  return rows[0];
}

/** The network that a source of a tenant has. */
export async function findNetworkOfSource(
  em: EntityManager,
  { organizationId, source }: Tenancy,
): Promise<NetworkRecord | null> {
  const rows: NetworkRecord[] = await em.query(
    `SELECT ${NETWORK_COLUMNS} FROM network n WHERE organization_id = $1 AND source = $2`,
    [organizationId, source],
  );
  return rows[0] ?? null;
}

/** Lets one transaction at a time give a tenant networks; others wait until it ends. */
export async function lockTenant(em: EntityManager, organizationId: string): Promise<void> {
  await em.query(`SELECT pg_advisory_xact_lock(hashtext('tenant ' || $1))`, [organizationId]);
}

/** Gives a network without a tenant this one. Answers whether it had none. */
export async function giveTenant(
  em: EntityManager,
  networkId: number,
  { organizationId, source }: Tenancy,
): Promise<boolean> {
  const [, count] = await em.query<[unknown, number]>(
    'UPDATE network SET organization_id = $2, source = $3 WHERE network_id = $1 AND organization_id IS NULL',
    [networkId, organizationId, source],
  );
  return count === 1;
}

/** Lets one transaction at a time change or align a network; others wait until it ends. */
export async function lockNetwork(em: EntityManager, networkId: number): Promise<void> {
  await em.query('SELECT 1 FROM network WHERE network_id = $1 FOR NO KEY UPDATE', [networkId]);
}

/** Saves the kinds of row that are given; a set that hangs on another row is replaced for the owners given with it. */
export async function savePrograms(
  em: EntityManager,
  networkId: number,
  rows: Partial<Network>,
  touched: Touched,
  options: SaveOptions,
): Promise<SavedFile[]> {
  const saved: SavedFile[] = [];
  const save = async <Row extends object>(
    table: RowTable<Row>,
    given: Row[] | undefined,
    owners: string[] | null = null,
  ): Promise<void> => {
    if (given) saved.push(await saveRows(em, networkId, table, given, touched, options, owners));
  };
  await save(tables.SKILL, rows.skills);
  await save(tables.CREDENTIAL, rows.credentials);
  await save(tables.INSTITUTION, rows.institutions);
  await save(tables.PATHWAY, rows.pathways);
  await save(tables.VERSION, rows.versions);
  await save(tables.UNIT, rows.units);
  await save(tables.UNIT_SKILL, rows.unitSkills, idsOf(rows.units, 'unitId'));
  await save(tables.VERSION_CREDENTIAL, rows.versionCredentials, idsOf(rows.versions, 'versionId'));
  await save(tables.COHORT, rows.cohorts);
  await save(tables.EDUCATOR, rows.educators);
  await save(tables.EDUCATOR_SKILL, rows.educatorSkills, idsOf(rows.educators, 'educatorId'));
  await save(tables.AREA, rows.areas, idsOf(rows.areas, 'areaId'));
  await save(tables.PROJECTION, rows.projections);
  return saved;
}

/** A network's rows of this room; with `only`, of those institutions (skills, credentials and areas always whole). */
export async function loadPrograms(
  em: EntityManager,
  networkId: number,
  only: readonly string[] | null,
): Promise<ProgramRows> {
  const load = <Row extends object>(
    table: RowTable<Row>,
    field?: keyof Row & string,
    values?: readonly string[],
  ): Promise<Row[]> => loadRows(em, networkId, table, only && field && values ? { field, values } : null);
  const institutions = await load(tables.INSTITUTION, 'institutionId', only ?? []);
  const institutionIds = idsOf(institutions, 'institutionId');
  const pathways = await load(tables.PATHWAY, 'institutionId', institutionIds);
  const versions = await load(tables.VERSION, 'pathwayId', idsOf(pathways, 'pathwayId'));
  const versionIds = idsOf(versions, 'versionId');
  const units = await load(tables.UNIT, 'versionId', versionIds);
  const educators = await load(tables.EDUCATOR, 'institutionId', institutionIds);
  return {
    skills: await load(tables.SKILL),
    credentials: await load(tables.CREDENTIAL),
    institutions,
    pathways,
    versions,
    units,
    unitSkills: await load(tables.UNIT_SKILL, 'unitId', idsOf(units, 'unitId')),
    versionCredentials: await load(tables.VERSION_CREDENTIAL, 'versionId', versionIds),
    cohorts: await load(tables.COHORT, 'versionId', versionIds),
    educators,
    educatorSkills: await load(tables.EDUCATOR_SKILL, 'educatorId', idsOf(educators, 'educatorId')),
    areas: await load(tables.AREA),
    projections: await load(tables.PROJECTION),
  };
}

/** Labor-market areas and projections that the network brought itself. */
export async function loadAreas(em: EntityManager, networkId: number): Promise<Pick<Network, 'areas' | 'projections'>> {
  return {
    areas: await loadRows(em, networkId, tables.AREA),
    projections: await loadRows(em, networkId, tables.PROJECTION),
  };
}

/** Institutions, pathways and versions alone, of the whole network: what partnerships are judged beside. */
export async function loadPathwayOutlines(
  em: EntityManager,
  networkId: number,
): Promise<Pick<Network, 'institutions' | 'pathways' | 'versions'>> {
  return {
    institutions: await loadRows(em, networkId, tables.INSTITUTION),
    pathways: await loadRows(em, networkId, tables.PATHWAY),
    versions: await loadRows(em, networkId, tables.VERSION),
  };
}

/** The institutions to which touched institutions, pathways, versions, units and educators belong. */
export async function institutionsTouched(em: EntityManager, networkId: number, touched: Touched): Promise<string[]> {
  const ids = (kind: string): string[] => [...(touched.get(kind) ?? [])];
  const rows: { institutionId: string }[] = await em.query(
    `WITH version_touched AS (
       SELECT unnest($4::text[]) AS version_id
       UNION SELECT u.version_id FROM unit u WHERE u.network_id = $1 AND u.unit_id = ANY($5)
     ), pathway_touched AS (
       SELECT unnest($3::text[]) AS pathway_id
       UNION SELECT v.pathway_id FROM pathway_version v JOIN version_touched USING (version_id) WHERE v.network_id = $1
     )
     SELECT unnest($2::text[]) AS "institutionId"
     UNION SELECT p.institution_id FROM pathway p JOIN pathway_touched USING (pathway_id) WHERE p.network_id = $1
     UNION SELECT e.institution_id FROM educator e WHERE e.network_id = $1 AND e.educator_id = ANY($6)`,
    [networkId, ids('institution'), ids('pathway'), ids('version'), ids('unit'), ids('educator')],
  );
  return rows.map((row) => row.institutionId);
}

function idsOf<Row, Field extends keyof Row>(rows: readonly Row[], field: Field): Row[Field][];
function idsOf<Row, Field extends keyof Row>(rows: readonly Row[] | undefined, field: Field): Row[Field][] | null;
function idsOf<Row, Field extends keyof Row>(rows: readonly Row[] | undefined, field: Field): Row[Field][] | null {
  return rows ? [...new Set(rows.map((row) => row[field]))] : null;
}
