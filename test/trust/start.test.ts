import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT, startPortal, temporaryFolder } from '../support/portal.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => (folder = temporaryFolder('start')));
afterEach(() => folder.remove());

/** Live processes: group and command line. */
function processes(): { group: number; args: string }[] {
  const lines = execFileSync('ps', ['-eo', 'pgid=,stat=,args=', '-ww'], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => {
    const [, group, state, args] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return args === undefined || state?.startsWith('Z') ? [] : [{ group: Number(group), args }];
  });
}

/** Live processes whose command line names this test's folder. */
function processesOf(path: string): string[] {
  return processes().flatMap(({ args }) => (args.includes(path) ? [args] : []));
}

async function until(what: string, holds: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  for (let waited = 0; waited < withinMs; waited += 100) {
    if (await holds()) return;
    await delay(100);
  }
  assert.fail(`not within ${withinMs} ms: ${what}`);
}

/** The board as it stands: what must survive. */
async function boardRows(url: string): Promise<unknown> {
  const answer = await fetch(`${url}/api/board`);
  assert.equal(answer.status, 200);
  return answer.json();
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} ends the portal and its database, and leaves no process behind`, async () => {
    const portal = await startPortal(folder.path);
    assert.ok(processesOf(folder.path).length > 0, 'its database names the folder');
    assert.equal(await portal.stop(signal), 0);
    assert.deepEqual(processesOf(folder.path), []);
  });
}

test('after kill -9 the next start takes the database over with everything in it', async () => {
  const first = await startPortal(folder.path);
  const before = await boardRows(first.url);
  await first.stop('SIGKILL');
  const second = await startPortal(folder.path);
  assert.match(second.output(), /PostgreSQL recovered/);
  assert.deepEqual(await boardRows(second.url), before);
  assert.equal(await second.stop(), 0);
  assert.deepEqual(processesOf(folder.path), []);
});

test('after kill -9 of portal and database together, the next start recovers with everything in it', async () => {
  const first = await startPortal(folder.path);
  const before = await boardRows(first.url);
  const postmaster = Number(readFileSync(join(folder.path, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0]);
  process.kill(postmaster, 'SIGKILL');
  await first.stop('SIGKILL');
  const second = await startPortal(folder.path);
  assert.deepEqual(await boardRows(second.url), before);
  assert.equal(await second.stop(), 0);
});

test('a second portal on the same folder shares the database and leaves it running', async () => {
  const first = await startPortal(folder.path);
  const second = await startPortal(folder.path);
  assert.match(second.output(), /PostgreSQL shared/);
  assert.equal(await second.stop(), 0);
  assert.equal((await fetch(`${first.url}/health/ready`)).status, 200);
  assert.equal(await first.stop(), 0);
  assert.deepEqual(processesOf(folder.path), []);
});

test('the first portal leaves the database to a second one, and the last one out stops it', async () => {
  const first = await startPortal(folder.path);
  const second = await startPortal(folder.path);
  assert.equal(await first.stop(), 0);
  assert.equal((await fetch(`${second.url}/health/ready`)).status, 200);
  assert.equal(await second.stop(), 0);
  assert.deepEqual(processesOf(folder.path), []);
});

test('two portals that start at once on an empty folder share one database', async () => {
  const both = await Promise.all([startPortal(folder.path), startPortal(folder.path)]);
  for (const portal of both) assert.equal((await fetch(`${portal.url}/api/board`)).status, 200);
  await Promise.all(both.map((portal) => portal.stop()));
  assert.deepEqual(processesOf(folder.path), []);
});

test('what a killed first start left half-made is made anew', async () => {
  mkdirSync(join(folder.path, 'pg.new', 'base'), { recursive: true });
  writeFileSync(join(folder.path, 'pg.lock'), '999999999');
  const portal = await startPortal(folder.path);
  assert.equal((await fetch(`${portal.url}/health/ready`)).status, 200);
  assert.equal(await portal.stop(), 0);
});

test('below a folder that only its owner may enter', async () => {
  const closed = join(folder.path, 'closed');
  mkdirSync(closed);
  chmodSync(closed, 0o700);
  const portal = await startPortal(join(closed, 'data'));
  assert.equal((await fetch(`${portal.url}/health/ready`)).status, 200);
  assert.equal(await portal.stop(), 0);
});

test(
  'a killed npm start takes its portal and database with it',
  { skip: process.platform !== 'linux' && 'reads /proc' },
  async () => {
    const npm = spawn('npm', ['start'], {
      cwd: ROOT,
      detached: true,
      env: { ...process.env, DATA_DIR: folder.path, PORT: '0', TODAY: '2026-06-30' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    npm.stdout.on('data', (text: Buffer) => (output += text.toString()));
    try {
      await until('npm start is ready', () => output.includes('ready at'), 60_000);
      npm.kill('SIGKILL');
    } catch (error) {
      process.kill(-(npm.pid ?? 0), 'SIGTERM');
      throw error;
    }
    // The portal is the last of npm's group to leave: it waits for its database and then gives up the folder.
    await until('npm, its portal and the database are gone', () =>
      processes().every(({ group, args }) => group !== npm.pid && !args.includes(folder.path)),
    );
    assert.ok(!existsSync(join(folder.path, 'pg.owner')), 'the portal left by itself, letting go of the folder');
  },
);

test('a wrong setting is named, with what was found and what was expected', async () => {
  await assert.rejects(startPortal(folder.path, { PORT: 'eighty', TIME_ZONE: 'Mars/Olympus' }), (error: Error) => {
    assert.match(error.message, /PORT: found "eighty", expected/);
    assert.match(error.message, /TIME_ZONE: found "Mars\/Olympus", expected/);
    return true;
  });
  assert.deepEqual(processesOf(folder.path), []);
});
