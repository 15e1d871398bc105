// npm test: everything that must be true, on a bare machine. `node test/run.mjs --only=format,law` runs some stages.
// Any Node ≥ 18 can start this file; the stages run under the project's own.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from '../api/bin/install.mjs';
import { projectEnv, root, run } from '../api/bin/with-node.mjs';

const only = process.argv
  .find((arg) => arg.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',');
const scratch = mkdtempSync(join(tmpdir(), 'throughway-test-'));
const totals = { passed: 0, failed: 0, skipped: 0 };

/** A tool that answers yes or no counts as one. */
const yesOrNo = async (command, args) => {
  const status = await run(command, args);
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
};

/** Jest writes what it counted; a suite that could not even run counts as failed. */
const jest = async (name, args) => {
  const file = join(scratch, `${name}.json`);
  const env = { ...projectEnv(), NODE_OPTIONS: '--experimental-vm-modules --no-warnings' };
  const status = await run('jest', [...args, '--json', `--outputFile=${file}`, '--silent=false'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const counted = JSON.parse(readFileSync(file, 'utf8'));
  const failed = counted.numFailedTests + counted.numRuntimeErrorTestSuites;
  return {
    passed: counted.numPassedTests,
    failed: status !== 0 && failed === 0 ? 1 : failed,
    skipped: counted.numPendingTests + counted.numTodoTests,
  };
};

/** Node's own runner for what goes through HTTP, the command line or a browser; see test/support/reporter.mjs. */
const nodeTests = (pattern) =>
  new Promise((done) => {
    const reporter = join(root, 'test/support/reporter.mjs');
    const args = ['--test', `--test-reporter=${reporter}`, '--test-concurrency=1', '--test-timeout=900000', pattern];
    const child = spawn('node', args, { cwd: root, env: projectEnv(), stdio: ['ignore', 'pipe', 'inherit'] });
    let last = '';
    child.stdout.on('data', (text) => {
      process.stdout.write(text);
      last = (last + text).slice(-2000);
    });
    child.on('exit', (status) => {
      const [, passed, failed, skipped] = /counted (\d+) (\d+) (\d+)\s*$/.exec(last) ?? [0, 0, 1, 0];
      const silent = Number(failed) === 0 && (status !== 0 || Number(passed) === 0);
      done({ passed: Number(passed), failed: silent ? 1 : Number(failed), skipped: Number(skipped) });
    });
  });

const sum = async (running) => {
  const counts = await Promise.all(running);
  const of = (key) => counts.reduce((total, count) => total + count[key], 0);
  return { passed: of('passed'), failed: of('failed'), skipped: of('skipped') };
};

const stages = [
  ['format', 'formatting (prettier)', () => yesOrNo('prettier', ['--check', '--log-level=warn', '.'])],
  ['build', 'build (nx)', () => yesOrNo('nx', ['run-many', '-t', 'build', '--outputStyle=static'])],
  ['lint', 'lint (eslint)', () => yesOrNo('eslint', ['.', '--max-warnings=0'])],
  ['law', 'the law between rooms (sheriff)', () => yesOrNo('node', ['test/support/law.mjs'])],
  ['types', 'types (tsc)', () => yesOrNo('node', ['test/support/types.mjs'])],
  ['specs', 'unit and API specs on a real PostgreSQL (jest)', () => jest('specs', ['--maxWorkers=2'])],
  ['pages', 'page specs (jest, jsdom)', () => jest('pages', ['--config=web/jest.config.mjs', '--maxWorkers=2'])],
  // Each runs its files one after the other and waits for processes most of the time: together they fill two cores.
  [
    'processes',
    'trust slices and journeys in a real browser (node --test)',
    () => sum([nodeTests('test/trust/**/*.test.ts'), nodeTests('test/journeys/**/*.test.ts')]),
  ],
];

ensureInstalled();
for (const [name, title, stage] of stages) {
  if (only && !only.includes(name)) continue;
  const began = Date.now();
  console.log(`\n— ${title}`);
  const counted = await stage();
  for (const key of Object.keys(totals)) totals[key] += counted[key];
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`  ${counted.passed} passed, ${counted.failed} failed, ${counted.skipped} skipped in ${seconds} s`);
}
rmSync(scratch, { recursive: true, force: true });
console.log(
  `\n${totals.passed} passed, ${totals.failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''}`,
);
process.exit(totals.failed > 0 || totals.passed === 0 ? 1 : 0);
