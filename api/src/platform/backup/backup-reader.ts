import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import * as z from 'zod';
import { END_OF_ROWS, FORMAT, Header, Manifest, TableLine } from './backup-format.js';
import { RowDigest } from './row-digest.js';

/** Why a file is not restored: where, what was found, what was expected. */
export class BadBackup extends Error {
  constructor(path: string, where: string, found: string, expected: string) {
    super(`${path}, ${where}: found ${found}, expected ${expected}. Nothing was changed.`);
  }
}

const LINE_FEED = 10;

/** Reads a backup line by line; memory grows with its longest line alone. */
export class BackupReader {
  private readonly lines: AsyncGenerator<Buffer, void>;
  private number = 0;

  constructor(readonly path: string) {
    this.lines = linesOf(path);
  }

  /** The next line, its line feed included. @throws BadBackup where the file ends before */
  async next(expected: string): Promise<Buffer> {
    let read: IteratorResult<Buffer, void>;
    try {
      read = await this.lines.next();
    } catch (error) {
      throw this.unreadable(error, expected);
    }
    if (read.done) throw this.bad('the end of the file', expected);
    this.number++;
    return read.value;
  }

  async header(): Promise<Header> {
    const expected = 'the header of a backup';
    const line = parseLine(await this.next(expected));
    const { data: version } = z.object({ throughwayBackup: z.number() }).safeParse(line);
    if (version && version.throughwayBackup > FORMAT) {
      throw this.bad(`format ${version.throughwayBackup}`, `format ${FORMAT} or older: a newer release wrote it`);
    }
    const header = Header.safeParse(line);
    if (!header.success) throw this.bad('something else', expected);
    return header.data;
  }

  /** The next table, or the manifest after the last. */
  async section(): Promise<{ table: TableLine } | { manifest: Manifest }> {
    const expected = 'a table or the manifest';
    const raw = await this.next('its manifest at its end');
    const line = parseLine(raw);
    const manifest = Manifest.safeParse(line);
    if (manifest.success) return { manifest: manifest.data };
    const table = TableLine.safeParse(line);
    if (!table.success) throw this.bad('something else', expected);
    return { table: table.data };
  }

  /** The rows of the table whose line was read last. */
  async *rows(): AsyncGenerator<Buffer, void> {
    for (;;) {
      const line = await this.next('its manifest at its end');
      if (line.equals(END_OF_ROWS)) return;
      yield line;
    }
  }

  close(): Promise<unknown> {
    return this.lines.return();
  }

  bad(found: string, expected: string): BadBackup {
    return new BadBackup(this.path, `line ${this.number}`, found, expected);
  }

  private unreadable(error: unknown, expected: string): Error {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return new BadBackup(this.path, 'the file', 'none', 'a backup');
    if (code === 'Z_BUF_ERROR') return this.bad('the file cut off', expected);
    if (code.startsWith('Z_')) return this.bad(`data that gzip cannot read (${code})`, expected);
    return new BadBackup(this.path, 'the file', `one that cannot be read (${code})`, 'a backup');
  }
}

/**
 * Reads a backup whole, before anything is done with it. @throws BadBackup where it was cut off, changed, or written by a release
 * that is newer than this one
 */
export async function checkBackup(path: string): Promise<{ header: Header; manifest: Manifest }> {
  const reader = new BackupReader(path);
  const digest = createHash('sha256');
  // Every line but the last goes into the digest.
  let held: Buffer | null = null;
  const next = reader.next.bind(reader);
  reader.next = async (expected) => {
    if (held) digest.update(held);
    return (held = await next(expected));
  };
  try {
    const header = await reader.header();
    const read: Manifest['tables'] = [];
    for (;;) {
      const section = await reader.section();
      if ('manifest' in section)
        return { header, manifest: compare(reader, section.manifest, read, digest.digest('hex')) };
      const rows = new RowDigest();
      for await (const row of reader.rows()) rows.add(row);
      read.push({ name: section.table.table, rows: rows.rows, digest: rows.hex() });
    }
  } finally {
    await reader.close();
  }
}

function compare(reader: BackupReader, manifest: Manifest, read: Manifest['tables'], digest: string): Manifest {
  requireSame(read, manifest.tables, (where, found, expected) => new BadBackup(reader.path, where, found, expected));
  if (digest !== manifest.digest) throw reader.bad(`lines with the digest ${digest}`, manifest.digest);
  return manifest;
}

/** @throws what `because` makes of the first table whose rows are not those of the manifest */
export function requireSame(
  found: Manifest['tables'],
  expected: Manifest['tables'],
  because: (where: string, found: string, expected: string) => Error,
): void {
  const tell = (table: Manifest['tables'][number] | undefined): string =>
    table ? `${table.name} with ${table.rows} rows, digest ${table.digest}` : 'no further table';
  for (let at = 0; at < Math.max(found.length, expected.length); at++) {
    const [one, other] = [tell(found[at]), tell(expected[at])];
    if (one !== other) throw because(`table ${at + 1}`, one, other);
  }
}

function parseLine(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8')) as unknown;
  } catch {
    return null;
  }
}

async function* linesOf(path: string): AsyncGenerator<Buffer, void> {
  let rest: Buffer[] = [];
  const gunzip = createGunzip();
  // What goes wrong shows in the loop.
  pipeline(createReadStream(path), gunzip, () => undefined);
  for await (const chunk of gunzip as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      const piece = chunk.subarray(from, at + 1);
      yield rest.length === 0 ? piece : Buffer.concat([...rest, piece]);
      rest = [];
      from = at + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
}
