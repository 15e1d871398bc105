import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type pg from 'pg';

/** What PostgreSQL's copy protocol needs of pg's connection and its types do not name. */
interface CopyConnection {
  stream: Writable & { pause(): void; resume(): void };
  query(sql: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

/** What pg calls while a statement of ours is the active one. */
abstract class CopyStatement {
  private settle: { resolve: () => void; reject: (error: Error) => void } | null = null;
  private failure: Error | null = null;
  readonly done = new Promise<void>((resolve, reject) => (this.settle = { resolve, reject }));

  constructor(private readonly sql: string) {}

  submit(connection: pg.Connection): void {
    (connection as unknown as CopyConnection).query(this.sql);
  }

  handleError(error: Error, connection?: pg.Connection): void {
    this.failure ??= error;
    // Without a connection, or on a lost one, nothing more will come.
    if (!connection || !('severity' in error)) this.settle?.reject(this.failure);
  }

  handleCommandComplete(): void {
    // The statement is over once the server is ready for the next one.
  }

  handleReadyForQuery(): void {
    if (this.failure) this.settle?.reject(this.failure);
    else this.settle?.resolve();
  }

  get hasFailed(): boolean {
    return this.failure !== null;
  }

  protected fail(error: unknown): void {
    this.failure ??= error instanceof Error ? error : new Error(String(error));
  }
}

class CopyOut extends CopyStatement {
  constructor(
    sql: string,
    private readonly take: (row: Buffer) => Promise<void> | null,
  ) {
    super(sql);
  }

  handleCopyData({ chunk }: { chunk: Buffer }, connection: pg.Connection): void {
    if (this.hasFailed) return;
    // pg hands out a view of what it reads into again.
    const full = this.take(Buffer.from(chunk));
    if (!full) return;
    const { stream } = connection as unknown as CopyConnection;
    stream.pause();
    full.catch((error: unknown) => this.fail(error)).finally(() => stream.resume());
  }
}

class CopyIn extends CopyStatement {
  constructor(
    sql: string,
    private readonly blocks: AsyncIterable<Buffer>,
  ) {
    super(sql);
  }

  handleCopyInResponse(connection: pg.Connection): void {
    void this.send(connection as unknown as CopyConnection);
  }

  private async send(connection: CopyConnection): Promise<void> {
    try {
      for await (const block of this.blocks) {
        if (this.hasFailed) continue;
        connection.sendCopyFromChunk(block);
        if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain');
      }
      if (!this.hasFailed) connection.endCopyFrom();
    } catch (error) {
      this.fail(error);
      connection.sendCopyFail('the rows could not be read');
    }
  }
}

/**
 * `COPY … TO STDOUT` in text: gives each row, its line feed included, to `take`. Where that answers a promise, the server is made
 * to wait for it, so that memory stays bounded.
 */
export function copyOut(
  client: pg.ClientBase,
  sql: string,
  take: (row: Buffer) => Promise<void> | null,
): Promise<void> {
  return client.query(new CopyOut(sql, take)).done;
}

/** `COPY … FROM STDIN` in text. Blocks may divide the rows anywhere; all are read, also when the server refuses one. */
export function copyIn(client: pg.ClientBase, sql: string, blocks: AsyncIterable<Buffer>): Promise<void> {
  return client.query(new CopyIn(sql, blocks)).done;
}
