import type { Header, Manifest } from '../platform/backup/backup-format.js';

/** What is in a backup, in words. */
export function describeBackup({ header, manifest }: { header: Pick<Header, 'takenAt'>; manifest: Manifest }): string {
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  return `taken at ${header.takenAt}, ${rows.toLocaleString('en-US')} rows of ${manifest.tables.length} tables`;
}
