import { createHash, randomUUID } from 'node:crypto';
import { digestDetail } from '@throughway/ledger/digest-detail';
import { type LedgerEntry, NOTHING_BEFORE, type SaltedDetail, type Seal } from '@throughway/ledger/entry';
import { sealEntry } from '@throughway/ledger/seal-entry';

interface Source {
  query(sql: string, values: unknown[]): Promise<unknown>;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * A chain of sealed entries, half of them with a detail, written past the api for speed; the verification says whether it is what the
 * api would write.
 */
export async function fillChain(source: Source, chain: string, length: number): Promise<void> {
  const people = Array.from({ length: 50 }, () => randomUUID());
  const rows: (LedgerEntry & Seal & { beside: SaltedDetail | null })[] = [];
  let previous = NOTHING_BEFORE;
  for (let sequence = 1; sequence <= length; sequence++) {
    const beside =
      sequence % 2 ? { salt: randomUUID(), detail: { name: `Sample Person ${sequence}`, role: 'coordinator' } } : null;
    const entry: LedgerEntry = {
      chain,
      sequence,
      at: new Date(Date.UTC(2026, 0, 1) + sequence * 60_000).toISOString(),
      actorKind: 'person',
      actorId: people[sequence % people.length]!,
      action: 'membership-given',
      subjectKind: 'person',
      subjectId: people[(sequence * 7) % people.length]!,
      detailDigest: beside && digestDetail(beside, sha256),
    };
    const seal = sealEntry(previous, entry, sha256);
    previous = seal.digest;
    rows.push({ ...entry, ...seal, beside });
  }
  const bytes = (digest: string | null): Buffer | null => (digest === null ? null : Buffer.from(digest, 'hex'));
  await source.query(
    `INSERT INTO audit_entry (organization_id, sequence, at, actor_kind, actor_id, action, subject_kind, subject_id,
       detail_digest, previous, digest)
     SELECT $1, t.sequence, t.at, 'person', t.actor, 'membership-given', 'person', t.subject, t.detail, t.previous, t.digest
     FROM unnest($2::bigint[], $3::timestamptz[], $4::uuid[], $5::text[], $6::bytea[], $7::bytea[], $8::bytea[])
       AS t (sequence, at, actor, subject, detail, previous, digest)`,
    [
      ...[chain, rows.map((row) => row.sequence), rows.map((row) => row.at), rows.map((row) => row.actorId)],
      ...[rows.map((row) => row.subjectId), rows.map((row) => bytes(row.detailDigest))],
      ...[rows.map((row) => bytes(row.previous)), rows.map((row) => bytes(row.digest))],
    ],
  );
  const detailed = rows.filter(({ beside }) => beside);
  await source.query(
    `INSERT INTO audit_detail (organization_id, sequence, salt, detail)
     SELECT $1, t.* FROM unnest($2::bigint[], $3::text[], $4::jsonb[]) AS t`,
    [
      ...[chain, detailed.map((row) => row.sequence), detailed.map((row) => row.beside!.salt)],
      detailed.map((row) => JSON.stringify(row.beside!.detail)),
    ],
  );
}
