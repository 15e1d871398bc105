import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, temporaryFolder } from '../support/portal.ts';
import { writeLargeFolder } from './large-folder.ts';
import { median, report } from './measure.ts';

/** `throughway align` as a person runs it: a process, CSV in, JSON out; its own peak memory. */
const folder = temporaryFolder('bench-align');
writeLargeFolder(join(folder.path, 'in'), { zones: 100, cohorts: 5000, requirements: 10_000 });

const watch = `process.on('exit', () => console.error('peak ' + process.resourceUsage().maxRSS));`;
const taken: number[] = [];
let peak = 0;
for (let run = 0; run < 5; run++) {
  const began = performance.now();
  const done = spawnSync(
    process.execPath,
    [
      ...['--import', `data:text/javascript,${encodeURIComponent(watch)}`, join(ROOT, 'api/dist/cli/main.js'), 'align'],
      ...['--data', join(folder.path, 'in'), '--as-of', '2026-06-30', '--out', join(folder.path, 'out')],
    ],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  if (done.status !== 0) throw new Error(done.stderr.slice(0, 2000));
  taken.push(performance.now() - began);
  peak = Math.max(peak, Math.round(Number(/peak (\d+)/.exec(done.stderr)?.[1]) / 1024));
}
folder.remove();
const seconds = Math.round(median(taken) / 10) / 100;
report([
  {
    name: 'throughway align, 5,000 cohorts × 10,000 requirements, CSV in to JSON out',
    value: seconds,
    unit: 's',
    goal: '≤ 5 s within 1024 MB',
    holds: seconds <= 5 && peak <= 1024,
    runs: taken.length,
    peakMb: peak,
    peers: [],
  },
]);
