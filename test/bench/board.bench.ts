import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Portal, ROOT, startPortal, temporaryFolder } from '../support/portal.ts';
import { writeLargeFolder } from './large-folder.ts';
import { median, peakMb, report } from './measure.ts';

/** The board over HTTP with 5,000 cohorts stored: its latency under load, and one edited requirement until it shows. */
const RATE_PER_SECOND = 200;
const SECONDS = 20;
const EDITS = 5;

interface ImportState {
  importId: string;
  state: string;
  runId: string | null;
  errors: unknown[];
}

const folder = temporaryFolder('bench-board');
const input = join(folder.path, 'in');
writeLargeFolder(input, { zones: 100, cohorts: 5000, requirements: 10_000 });
const portal = await startPortal(join(folder.path, 'data'), { NODE_ENV: 'development', LOG_LEVEL: 'error' });
try {
  await upload(portal, input);
  const latencies = await load(portal, RATE_PER_SECOND, SECONDS);
  const p95 = latencies.sort((a, b) => a - b)[Math.floor(latencies.length * 0.95)]!;
  const edits: number[] = [];
  for (let edit = 0; edit < EDITS; edit++) edits.push(await editRequirement(portal, edit));
  await compareWithCommand(portal);
  const edited = median(edits);
  report([
    {
      name: `board endpoint at ${RATE_PER_SECOND} requests/s, 5,000 cohorts stored, p95`,
      value: Math.round(p95 * 10) / 10,
      unit: 'ms',
      goal: '≤ 50 ms',
      holds: p95 <= 50,
      runs: latencies.length,
      peakMb: peakMb(),
      peers: [],
    },
    {
      name: 'one requirement edited (by import) until the board is right, 1 of 100 components solved',
      value: Math.round(edited),
      unit: 'ms',
      goal: '≤ 1000 ms',
      holds: edited <= 1000,
      runs: edits.length,
      peakMb: peakMb(),
      peers: [],
    },
  ]);
} finally {
  await portal.stop();
  folder.remove();
}

async function get<T>(portal: Portal, path: string): Promise<T> {
  const answer = await fetch(`${portal.url}${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** Uploads a folder and waits until its import is done. */
async function upload(portal: Portal, path: string): Promise<ImportState> {
  const form = new FormData();
  for (const name of readdirSync(path)) form.append('file', new Blob([readFileSync(join(path, name))]), name);
  const answer = await fetch(`${portal.url}/api/imports?network=main`, { method: 'POST', body: form });
  if (!answer.ok) throw new Error(`upload: ${answer.status} ${await answer.text()}`);
  const { importId } = (await answer.json()) as ImportState;
  for (;;) {
    const now = await get<ImportState>(portal, `/api/imports/${importId}`);
    if (now.state === 'done') return now;
    if (now.state === 'refused' || now.state === 'failed') throw new Error(JSON.stringify(now).slice(0, 2000));
    await delay(10);
  }
}

/** Sends requests on a fixed schedule, whether or not earlier ones were answered; milliseconds from schedule to last byte. */
async function load(portal: Portal, rate: number, seconds: number): Promise<number[]> {
  const paths = ['', '&page=3', '&flag=skills-gap', '&region=A7', '&sort=seat-share', '&q=center'];
  const began = performance.now();
  const asked = Array.from({ length: rate * seconds }, async (_, k) => {
    const due = began + (k * 1000) / rate;
    await delay(Math.max(0, due - performance.now()));
    const answer = await fetch(`${portal.url}/api/board?network=main${paths[k % paths.length]}`);
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`board: ${answer.status}`);
    return performance.now() - due;
  });
  return Promise.all(asked);
}

/** Raises one requirement's headcount by importing it anew; milliseconds until the board shows it. Only its component may be solved. */
async function editRequirement(portal: Portal, edit: number): Promise<number> {
  const zone = 3 + edit * 7;
  const changed = join(folder.path, `edit-${edit}`);
  mkdirSync(changed);
  const row = rows('requirements').find((cells) => cells[0] === `R${zone}-0`)!;
  row[5] = String(Number(row[5]) + 10);
  const only = (file: string, wanted: (cells: string[]) => boolean): void => {
    const kept = file === 'requirements' ? [row] : rows(file).filter(wanted);
    writeFileSync(
      join(changed, `${file}.csv`),
      [header(file), ...kept].map((cells) => `${cells.join(',')}\n`).join(''),
    );
  };
  const lines = rows('requirement_skills').filter((cells) => cells[0] === row[0]);
  only('employers', (cells) => cells[0] === row[1]);
  only('sites', (cells) => cells[0] === row[2]);
  only('requirements', () => false);
  only('requirement_skills', (cells) => cells[0] === row[0]);
  only('skills', (cells) => lines.some((line) => line[1] === cells[0]));
  for (const file of ['institutions', 'pathways', 'versions', 'units', 'unit_skills', 'cohorts'])
    only(file, () => false);

  const before = await get<{ totals: { postedHeadcount: number } }>(portal, '/api/board?network=main');
  const began = performance.now();
  const done = await upload(portal, changed);
  const after = await get<{ totals: { postedHeadcount: number } }>(portal, '/api/board?network=main');
  const taken = performance.now() - began;
  const isLive = row[8]! <= '2026-06-30' && '2026-06-30' <= row[9]!;
  const grown = after.totals.postedHeadcount - before.totals.postedHeadcount;
  if (grown !== (isLive ? 10 : 0)) throw new Error(`the board grew by ${grown}`);
  const { runs } = await get<{ runs: { runId: string; components: number; componentsSolved: number }[] }>(
    portal,
    '/api/runs?network=main',
  );
  const run = runs.find(({ runId }) => runId === done.runId);
  if (run?.componentsSolved !== 1 || run.components < 100) throw new Error(`solved: ${JSON.stringify(run)}`);
  replaceRow('requirements', row);
  return taken;
}

/** After all edits the board's totals must be what `throughway align` says of the edited folder. */
async function compareWithCommand(portal: Portal): Promise<void> {
  const out = join(folder.path, 'out');
  const args = ['align', '--data', input, '--as-of', '2026-06-30', '--out', out];
  const done = spawnSync(process.execPath, [join(ROOT, 'api/dist/cli/main.js'), ...args], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr.slice(0, 2000));
  const whole = JSON.parse(readFileSync(join(out, 'alignment.json'), 'utf8')) as {
    totals: { seated: number; completers: number };
  };
  const { totals } = await get<{ totals: { seated: number; completers: number } }>(portal, '/api/board?network=main');
  if (totals.seated !== whole.totals.seated || totals.completers !== whole.totals.completers) {
    throw new Error(`board ${JSON.stringify(totals)}, command ${JSON.stringify(whole.totals)}`);
  }
}

function header(file: string): string[] {
  return readFileSync(join(input, `${file}.csv`), 'utf8')
    .split('\n', 1)[0]!
    .split(',');
}

/** The generated files quote nothing, so that a line splits at its commas. */
function rows(file: string): string[][] {
  const lines = readFileSync(join(input, `${file}.csv`), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1);
  return lines.map((line) => line.split(','));
}

function replaceRow(file: string, row: string[]): void {
  const all = rows(file).map((cells) => (cells[0] === row[0] ? row : cells));
  writeFileSync(join(input, `${file}.csv`), [header(file), ...all].map((cells) => `${cells.join(',')}\n`).join(''));
}
