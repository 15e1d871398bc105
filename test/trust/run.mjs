// npm run trust [-- row] [--json FILE]: the heavy proofs as one table. Any Node ≥ 18 starts it.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { ensureInstalled } from '../../api/bin/install.mjs';
import { projectEnv, projectNode, root, run } from '../../api/bin/with-node.mjs';

/** A proof prints its row of the table (FORMATS.md, Trust) as the last line of its output. */
const PROOFS = [
  { id: 'E1', command: ['test/trust/align-differential.ts', '--cases', '4000', '--broken', '2000', '--keep-going'] },
];

ensureInstalled();
const built = await run('nx', ['run-many', '-t', 'build', '--outputStyle=static'], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
if (built !== 0) process.exit(built);

const args = process.argv.slice(2);
const at = args.indexOf('--json');
const file = at >= 0 ? args.splice(at, 2)[1] : undefined;
const rows = PROOFS.filter(({ id }) => args.length === 0 || args.includes(id)).map(({ id, command }) => {
  console.log(`proving ${id} …`);
  const done = spawnSync(projectNode(), command, {
    cwd: root,
    env: projectEnv(),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const last = done.stdout.trimEnd().split('\n').at(-1) ?? '';
  if (!last.startsWith('{')) throw new Error(`${id} ended with ${done.status}:\n${done.stdout}${done.stderr}`);
  return JSON.parse(last);
});

console.log('\n| | promise | figure | goal | holds | control failed | seconds |\n|---|---|---|---|---|---|---|');
for (const { id, promise, figure, goal, holds, control, seconds } of rows) {
  const failed = control.failed ? 'yes' : 'NO';
  console.log(`| ${id} | ${promise} | ${figure} | ${goal} | ${holds ? 'yes' : 'NO'} | ${failed} | ${seconds} |`);
}
if (file) writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
process.exit(rows.every(({ holds, control }) => holds && control.failed) ? 0 : 1);
