import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { EntityManager } from 'typeorm';
import { findFolders, loadFolder } from './load/load-reference.js';
import { STARTER_TARGETS, starterFile } from './load/starter-files.js';

/** The rural and the urban workforce area with which everybody starts. */
export const STARTER_AREAS = ['ky-ekcep', 'ky-kentuckiana-works'] as const;

/** Skills and as many knowledge areas that an occupation keeps: those that O*NET rates at least 3, "important", highest first. */
const TOP_ELEMENTS = 10;
const IMPORTANT = 3;

/** Occupations with a projection in a starter area, hybrid codes opened up into the SOC 2018 codes that they stand for. */
const SOCS = `
  SELECT DISTINCT coalesce(e.soc, p.soc) FROM labor_projection p
    LEFT JOIN soc_estimate e ON e.estimate_code = p.soc AND e.estimate_code <> e.soc
   WHERE p.area_id = ANY($1)`;

/** Which rows of a table go in, as a condition on its alias `t`; absent = all. $1 is the area ids. */
const KEPT: Readonly<Record<string, string>> = {
  labor_area: 't.area_id = ANY($1)',
  labor_area_county: 't.area_id = ANY($1)',
  labor_area_total: 't.area_id = ANY($1)',
  labor_projection: 't.area_id = ANY($1)',
  soc_definition: `t.soc IN (${SOCS}) OR t.soc IN (SELECT soc FROM labor_projection WHERE area_id = ANY($1))`,
  soc_estimate:
    't.estimate_code <> t.soc AND t.estimate_code IN (SELECT soc FROM labor_projection WHERE area_id = ANY($1))',
  occupation: `t.soc IN (${SOCS})`,
  job_zone: `left(t.onet_soc, 7) IN (${SOCS})`,
  occupation_skill: `left(t.onet_soc, 7) IN (${SOCS}) AND (t.onet_soc, t.element_id) IN (
    SELECT onet_soc, element_id FROM (
      SELECT s.onet_soc, s.element_id, row_number() OVER (
        PARTITION BY s.onet_soc, k.kind ORDER BY s.importance DESC, s.level DESC NULLS LAST, s.element_id) AS nth
        FROM occupation_skill s JOIN skill_element k USING (element_id) WHERE s.importance >= ${IMPORTANT}) AS ranked
     WHERE nth <= ${TOP_ELEMENTS})`,
  cip: `t.cip_code IN (SELECT cip_code FROM cip_soc WHERE soc IN (${SOCS}))`,
  cip_soc: `t.soc IN (${SOCS})`,
};

/**
 * Compiles the starter region from the publishers' files in `directory` into CSV files in `into`: loads them in the caller's
 * transaction, which is to be rolled back, and writes out the rows that the two areas need, each with its source and
 * vintage, sorted by key, so that the same input gives the same bytes. Answers bytes per file.
 * @throws Error when a needed folder is missing.
 */
export async function compileStarter(
  em: EntityManager,
  directory: string,
  into: string,
): Promise<Record<string, number>> {
  const { found, notFound } = findFolders(directory);
  const needed = ['counties/', 'cip-soc/', 'onet-<release>/', 'kystats-outlook-2022-32/'];
  const missing = needed.filter((folder) => notFound.includes(folder));
  if (missing.length > 0) throw new Error(`compile-starter: found no ${missing.join(', ')} below ${directory}`);
  for (const folder of found) await loadFolder(em, folder, () => undefined);
  return writeStarter(em, into);
}

/** Writes the starter region's files from what is loaded; see {@link compileStarter}. */
export async function writeStarter(em: EntityManager, into: string): Promise<Record<string, number>> {
  mkdirSync(into, { recursive: true });
  const sizes: Record<string, number> = {};
  const write = (file: string, text: string): void => {
    writeFileSync(join(into, file), text);
    sizes[file] = Buffer.byteLength(text);
  };
  const named = new Set<string>();
  for (const target of STARTER_TARGETS) {
    const { rows, sources } = await rowsOf(em, target.table, target.columns, target.key);
    for (const source of sources) named.add(source);
    write(starterFile(target), stringify([[...target.columns, 'vintage'], ...rows]));
  }
  write(
    'sources.txt',
    [...named]
      .sort()
      .map((source) => `${source}\n`)
      .join(''),
  );
  return sizes;
}

/** A county is put together from many sources, the same ones in every row: they stand in one place. */
const PER_FIGURE = 'per figure, see county-source.csv';

/** Rows as texts, the vintage of each row's source last. */
async function rowsOf(
  em: EntityManager,
  table: string,
  columns: readonly string[],
  key: readonly string[],
): Promise<{ rows: string[][]; sources: string[] }> {
  const source = columns.includes('source_id') ? 't.source_id' : 't.center_source_id';
  const condition = KEPT[table] ?? 'true';
  const found: { cells: (string | null)[]; source: string | null; vintage: string | null }[] = await em.query(
    `SELECT ARRAY[${columns.map((column) => `t.${column}::text`).join(', ')}] AS cells, s.source_id AS source, s.vintage
       FROM ${table} t LEFT JOIN reference_source s ON s.source_id = ${source}
      WHERE ${condition} ORDER BY ${key.map((column) => `t.${column} COLLATE "C"`).join(', ')}`,
    condition.includes('$1') ? [STARTER_AREAS] : [],
  );
  return {
    rows: found.map(({ cells, vintage }) => [
      ...cells.map((cell) => cell ?? ''),
      table === 'county' ? PER_FIGURE : (vintage ?? ''),
    ]),
    sources: [...new Set(found.flatMap((row) => (row.source === null ? [] : [row.source])))],
  };
}
