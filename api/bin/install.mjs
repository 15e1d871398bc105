// Installs the packages when they are missing or older than the lockfile. Any Node ≥ 18, no packages.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Whether node_modules was made from the lockfile as it stands (npm writes its own copy last). */
function isInstalled() {
  const mark = join(root, 'node_modules', '.package-lock.json');
  return existsSync(mark) && statSync(mark).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

/** Runs `npm ci` if needed, saying so; ends the process when npm fails. */
export function ensureInstalled() {
  if (isInstalled()) return;
  console.log('Throughway: installing packages (npm ci) …');
  const args = ['ci', '--include=dev', '--include=optional'];
  const viaNpm = process.env.npm_execpath?.endsWith('.js');
  const done = viaNpm
    ? spawnSync(process.execPath, [process.env.npm_execpath, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (done.status !== 0) {
    console.error('npm ci did not finish; see its messages above.');
    process.exit(done.status ?? 1);
  }
}
