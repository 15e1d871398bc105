import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { reportTrust } from '../../api/src/trust-report.builder.ts';
import { breakFolder } from './align-oracle/break-folder.ts';
import { Chance } from './align-oracle/chance.ts';
import { checkFolder, compareErrors } from './align-oracle/check-folder.ts';
import { compareResults } from './align-oracle/compare-results.ts';
import { fromDay, toDay } from './align-oracle/days.ts';
import { Control } from './align-oracle/faults.ts';
import { alignFolder, type AlignmentResult } from './align-oracle/oracle.ts';
import { mergeFolders } from './align-oracle/merge-folders.ts';
import { PLAIN, randomFolder, randomSpelling, writeFolder, type Folder } from './align-oracle/random-folder.ts';
import { randomMarket } from './align-oracle/random-market.ts';
import { COUNTIES, loadCommand, resultOf, runCommand, type ProductAnswer } from './align-oracle/run-product.ts';
import { Tally } from './align-oracle/tally.ts';
import { tryWorkedCases } from './align-oracle/worked-cases.ts';

/**
 * The differential test of `throughway align` (EXACT): random adversarial folders through the product and through the naive
 * oracle, and broken folders through the product and the naive checker. Needs a build. A row of TRUST's table is printed and reported.
 * node test/trust/align-differential.ts [--cases 200] [--broken 100] [--seed 1] [--command-every 50] [--keep-going]
 */
const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '200' },
    broken: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    'command-every': { type: 'string', default: '50' },
    'keep-going': { type: 'boolean', default: false },
  },
});
const started = performance.now();
const work = mkdtempSync(join(tmpdir(), 'align-differential-'));
const inProcess = await loadCommand();
const tally = new Tally();
const control = new Control();
const problems: string[] = [];

for (const wrong of tryWorkedCases(COUNTIES)) report('the oracle itself', wrong);
const tried = {
  valid: await tryAll('valid', Number(values.cases), tryValid),
  broken: await tryAll('broken', Number(values.broken), tryBroken),
};

function report(where: string, problem: string): void {
  problems.push(problem);
  console.log(`${where}: ${problem}`);
}

/** Answers with the number of folders tried; stops at the first problem unless told to keep going. */
async function tryAll(
  kind: string,
  count: number,
  tryOne: (seed: number, data: string, byCommand: boolean) => Promise<string | null>,
): Promise<number> {
  for (let at = 0; at < count; at += 1) {
    if (problems.length > 0 && !values['keep-going']) return at;
    const seed = Number(values.seed) + at;
    const data = join(work, `${kind}-${seed}`);
    const problem = await tryOne(seed, data, at % Number(values['command-every']) === 0);
    if (problem === null) rmSync(data, { recursive: true, force: true });
    else report(`--seed ${seed}, kept in ${data}`, problem);
  }
  return count;
}

/** Mostly small folders; one in four is a market, one in sixteen is several folders in one. */
function folderOf(seed: number): Folder {
  if (seed % 4 === 3) return randomMarket(seed);
  const first = randomFolder(seed);
  if (seed % 16 !== 0) return first;
  return mergeFolders([first, ...[1, 2, 3, 4].map((more) => randomFolder(seed * 7 + more, first.asOf))]);
}

async function tryValid(seed: number, data: string, byCommand: boolean): Promise<string | null> {
  const folder = folderOf(seed);
  const chance = new Chance(seed ^ 0x5bd1e995);
  writeFolder(folder, data, PLAIN, chance);
  const options = { counties: COUNTIES, threshold: folder.threshold };
  const args = ['--data', data, '--as-of', folder.asOf, '--threshold', folder.threshold];
  let previous: AlignmentResult | null = null;
  if (chance.happens(40)) {
    previous = alignFolder(data, fromDay(toDay(folder.asOf)! - chance.pick([1, 30, 200])), options).result;
    const path = `${data}-previous.json`;
    writeFileSync(path, JSON.stringify({ ...previous, engine: 'oracle', digest: '' }));
    args.push('--previous', path);
  }
  const answer = alignFolder(data, folder.asOf, { ...options, ...(previous && { previous }) });
  tally.add(answer.result);
  const plain = byCommand ? runCommand(args) : await inProcess(args);
  const failure = failureOf(plain);
  if (failure) return failure;
  const difference = compareResults(answer, resultOf(plain));
  if (difference) return difference;
  control.try(answer, resultOf(plain));

  const spelling = randomSpelling(chance);
  writeFolder(folder, data, spelling, chance);
  const respelt = await inProcess(args);
  const problem = failureOf(respelt) ?? (respelt.text === plain.text ? null : 'other bytes');
  return problem && `spelt ${JSON.stringify(spelling)}: ${problem}`;
}

function failureOf({ status, text, stderr }: ProductAnswer): string | null {
  return status === 0 && text !== null ? null : `exit ${status}: ${stderr.slice(0, 500)}`;
}

async function tryBroken(seed: number, data: string, byCommand: boolean): Promise<string | null> {
  const folder = randomFolder(seed);
  const planted = breakFolder(folder, data, new Chance(seed ^ 0x2545f491));
  const expected = checkFolder(data);
  const [only] = planted;
  if (planted.length === 1 && only && !expected.must.includes(only.expected))
    return `the checker itself: ${only.kind} at ${only.expected} not seen`;
  const args = ['--data', data, '--as-of', folder.asOf];
  const product = byCommand ? runCommand(args) : await inProcess(args);
  const problem = compareErrors(expected, product.stderr);
  if (problem) return `${problem} (planted ${JSON.stringify(planted)})`;
  if (expected.must.length === 0) return failureOf(product);
  if (product.status !== 1 || product.text !== null) return `exit ${product.status} for a folder with errors`;
  if (/^\s+at .*:\d+:\d+/m.test(product.stderr)) return 'a stack trace on standard error';
  return compareErrors(expected, '') === null ? 'silence would go unnoticed' : null;
}

console.log(String(tally));
const untried = tally.untried();
if (untried.length > 0) console.log(`never or always: ${untried.join(', ')}`);
if (control.missed().length > 0) console.log(`faults not caught: ${control.missed().join(', ')}`);
const row = {
  id: 'E1',
  promise: 'throughway align says what EXACT says',
  figure: `${problems.length} differences in ${tried.valid} folders and ${tried.broken} broken ones`,
  goal: '0, every flag and rung raised and not raised',
  holds: problems.length === 0 && untried.length === 0,
  control: { what: `${control.size} faults planted in agreeing results`, failed: control.missed().length === 0 },
  seconds: Math.round((performance.now() - started) / 100) / 10,
};
console.log(JSON.stringify(row));
reportTrust(row);
if (problems.length === 0) rmSync(work, { recursive: true, force: true });
process.exitCode = row.holds && row.control.failed ? 0 : 1;
