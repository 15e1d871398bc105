import { existsSync } from 'node:fs';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import type { EntityManager } from 'typeorm';
import type { Tombstone } from './tombstones.js';

const Stone = z.object({
  kind: z.enum(['student', 'person']),
  id: z.uuid(),
  organizationId: z.uuid().nullable(),
  reason: z.enum(['request', 'retention']),
  at: z.iso.datetime().pipe(z.coerce.date()),
});
const Mark = z.object({ installation: z.uuid(), keptUntil: z.iso.datetime().pipe(z.coerce.date()) });
type Mark = z.infer<typeof Mark>;

/** A file beside the database, and not in it, so that what was erased stays known when the database is replaced by an older one. */
export interface TombstoneLog {
  stones: Tombstone[];
  /** By installation, until when the log holds every tombstone of it. */
  keptUntil: Map<string, Date>;
}

export function tombstoneLogOf(dataDir: string): string {
  return join(dataDir, 'tombstones.jsonl');
}

/** Null where there is no such file. A line that a crash cut off says nothing; what it was to say was said again. */
export async function readTombstoneLog(path: string): Promise<TombstoneLog | null> {
  if (!existsSync(path)) return null;
  const log: TombstoneLog = { stones: [], keptUntil: new Map() };
  for (const line of (await readFile(path, 'utf8')).split('\n')) {
    const value = parse(line);
    const mark = Mark.safeParse(value);
    if (mark.success) log.keptUntil.set(mark.data.installation, mark.data.keptUntil);
    const stone = Stone.safeParse(value);
    if (stone.success) log.stones.push(stone.data);
  }
  return log;
}

/** Adds lines and has them on the disk before it answers. Two processes may write one log: a line is one write. */
async function appendToTombstoneLog(path: string, stones: readonly Tombstone[], mark: Mark): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a', 0o600);
  try {
    const lines = [...stones, mark].map((line) => JSON.stringify(line));
    // Begins anew where a crash left half a line.
    await file.appendFile(`\n${lines.join('\n')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Every tombstone of the database, whose installation it is, and since when, by its clock, none is missing here. */
export async function readTombstones(em: EntityManager): Promise<{ stones: Tombstone[]; mark: Mark }> {
  const stones: Tombstone[] = await em.query(
    `SELECT kind, id, organization_id AS "organizationId", reason, erased_at AS at FROM tombstone ORDER BY erased_at, kind, id`,
  );
  // The transaction began before it read: what was erased until then is among them.
  const [mark]: Mark[] = await em.query(
    'SELECT installation_id AS installation, transaction_timestamp() AS "keptUntil" FROM installation',
  );
  if (!mark) throw new Error('the database does not say whose installation it is');
  return { stones, mark };
}

/** Adds what the log lacks of the database's tombstones, and until when it lacks none. `known` are those that it has, and grows. */
export async function keepTombstones(em: EntityManager, path: string, known: Set<string>): Promise<void> {
  const { stones, mark } = await readTombstones(em);
  const missing = stones.filter((stone) => !known.has(nameOf(stone)));
  await appendToTombstoneLog(path, missing, mark);
  for (const stone of missing) known.add(nameOf(stone));
}

/** Names of those that a log has. */
export async function knownTombstones(path: string): Promise<Set<string>> {
  return new Set((await readTombstoneLog(path))?.stones.map(nameOf));
}

export function nameOf({ kind, id }: Pick<Tombstone, 'kind' | 'id'>): string {
  return `${kind} ${id}`;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return null;
  }
}
