import type { ImportError, ImportRun } from '@throughway/contracts/imports';
import type { EntityManager } from 'typeorm';
import type { Sight } from '../platform/auth/sight.js';

export type ImportState = ImportRun['state'];

/** Errors kept of one import. */
const ERRORS_KEPT = 1000;

/** What the end of an import leaves behind; its notices join those of the upload. */
export interface ImportOutcome {
  state: 'done' | 'refused' | 'failed';
  files: ImportRun['files'];
  notices: string[];
  errors: readonly ImportError[];
  runId: string | null;
  /** As it stood at the end, where that is known. */
  progress?: Progress;
}

interface Progress {
  bytesRead: number;
  rowsRead: number;
  rowsSaved: number;
}

interface ImportRecord extends Omit<ImportRun, 'network' | 'receivedAt' | 'finishedAt'> {
  networkId: number;
  slug: string;
  name: string;
  sample: boolean;
  partial: boolean;
  receivedAt: Date;
  finishedAt: Date | null;
}

const COLUMNS = `
  import_id AS "importId", network_id AS "networkId", slug, name, sample, partial, state, received_at AS "receivedAt",
  finished_at AS "finishedAt", bytes_total::float8 AS "bytesTotal", bytes_read::float8 AS "bytesRead",
  rows_read::float8 AS "rowsRead", rows_saved::float8 AS "rowsSaved", files, notices, error_count AS "errorCount",
  errors, run_id AS "runId"`;

export async function insertImport(
  em: EntityManager,
  given: { importId: string; networkId: number; partial: boolean; bytesTotal: number; notices?: string[] },
): Promise<void> {
  await em.query(
    `INSERT INTO import_run (import_id, network_id, partial, state, bytes_total, notices)
     VALUES ($1, $2, $3, 'received', $4, $5)`,
    [given.importId, given.networkId, given.partial, given.bytesTotal, JSON.stringify(given.notices ?? [])],
  );
}

export async function findImport(em: EntityManager, importId: string): Promise<ImportRecord | null> {
  const rows: ImportRecord[] = await em.query(
    `SELECT ${COLUMNS} FROM import_run JOIN network USING (network_id) WHERE import_id = $1`,
    [importId],
  );
  return rows[0] ?? null;
}

/** Imports into networks that the condition, over `network n`, lets through, newest first; with `importId`, that one. */
export function listImports(
  em: EntityManager,
  { sql, values }: Sight,
  { importId, limit }: { importId: string | undefined; limit: number },
): Promise<ImportRecord[]> {
  const next = values.length + 1;
  return em.query(
    `SELECT ${COLUMNS} FROM import_run r JOIN network n USING (network_id)
     WHERE ${sql} AND ($${next}::uuid IS NULL OR import_id = $${next}) ORDER BY received_at DESC, import_id LIMIT ${limit}`,
    [...values, importId ?? null],
  );
}

/** Null when there is no such import. */
export async function networkOfImport(em: EntityManager, importId: string): Promise<number | null> {
  const rows: { networkId: number }[] = await em.query(
    'SELECT network_id AS "networkId" FROM import_run WHERE import_id = $1',
    [importId],
  );
  return rows[0]?.networkId ?? null;
}

/** Takes the right to work on an import until the transaction ends, waiting for who has it. */
export async function claimImport(em: EntityManager, importId: string): Promise<void> {
  await em.query(`SELECT pg_advisory_xact_lock(hashtextextended('import ' || $1, 0))`, [importId]);
}

/** Shows how far an import is; a finished one stays as it is. */
export async function showProgress(
  em: EntityManager,
  importId: string,
  progress: Progress & { state: ImportState },
): Promise<void> {
  await em.query(
    `UPDATE import_run SET state = $2, bytes_read = $3, bytes_total = greatest(bytes_total, $3), rows_read = $4, rows_saved = $5
     WHERE import_id = $1 AND finished_at IS NULL`,
    [importId, progress.state, progress.bytesRead, progress.rowsRead, progress.rowsSaved],
  );
}

export async function finishImport(em: EntityManager, importId: string, outcome: ImportOutcome): Promise<void> {
  await em.query(
    `UPDATE import_run SET state = $2, finished_at = clock_timestamp(), files = $3, notices = notices || $4::jsonb, error_count = $5, errors = $6,
       run_id = $7, bytes_read = coalesce($8, bytes_read),
       bytes_total = greatest(bytes_total, $8), rows_read = coalesce($9, rows_read),
       rows_saved = coalesce($10, rows_saved)
     WHERE import_id = $1 AND finished_at IS NULL`,
    [
      importId,
      outcome.state,
      JSON.stringify(outcome.files),
      JSON.stringify(outcome.notices),
      outcome.errors.length,
      JSON.stringify(outcome.errors.slice(0, ERRORS_KEPT)),
      outcome.runId,
      outcome.progress?.bytesRead,
      outcome.progress?.rowsRead,
      outcome.progress?.rowsSaved,
    ],
  );
}

/** As the wire shows it; the contract names what is let out. */
export function toImportRun(row: ImportRecord): ImportRun {
  return {
    ...row,
    network: { slug: row.slug, name: row.name, sample: row.sample },
    receivedAt: row.receivedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
