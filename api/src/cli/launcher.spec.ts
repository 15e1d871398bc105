import { expect, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/', import.meta.url));

/** A copy of the launcher in a project that holds nothing else, or only the given command line. */
function aLauncher(main?: string): string {
  const root = mkdtempSync(join(tmpdir(), 'throughway-'));
  cpSync(BIN, join(root, 'api', 'bin'), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  if (main !== undefined) {
    mkdirSync(join(root, 'api', 'dist', 'cli'), { recursive: true });
    writeFileSync(join(root, 'api', 'dist', 'cli', 'main.js'), main);
  }
  return join(root, 'api', 'bin', 'throughway.mjs');
}

test('before a build the command says what to do', () => {
  const { status, stderr } = spawnSync(process.execPath, [aLauncher(), 'align'], { encoding: 'utf8' });
  expect(stderr).toBe('throughway: the command line is not built yet; run "npm run build" first.\n');
  expect(status).toBe(1);
});

test('arguments, the folder one stands in and the exit status pass through', () => {
  const launcher = aLauncher('console.log(process.argv.slice(2).join("|"), process.cwd()); process.exitCode = 7;');
  const here = mkdtempSync(join(tmpdir(), 'throughway-here-'));
  const { status, stdout } = spawnSync(process.execPath, [launcher, 'align', '--out', 'a b'], {
    cwd: here,
    encoding: 'utf8',
  });
  expect(stdout).toBe(`align|--out|a b ${here}\n`);
  expect(status).toBe(7);
});

test('a signal reaches the command, whose answer is the exit status', async () => {
  const launcher = aLauncher(
    'process.on("SIGTERM", () => process.exit(9)); setInterval(() => undefined, 1000); console.log("ready");',
  );
  const child = spawn(process.execPath, [launcher], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([9, null]);
});
