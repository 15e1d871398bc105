import { NetworkSlug } from '@throughway/contracts/words';
import { describeProblem } from '@throughway/formats/format-problem';
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { recordImport } from '../intake/record-import.js';
import { type ImportProgress, type ImportReport, ImportService } from '../intake/import.service.js';
import { NetworkIntake } from '../intake/network-intake.service.js';
import { Transactions } from '../platform/database/transactions.js';
import type { ProgramsService } from '../programs/programs.service.js';
import { composeAlignment } from './compose-alignment.js';
import { formatTable } from './format-table.js';
import { UsageError } from './usage-error.js';
import { withDatabase } from './with-database.js';

const PROGRESS_EVERY_MS = 1000;

interface ImportArguments {
  path: string;
  network: string;
  partial: boolean;
  json: boolean;
}

/**
 * `throughway import DIR [--network main] [--partial] [--json]`: saves a folder (or zip) of FORMATS and brings results up to
 * date, in one transaction. Errors go to standard error, the report to standard output. Exit 0 when every row is saved, 3
 * when `--partial` left rows out, 1 when nothing was changed.
 */
export async function run(args: string[]): Promise<number> {
  const options = readOptions(args);
  return withDatabase(async ({ config, source }) => {
    const { programs, partnerships, alignment } = composeAlignment(config);
    const imports = new ImportService(new NetworkIntake(programs, partnerships, alignment), alignment);
    return tellReport(await importOnce(new Transactions(source), programs, imports, options), options);
  });
}

async function importOnce(
  transactions: Transactions,
  programs: ProgramsService,
  imports: ImportService,
  { path, network: slug, partial }: ImportArguments,
): Promise<ImportReport> {
  return transactions.run(async (em) => {
    const known = await programs.findNetwork(em, slug);
    if (known?.sample) throw new UsageError(`--network: found "${slug}", which is synthetic, expected another network`);
    const name = slug === 'main' ? 'Our network' : slug;
    const { networkId } = known ?? (await programs.ensureNetwork(em, { slug, name, sample: false }));
    const report = await imports.importFolder(em, { path, networkId, partial }, progressTeller());
    const importId = randomUUID();
    await recordImport(em, { importId, networkId, partial, bytesTotal: report.progress.bytesRead }, report);
    return report;
  });
}

/** At most one line a second, and one at each change of state, when what the last state left behind is collected. */
function progressTeller(): (progress: ImportProgress) => void {
  const collect = garbageCollector();
  let state = '';
  let toldAt = -Infinity;
  return (progress) => {
    const now = performance.now();
    if (progress.state === state && now - toldAt < PROGRESS_EVERY_MS) return;
    if (progress.state !== state) collect();
    state = progress.state;
    toldAt = now;
    const count = (value: number): string => value.toLocaleString('en-US');
    process.stderr.write(
      `${progress.state}: ${count(progress.rowsRead)} rows read, ${count(progress.rowsSaved)} rows saved\n`,
    );
  };
}

/** V8 would rather grow than collect; without this 200,000 rows do not stay within 512 MB. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

function tellReport(report: ImportReport, { json, path }: ImportArguments): number {
  for (const notice of report.notices) process.stderr.write(`notice: ${notice}\n`);
  for (const error of report.errors) process.stderr.write(`${describeProblem(error)}\n`);
  if (report.state === 'refused') {
    process.stderr.write(`throughway import: nothing was changed; errors in ${path}: ${report.errors.length}\n`);
  }
  if (json) process.stdout.write(`${JSON.stringify({ ...report, progress: undefined }, null, 2)}\n`);
  else if (report.state === 'done') process.stdout.write(describeFiles(report));
  if (report.state === 'refused') return 1;
  return report.errors.length > 0 ? 3 : 0;
}

function describeFiles({ files, runId }: ImportReport): string {
  const rows = files.map(({ file, ...counts }) => [
    file,
    ...[counts.rows, counts.added, counts.changed, counts.unchanged, counts.removed].map((count) =>
      count.toLocaleString('en-US'),
    ),
  ]);
  const table = formatTable(['File', 'Rows', 'Added', 'Changed', 'Unchanged', 'Removed'], rows);
  return `${table}${runId === null ? 'Nothing that is aligned changed' : `Results brought up to date by run ${runId}`}\n`;
}

/** Throws {@link UsageError} for an option that is missing or cannot be read. */
function readOptions(args: string[]): ImportArguments {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      network: { type: 'string', default: 'main' },
      partial: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UsageError('found no single folder, expected one DIR');
  if (!NetworkSlug.safeParse(values.network).success) {
    throw new UsageError(`--network: found "${values.network}", expected lower-case letters, digits and hyphens`);
  }
  return { path, network: values.network, partial: values.partial, json: values.json };
}
