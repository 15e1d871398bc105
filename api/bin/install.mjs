// Installs the packages when they are missing, older than the lockfile, or incomplete. Any Node ≥ 18, no packages.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const at = (...parts) => join(root, ...parts);
const lockfile = () => JSON.parse(readFileSync(at('package-lock.json'), 'utf8'));

/** Whether node_modules was made from the lockfile as it stands (npm writes its own copy last), with all of this platform's binaries. */
function isInstalled() {
  const mark = at('node_modules', '.package-lock.json');
  if (!existsSync(mark) || statSync(mark).mtimeMs < statSync(at('package-lock.json')).mtimeMs) return false;
  const packages = Object.entries(lockfile().packages);
  return packages.every(([path, entry]) => !isForThisPlatform(entry) || existsSync(at(path)));
}

function isForThisPlatform({ os, cpu, libc }) {
  if (!os && !cpu) return false;
  const ours = process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
  const fits = (list, value) => !list || list.includes(value);
  return fits(os, process.platform) && fits(cpu, process.arch) && (process.platform !== 'linux' || fits(libc, ours));
}

/**
 * npm leaves out optional packages, native binaries among them, that do not name the Node it runs on. So where the system's
 * Node is old, npm itself runs on the project's: that one package comes first, with the lockfile's own version and hash.
 * Returns the folder of its binary, or null when this platform has none.
 */
function fetchProjectNode() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const path = `node_modules/${name}`;
  const entry = lockfile().packages[path];
  if (!entry) return null;
  const folder = at('.data', 'node');
  const dependencies = { [name]: entry.version };
  const { optional: _, ...required } = entry;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  writeFileSync(
    join(folder, 'package-lock.json'),
    JSON.stringify({ lockfileVersion: 3, requires: true, packages: { '': { dependencies }, [path]: required } }),
  );
  npm(['ci', '--ignore-scripts'], { cwd: folder });
  return join(folder, path, 'bin');
}

function npm(args, { cwd = root, path = process.env.PATH } = {}) {
  const env = {
    ...process.env,
    PATH: path,
    npm_config_loglevel: 'error',
    npm_config_fund: 'false',
    npm_config_audit: 'false',
  };
  const done = spawnSync('npm', args, { cwd, env, stdio: 'inherit', shell: process.platform === 'win32' });
  if (done.status === 0) return;
  console.error(`npm ${args.join(' ')} did not finish; see its messages above.`);
  process.exit(done.status ?? 1);
}

/** Runs `npm ci` if needed, saying so; ends the process when npm fails. */
export function ensureInstalled() {
  if (isInstalled()) return;
  console.log('Throughway: installing packages (npm ci) …');
  const bin = Number(process.versions.node.split('.')[0]) < 24 ? fetchProjectNode() : null;
  const path = bin ? `${bin}${delimiter}${process.env.PATH}` : process.env.PATH;
  npm(['ci', '--include=dev', '--include=optional'], { path });
  rmSync(at('.data', 'node'), { recursive: true, force: true });
}
