import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { END_OF_ROWS, FORMAT, type Header, type Manifest, type TableLine } from './backup-format.js';
import { RowDigest } from './row-digest.js';

const BLOCK_BYTES = 1 << 16;

/**
 * Writes a backup beside its place, readable by its owner alone, and moves it there when it is whole and on the disk: a name without
 * a whole backup does not come to be.
 */
export class BackupWriter {
  private readonly draft: string;
  private readonly gzip = createGzip();
  private readonly written: Promise<void>;
  private readonly digest = createHash('sha256');
  private readonly tables: Manifest['tables'] = [];
  private block: Buffer[] = [];
  private blockBytes = 0;

  constructor(private readonly path: string) {
    this.draft = `${path}.${process.pid}.tmp`;
    const file = createWriteStream(this.draft, { flags: 'wx', mode: 0o600, flush: true });
    this.written = pipeline(this.gzip, file);
    this.written.catch(() => undefined);
  }

  async begin(header: Omit<Header, 'throughwayBackup'>): Promise<void> {
    await this.line({ throughwayBackup: FORMAT, ...header } satisfies Header);
  }

  /** Rows come by what is handed to `copy`; it answers a promise where they come faster than they are written. */
  async table(line: TableLine, copy: (take: (row: Buffer) => Promise<void> | null) => Promise<unknown>): Promise<void> {
    const rows = new RowDigest();
    await this.line(line);
    await copy((row) => {
      rows.add(row);
      return this.put(row);
    });
    await this.put(END_OF_ROWS);
    this.tables.push({ name: line.table, rows: rows.rows, digest: rows.hex() });
  }

  /** Ends the file and gives it its name. Answers the manifest, and the size of the file in bytes. */
  async end(sequences: Manifest['sequences']): Promise<{ manifest: Manifest; bytes: number }> {
    await this.flush();
    const manifest = { tables: this.tables, sequences, digest: this.digest.digest('hex') };
    this.gzip.end(`${JSON.stringify(manifest)}\n`);
    await this.written;
    await rename(this.draft, this.path);
    return { manifest, bytes: (await stat(this.path)).size };
  }

  /** Leaves nothing behind. */
  async abandon(): Promise<void> {
    this.gzip.destroy();
    await this.written.catch(() => undefined);
    await rm(this.draft, { force: true });
  }

  private async line(value: object): Promise<void> {
    await this.put(Buffer.from(`${JSON.stringify(value)}\n`));
  }

  private put(bytes: Buffer): Promise<void> | null {
    this.block.push(bytes);
    this.blockBytes += bytes.length;
    return this.blockBytes < BLOCK_BYTES ? null : this.flush();
  }

  private async flush(): Promise<void> {
    const block = Buffer.concat(this.block);
    this.block = [];
    this.blockBytes = 0;
    this.digest.update(block);
    if (!this.gzip.write(block)) await Promise.race([once(this.gzip, 'drain'), this.written]);
  }
}
