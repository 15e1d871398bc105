import { join, relative } from 'node:path';
import { type Config, PROJECT_ROOT } from '../platform/config/config.js';
import { Transactions } from '../platform/database/transactions.js';
import { compileStarter } from '../labor-market/compile-starter.js';
import type { FileReport } from '../labor-market/load/file-load.js';
import { loadReference, type ReferenceReport } from '../labor-market/load/load-reference.js';
import { STARTER_FOLDER } from '../labor-market/starter-region.js';
import { composeAlignment } from './compose-alignment.js';
import { formatTable } from './format-table.js';
import { UsageError } from './usage-error.js';
import { withDatabase } from './with-database.js';

/**
 * `throughway reference load DIR [--json]`: loads the publishers' files below DIR; exit 0 when every row was understood, 3 when
 * bad rows were left out (named in the report), 1 when a source could not be loaded or there is none.
 * `throughway reference compile-starter DIR`: writes the starter region's files anew; the database is left as it was.
 */
export async function run(args: string[]): Promise<number> {
  const json = args.includes('--json');
  const [action, directory, ...more] = args.filter((arg) => arg !== '--json');
  if (directory === undefined || more.length > 0) throw new UsageError('found no single folder, expected one DIR');
  if (action !== 'load' && action !== 'compile-starter') {
    throw new UsageError(`found "${action}", expected "load" or "compile-starter"`);
  }
  return withDatabase(async ({ config, source }) => {
    const transactions = new Transactions(source);
    if (action === 'compile-starter') return compile(transactions, directory);
    const report = await load(transactions, directory, json);
    if (report.files.some((file) => file.added + file.changed > 0)) await alignAgain(config, transactions);
    if (report.failed.length > 0 || report.files.length === 0) return 1;
    return report.files.some((file) => file.problemCount > 0) ? 3 : 0;
  });
}

/** Networks without projections of their own rest on the reference ones: what stands on the boards follows the load. */
async function alignAgain(config: Config, transactions: Transactions): Promise<void> {
  const { programs, alignment } = composeAlignment(config);
  await transactions.run(async (em) => {
    for (const { networkId, name } of await programs.networks(em)) {
      await alignment.alignAll(em, networkId, 'command');
      process.stderr.write(`${name} aligned anew\n`);
    }
  });
}

async function load(transactions: Transactions, directory: string, json: boolean): Promise<ReferenceReport> {
  const report = await loadReference(
    (work) => transactions.run(work),
    directory,
    ({ folder, file, rows }) => {
      process.stderr.write(`${folder}/${file}: ${rows.toLocaleString('en-US')} rows read\n`);
    },
  );
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : describe(report));
  return report;
}

/** Rolls the transaction back once the files are written. */
async function compile(transactions: Transactions, directory: string): Promise<number> {
  const done = new Error('rolled back on purpose');
  let sizes: Record<string, number> = {};
  try {
    await transactions.run(async (em) => {
      sizes = await compileStarter(em, directory, STARTER_FOLDER);
      throw done;
    });
  } catch (error) {
    if (error !== done) throw error;
  }
  const rows = Object.entries(sizes).map(([file, bytes]) => [
    join(relative(PROJECT_ROOT, STARTER_FOLDER), file),
    count(bytes),
  ]);
  process.stdout.write(formatTable(['File', 'Bytes'], rows));
  return 0;
}

function describe(report: ReferenceReport): string {
  const rows = report.files.map((file) => [
    `${file.folder}/${file.file}`,
    file.table,
    ...[file.read, file.added, file.changed, file.unchanged].map(count),
    count(Object.values(file.leftOut).reduce((sum, rowCount) => sum + rowCount, 0)),
    count(file.problemCount),
    file.seconds.toFixed(1),
  ]);
  const header = ['File', 'Table', 'Read', 'Added', 'Changed', 'Unchanged', 'Left out', 'Bad', 'Seconds'];
  const lines = [
    formatTable(header, rows),
    ...report.files.flatMap(describeLeftOut),
    ...report.files.flatMap(describeProblems),
    ...report.notFound.map((path) => `${path}: not found`),
    ...report.unknown.map((path) => `${path}: no loader reads this folder`),
    ...report.failed.map(({ folder, reason }) => `${folder}: NOT LOADED, nothing of it was kept: ${reason}`),
  ];
  const written = report.files.reduce((sum, file) => sum + file.added + file.changed, 0);
  const nothing =
    report.files.length === 0 ? "found none of the publishers' folders; nothing changed" : 'nothing changed';
  const closing = written === 0 ? nothing : `${count(written)} rows written`;
  return `${lines.join('\n')}\n${closing}, in ${report.seconds.toFixed(1)} s\n`;
}

function describeLeftOut(file: FileReport): string[] {
  return Object.entries(file.leftOut).map(
    ([reason, rows]) => `${file.folder}/${file.file}: ${count(rows)} left out: ${reason}`,
  );
}

function describeProblems(file: FileReport): string[] {
  const shown = file.problems.map(
    ({ line, column, found, expected }) =>
      `${file.folder}/${file.file}, line ${line}, ${column}: found ${JSON.stringify(found)}, expected ${expected}`,
  );
  const more = file.problemCount - shown.length;
  return more > 0 ? [...shown, `${file.folder}/${file.file}: and ${count(more)} more bad rows`] : shown;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
