#!/usr/bin/env node
// npm start: installs what is missing, builds what changed, and runs the portal; with --cluster as several processes (cluster.mjs).
// Any Node ≥ 18 can start this file.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCluster } from './cluster.mjs';
import { ensureInstalled } from './install.mjs';
import { projectEnv, projectNode, root, run } from './with-node.mjs';

ensureInstalled();

console.log('Throughway: building what changed …');
mkdirSync(join(root, '.data'), { recursive: true });
const logFile = join(root, '.data', 'build.log');
const log = openSync(logFile, 'w');
const status = await run('nx', ['run-many', '-t', 'build'], { stdio: ['ignore', log, log] });
closeSync(log);
if (status !== 0) {
  console.error(readFileSync(logFile, 'utf8'));
  process.exit(status);
}

if (process.argv.includes('--cluster')) await runCluster();
else runOne();

function runOne() {
  const api = spawn(projectNode(), [join(root, 'api/dist/main.js')], {
    cwd: root,
    env: projectEnv(),
    // The open channel tells the api when this process is gone, however it went.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  // The terminal's Ctrl-C reaches both processes; a signal to this one alone is passed on. The api counts them as one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => api.kill(signal));
  api.on('exit', (code) => process.exit(code ?? 1));
}
