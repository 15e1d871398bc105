// npm run trust [-- row] [--json FILE]: the heavy proofs as one table. Any Node ≥ 18 starts it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from '../../api/bin/install.mjs';
import { projectEnv, projectNode, root, run } from '../../api/bin/with-node.mjs';

/** Specs in one process, one after the other; a trailing slash takes a folder's. */
const specs = (...paths) => [
  ...['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--runInBand', '--silent'],
  ...paths,
];

/** One of the specs of a proof reports the row (api/src/trust-report.builder.ts); it holds when all of them pass. */
const PROOFS = {
  E1: ['test/trust/align-differential.ts', '--cases', '4000', '--broken', '2000', '--keep-going'],
  R3: specs('api/src/acts-once.spec.ts', 'api/src/platform/database/command.spec.ts'),
  R4: specs('api/src/platform/mail/'),
  R5: specs('api/src/platform/jobs/'),
  R6: ['--test', 'test/trust/cluster.test.ts'],
  R8: specs('api/src/fuzz.spec.ts', 'api/src/intake/corrupt-folders.spec.ts'),
  R9: specs('api/src/platform/database/migrations.spec.ts'),
  R10: specs('api/src/cli/backup.spec.ts'),
  S1: specs('api/src/authorization-matrix.spec.ts'),
  S2: specs('api/src/platform/database/second-wall.spec.ts', 'api/src/platform/database/wall-catalog.spec.ts'),
  S3: specs('api/src/canaries.spec.ts'),
  S4: specs('api/src/students/shared-students.spec.ts', 'api/src/students/consents.spec.ts'),
  S5: specs('api/src/identity/.*(sign-in|hash|password|passkey|authenticator|invitations|session).*.spec.ts'),
  S6: specs('api/src/platform/audit/', 'api/src/cli/audit.spec.ts', 'libs/ledger/'),
  S7: ['--test', '--test-name-pattern=router knows|anybody else', 'test/journeys/axe.test.ts'],
  S8: specs('api/src/students/erasure.spec.ts', 'api/src/students/retention.spec.ts'),
};

const args = process.argv.slice(2);
const at = args.indexOf('--json');
const file = at >= 0 ? args.splice(at, 2)[1] : undefined;
const unknown = args.filter((id) => !(id in PROOFS));
if (unknown.length > 0) {
  console.error(`Found ${unknown.join(' ')}, expected some of ${Object.keys(PROOFS).join(' ')}, or nothing for all.`);
  process.exit(2);
}

ensureInstalled();
const built = await run('nx', ['run-many', '-t', 'build', '--outputStyle=static'], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
if (built !== 0) process.exit(built);

const folder = mkdtempSync(join(tmpdir(), 'throughway-trust-'));
const rows = (args.length > 0 ? args : Object.keys(PROOFS)).map((id) => {
  console.log(`proving ${id} …`);
  const began = performance.now();
  const report = join(folder, id);
  const done = spawnSync(projectNode(), PROOFS[id], {
    cwd: root,
    env: { ...projectEnv(), TRUST: 'full', TRUST_REPORT: report },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  if (done.status !== 0) console.error(`${id} ended with ${done.status}:\n${done.stdout}${done.stderr}`);
  const reported = existsSync(report) ? readFileSync(report, 'utf8').trimEnd().split('\n') : [];
  if (reported.length !== 1) throw new Error(`${id}: found ${reported.length} rows reported, expected one`);
  const row = { seconds, ...JSON.parse(reported[0]) };
  return { ...row, holds: row.holds && done.status === 0 };
});
rmSync(folder, { recursive: true, force: true });

console.log(
  '\n| | promise | figure | goal | holds | control | it failed | seconds |\n|---|---|---|---|---|---|---|---|',
);
for (const { id, promise, figure, goal, holds, control, seconds } of rows) {
  const yes = (is) => (is ? 'yes' : 'NO');
  console.log(`| ${[id, promise, figure, goal, yes(holds), control.what, yes(control.failed), seconds].join(' | ')} |`);
}
if (file) writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
process.exit(rows.every(({ holds, control }) => holds && control.failed) ? 0 : 1);
