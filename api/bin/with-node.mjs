// Runs a command under the project's pinned Node, whatever Node (18 or newer) started it:
//   node api/bin/with-node.mjs nx run-many -t build
// The pinned binary is an optional dependency (docs/adr/0001). Where none exists for a platform, a new enough system Node serves.
import { spawn } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = [24, 15];
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(join(root, 'package.json'));

/** Path of the Node binary that runs this project; explains itself and exits 1 when there is none. */
export function projectNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  try {
    const manifest = require.resolve(`node-${platform}-${process.arch}/package.json`);
    return join(dirname(manifest), require(manifest).bin.node);
  } catch {
    const [major, minor] = process.versions.node.split('.').map(Number);
    if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return process.execPath;
    console.error(
      `Throughway runs on Node ${NEEDED.join('.')} or newer. This is ${process.version}, and no Node for ` +
        `${platform}-${process.arch} came with the packages: run "npm ci", or install a newer Node.`,
    );
    process.exit(1);
  }
}

/** Environment in which `node` and every package's command are the project's own. */
export function projectEnv() {
  const node = projectNode();
  const bin = join(root, 'node_modules', '.bin');
  // npm 10 deletes .bin/node while pruning other platforms' packages, and Nx drops PATH entries inside node_modules.
  const link = join(bin, 'node');
  if (node !== process.execPath && process.platform !== 'win32' && !existsSync(link)) {
    try {
      symlinkSync(node, link);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
  return { ...process.env, NX_DAEMON: 'false', PATH: [dirname(node), bin, process.env.PATH].join(delimiter) };
}

/** Runs a command to its end and returns its exit status; signals reach it (the terminal's own Ctrl-C does already). */
export function run(command, args, options = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { stdio: 'inherit', cwd: root, env: projectEnv(), ...options });
    const forward = (signal) => child.kill(signal);
    process.on('SIGTERM', forward);
    const ignore = () => undefined;
    process.on('SIGINT', ignore);
    child.once('error', fail);
    child.once('exit', (code, signal) => {
      process.off('SIGTERM', forward);
      process.off('SIGINT', ignore);
      done(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [command, ...args] = process.argv.slice(2);
  process.exit(await run(command, args, { shell: process.platform === 'win32' }));
}
