// Two API processes and a worker on one database, behind one loopback port, each started again when it dies: what nginx or caddy
// and systemd do in production (docs/operations.md), to try it. `npm run start:cluster` builds first. Any Node ≥ 18, no packages.
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { projectEnv, projectNode, root } from './with-node.mjs';

const LONGEST_REST_MS = 30_000;

/** Runs the processes until this one is told to end, or one of them ends of its own will (its launcher is gone); then ends itself. */
export async function runCluster() {
  // The processes take whoever comes from this machine for someone at it, so nobody else may come through this door.
  if (!/^(localhost|127\.0\.0\.1)$/.test(process.env.HOST || 'localhost')) {
    console.error(
      `HOST: found ${JSON.stringify(process.env.HOST)}, expected this machine alone; see docs/operations.md`,
    );
    process.exit(1);
  }
  const members = ['api-1', 'api-2', 'worker'].map((name) => ({
    name,
    child: null,
    port: null,
    restMs: 0,
    wasReady: false,
  }));
  const door = await openDoor(Number(process.env.PORT || 3000), () => members.flatMap(({ port }) => port ?? []));
  const address = `http://localhost:${door.address().port}`;
  let leaving = false;

  const leave = async (status) => {
    if (leaving) return;
    leaving = true;
    door.close();
    const children = members.flatMap(({ child }) => child ?? []);
    for (const child of children) child.kill('SIGTERM');
    await Promise.all(children.map((child) => child.ended));
    process.exit(status);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void leave(0));

  /** Settles when the member is ready for the first time. */
  const start = (member) =>
    new Promise((ready) => {
      const role = member.name === 'worker' ? 'worker' : 'api';
      const child = spawn(projectNode(), [join(root, 'api/dist/main.js')], {
        cwd: root,
        env: {
          ...projectEnv(),
          PUBLIC_URL: process.env.PUBLIC_URL || address,
          PROCESS_ROLE: role,
          HOST: '',
          PORT: '0',
        },
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      member.child = child;
      child.ended = new Promise((ended) => child.once('exit', ended));
      child.once('message', ({ url }) => {
        Object.assign(member, { port: url && Number(new URL(url).port), restMs: 0, wasReady: true });
        console.log(`Throughway: ${member.name} is process ${child.pid}${url ? ` at ${url}` : ''}`);
        ready();
      });
      child.once('exit', async (code, signal) => {
        Object.assign(member, { child: null, port: null });
        if (leaving) return;
        // A first start that fails would fail again: its settings are wrong.
        if (code === 0 || !member.wasReady) return leave(code ?? 1);
        console.log(`Throughway: ${member.name} ended (${signal ?? code}) and is started again`);
        await delay(member.restMs);
        member.restMs = Math.min(LONGEST_REST_MS, member.restMs * 2 || 1000);
        if (!leaving) await start(member);
      });
    });

  // One prepares the database; the others find it ready.
  await start(members[0]);
  await Promise.all(members.slice(1).map(start));
  console.log(`Throughway: two API processes and a worker, ready at ${address}`);
}

/** Hands each connection to the next API process in turn, past those that do not take it. */
function openDoor(port, ports) {
  let turn = 0;
  const door = createServer({ allowHalfOpen: true }, (visitor) => {
    const open = ports();
    const rest = open.map((_, place) => open[(turn + place) % open.length]);
    turn += 1;
    visitor.on('error', () => visitor.destroy());
    const tryNext = () => {
      const next = rest.shift();
      if (next === undefined) return visitor.destroy();
      const server = connect({ port: next, host: '127.0.0.1', allowHalfOpen: true });
      server.once('error', tryNext);
      server.once('connect', () => {
        server.off('error', tryNext).on('error', () => server.destroy());
        server.once('close', () => visitor.destroy());
        visitor.once('close', () => server.destroy());
        visitor.pipe(server).pipe(visitor);
      });
    };
    tryNext();
  });
  return new Promise((listening) => {
    door.once('error', (error) => {
      console.error(
        `Throughway: the port is taken (${error.message}). Choose another: PORT=3001 npm run start:cluster`,
      );
      process.exit(1);
    });
    door.listen(port, '127.0.0.1', () => listening(door));
  });
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await runCluster();
