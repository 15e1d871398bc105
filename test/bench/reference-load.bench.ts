import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, temporaryFolder } from '../support/portal.ts';
import { type BenchRow, report } from './measure.ts';

/** `throughway reference load` of the publishers' whole files into an empty database, where they lie beside the project. */
const DATA = join(ROOT, '..', 'shared', 'data');
const watch = `process.on('exit', () => console.error('peak ' + process.resourceUsage().maxRSS));`;

function load(): BenchRow {
  const folder = temporaryFolder('bench-reference');
  const began = performance.now();
  const done = spawnSync(
    process.execPath,
    [
      ...['--import', `data:text/javascript,${encodeURIComponent(watch)}`, join(ROOT, 'api/dist/cli/main.js')],
      ...['reference', 'load', DATA],
    ],
    { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, DATA_DIR: folder.path } },
  );
  if (done.status !== 0) throw new Error(done.stderr.slice(-2000));
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const peakMb = Math.round(Number(/peak (\d+)/.exec(done.stderr)?.[1]) / 1024);
  folder.remove();
  return {
    name: 'throughway reference load, every file, database set up included',
    value: seconds,
    unit: 's',
    goal: '≤ 90 s within 512 MB',
    holds: seconds <= 90 && peakMb <= 512,
    runs: 1,
    peakMb,
    peers: [],
  };
}

if (!existsSync(DATA)) console.error('skipped: the reference load, since ../shared/data is not there');
report(existsSync(DATA) ? [load()] : []);
