import type { LedgerEntry, SaltedDetail, Seal } from '@throughway/ledger/entry';
import type { ChainHead, StoredRoot } from '@throughway/ledger/seal-root';
import type { EntityManager } from 'typeorm';

const hex = (digest: Buffer): string => digest.toString('hex');
const bytes = (digest: string): Buffer => Buffer.from(digest, 'hex');

/** The end of a chain, which the transaction holds from here on; null while it has no entry. */
export async function holdHead(em: EntityManager, chain: string): Promise<ChainHead | null> {
  const rows: { sequence: string; digest: Buffer }[] = await em.query('SELECT * FROM audit_head($1)', [chain]);
  const [head] = rows;
  return head ? { chain, sequence: Number(head.sequence), digest: hex(head.digest) } : null;
}

export async function insertEntry(
  em: EntityManager,
  entry: LedgerEntry & Seal,
  beside: SaltedDetail | null,
): Promise<void> {
  const { chain, sequence, at, actorKind, actorId, action, subjectKind, subjectId, detailDigest } = entry;
  await em.query(
    `WITH entry AS (
       INSERT INTO audit_entry (organization_id, sequence, at, actor_kind, actor_id, action, subject_kind, subject_id,
         detail_digest, previous, digest)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     )
     INSERT INTO audit_detail (organization_id, sequence, salt, detail)
     SELECT $1, $2, $12::text, $13::jsonb WHERE $12::text IS NOT NULL`,
    [
      ...[chain, sequence, at, actorKind, actorId, action, subjectKind, subjectId],
      ...[detailDigest && bytes(detailDigest), bytes(entry.previous), bytes(entry.digest)],
      ...[beside?.salt ?? null, beside && JSON.stringify(beside.detail)],
    ],
  );
}

/** The newest root, while nobody else makes one until the transaction ends; null before the first. */
export async function holdLastRoot(em: EntityManager): Promise<{ number: number; on: string; digest: string } | null> {
  await em.query(`SELECT pg_advisory_xact_lock(hashtextextended('audit_root', 7433002))`);
  const rows: { number: number; on: string; digest: Buffer }[] = await em.query(
    'SELECT number, made_on::text AS on, digest FROM audit_root ORDER BY number DESC LIMIT 1',
  );
  const [root] = rows;
  return root ? { ...root, digest: hex(root.digest) } : null;
}

/** The ends of the chains that have grown since the newest root. For the worker alone. */
export async function grownHeads(em: EntityManager): Promise<ChainHead[]> {
  const rows: { organization_id: string; sequence: string; digest: Buffer }[] = await em.query(
    'SELECT * FROM audit_grown_heads()',
  );
  return rows.map((row) => ({ chain: row.organization_id, sequence: Number(row.sequence), digest: hex(row.digest) }));
}

export async function insertRoot(em: EntityManager, root: StoredRoot): Promise<void> {
  await em.query('INSERT INTO audit_root (number, made_on, made_at, previous, digest) VALUES ($1, $2, $3, $4, $5)', [
    ...[root.number, root.on, root.at, bytes(root.previous), bytes(root.digest)],
  ]);
  await em.query(
    `INSERT INTO audit_root_head (number, organization_id, sequence, digest)
     SELECT $1, * FROM unnest($2::uuid[], $3::bigint[], $4::bytea[])`,
    [
      root.number,
      root.heads.map(({ chain }) => chain),
      root.heads.map(({ sequence }) => sequence),
      root.heads.map(({ digest }) => bytes(digest)),
    ],
  );
}
