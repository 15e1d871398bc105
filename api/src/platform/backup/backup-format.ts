import * as z from 'zod';

/**
 * A backup is gzip over lines: a header as JSON; for each table a line that names it, its rows as COPY writes them, one per line, and
 * `\.`, which is no row; at the end the manifest as JSON.
 */
export const FORMAT = 1;

/** Ends a table's rows. */
export const END_OF_ROWS = Buffer.from('\\.\n');

export const Header = z.object({
  /** Grows when an older program could not read what a newer one writes. */
  throughwayBackup: z.number().int(),
  /** The release that wrote it. */
  release: z.string(),
  /** When its snapshot was taken, by the database's clock. */
  takenAt: z.iso.datetime(),
  /** Which installation's data these are; it stays with them through restores. */
  installation: z.uuid(),
  /** Names of the migrations that its tables have. */
  migrations: z.array(z.string()),
  lastMigration: z.string(),
  /** pg-boss's version of the queue's tables; null where they were not made yet. */
  queueVersion: z.number().int().nullable(),
});
export type Header = z.infer<typeof Header>;

export const TableLine = z.object({ table: z.string(), columns: z.array(z.string()) });
export type TableLine = z.infer<typeof TableLine>;

export const Manifest = z.object({
  tables: z.array(z.object({ name: z.string(), rows: z.number().int(), digest: z.string() })),
  sequences: z.array(z.object({ name: z.string(), last: z.string() })),
  /** SHA-256 of all lines before this one. */
  digest: z.string(),
});
export type Manifest = z.infer<typeof Manifest>;
