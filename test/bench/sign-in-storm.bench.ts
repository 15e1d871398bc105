import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { startPortal, temporaryFolder } from '../support/portal.ts';
import { peakMb, report } from './measure.ts';

/**
 * 200 sign-ins a second, each from one of 250 loopback addresses at an account of its own, so that no limit of one address or
 * account takes the work away; meanwhile what the public reads. Both on a fixed schedule, whether or not earlier ones were answered.
 */
const SIGN_INS_A_SECOND = 200;
const READS_A_SECOND = 20;
const SECONDS = 20;
const PEERS = 250;
const READ = ['/api/regions', '/api/board?network=sample', '/regions', '/'];
/** What a sign-in that is not let in may be answered: wrong, too many tries, or too many people at once. */
const REFUSALS: Record<number, string> = { 401: 'wrong-password', 429: 'too-many-attempts', 503: 'busy' };

const agent = new Agent({ keepAlive: false });
const folder = temporaryFolder('bench-sign-in-storm');
const portal = await startPortal(folder.path, { LOG_LEVEL: 'error' });
try {
  await read(portal.url, 40, 1);
  const statuses = new Map<number, number>();
  const storm = schedule(SIGN_INS_A_SECOND, SECONDS, async (index) => {
    const status = await signIn(portal.url, index);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  });
  const taken = await read(portal.url, READS_A_SECOND, SECONDS);
  await storm;
  const p95 = taken.sort((a, b) => a - b)[Math.floor(taken.length * 0.95)]!;
  const told = [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ');
  report([
    {
      name: `public pages while ${SIGN_INS_A_SECOND} people a second sign in (${told}), p95`,
      value: Math.round(p95),
      unit: 'ms',
      goal: '≤ 500 ms',
      holds: p95 <= 500,
      runs: taken.length,
      peakMb: peakMb(),
      peers: [],
    },
  ]);
} finally {
  await portal.stop();
  folder.remove();
}

/** Milliseconds from schedule to last byte of each public page. */
async function read(url: string, rate: number, seconds: number): Promise<number[]> {
  const taken: number[] = [];
  await schedule(rate, seconds, async (index, due) => {
    const answer = await fetch(`${url}${READ[index % READ.length]}`);
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${READ[index % READ.length]}: ${answer.status}`);
    taken.push(performance.now() - due);
  });
  return taken;
}

async function schedule(
  rate: number,
  seconds: number,
  work: (index: number, due: number) => Promise<void>,
): Promise<void> {
  const began = performance.now();
  await Promise.all(
    Array.from({ length: rate * seconds }, async (_, index) => {
      const due = began + (index * 1000) / rate;
      await delay(Math.max(0, due - performance.now()));
      await work(index, due);
    }),
  );
}

/** One wrong guess; its status, whose body must say why in a code. */
function signIn(url: string, index: number): Promise<number> {
  const { hostname, port } = new URL(url);
  const body = JSON.stringify({ email: `sample-${index}@example.test`, password: 'a wrong password for the bench' });
  return new Promise((done, fail) => {
    const asked = request(
      {
        ...{ hostname, port, agent, method: 'POST', path: '/api/session/password' },
        localAddress: `127.0.1.${1 + (index % PEERS)}`,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (answer) => {
        let text = '';
        answer.on('data', (part: Buffer) => (text += part.toString()));
        answer.on('end', () => {
          const status = answer.statusCode ?? 0;
          const { code } = JSON.parse(text) as { code?: string };
          if (code === REFUSALS[status]) done(status);
          else fail(new Error(`sign-in: ${status} ${text.slice(0, 300)}`));
        });
      },
    );
    asked.on('error', fail);
    asked.end(body);
  });
}
