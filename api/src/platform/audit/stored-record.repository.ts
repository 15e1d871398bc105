import type { Detail, StoredEntry } from '@throughway/ledger/entry';
import type { ChainHead, StoredRoot } from '@throughway/ledger/seal-root';
import type { EntityManager } from 'typeorm';

const PIECE_ROWS = 5000;

/** ISO 8601 in UTC with milliseconds, which is all that the column keeps. */
const instant = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

type EntryRow = Omit<StoredEntry, 'sequence' | 'beside'> & {
  sequence: string;
  salt: string | null;
  detail: Detail | null;
};

/** Every entry as it is stored: chain after chain, each in the order of its sequence. */
export async function* readEntries(em: EntityManager): AsyncGenerator<StoredEntry> {
  const rows = readPieces<EntryRow>(
    em,
    'audit_entries',
    `SELECT e.organization_id AS chain, e.sequence, ${instant('e.at')} AS at, e.actor_kind AS "actorKind",
       e.actor_id AS "actorId", e.action, e.subject_kind AS "subjectKind", e.subject_id AS "subjectId",
       encode(e.detail_digest, 'hex') AS "detailDigest", encode(e.previous, 'hex') AS previous,
       encode(e.digest, 'hex') AS digest, d.salt, d.detail
     FROM audit_entry e LEFT JOIN audit_detail d USING (organization_id, sequence)
     ORDER BY e.organization_id, e.sequence`,
  );
  for await (const { sequence, salt, detail, ...row } of rows) {
    const beside = salt !== null && detail !== null ? { salt, detail } : null;
    yield { ...row, sequence: Number(sequence), beside };
  }
}

type RootRow = Omit<StoredRoot, 'heads'>;

/** Every daily root with its heads, in the order of their numbers. */
export async function* readRoots(em: EntityManager): AsyncGenerator<StoredRoot> {
  const roots: RootRow[] = await em.query(
    `SELECT number, made_on::text AS on, ${instant('made_at')} AS at, encode(previous, 'hex') AS previous,
       encode(digest, 'hex') AS digest
     FROM audit_root ORDER BY number`,
  );
  for (const root of roots) {
    const heads: (Omit<ChainHead, 'sequence'> & { sequence: string })[] = await em.query(
      `SELECT organization_id AS chain, sequence, encode(digest, 'hex') AS digest FROM audit_root_head WHERE number = $1`,
      [root.number],
    );
    yield { ...root, heads: heads.map((head) => ({ ...head, sequence: Number(head.sequence) })) };
  }
}

/** The rows of a query in pieces, so that a record of any length is read in little memory. Open until it is left. */
async function* readPieces<Row>(em: EntityManager, cursor: string, sql: string): AsyncGenerator<Row> {
  await em.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${sql}`);
  for (;;) {
    const rows: Row[] = await em.query(`FETCH ${PIECE_ROWS} FROM ${cursor}`);
    yield* rows;
    if (rows.length < PIECE_ROWS) break;
  }
  await em.query(`CLOSE ${cursor}`);
}
