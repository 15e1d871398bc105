import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { BenchRow } from './measure.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
const benches = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.bench.ts'))
  .filter((name) => positionals.length === 0 || positionals.some((wanted) => name.includes(wanted)));

/** Each bench is a process of its own, so that its peak memory is its own. */
function runBench(name: string): Promise<BenchRow[]> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, name)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (text: Buffer) => (output += text.toString()));
    child.on('exit', (code) => {
      const last = output.trimEnd().split('\n').at(-1) ?? '';
      if (code === 0) done(JSON.parse(last) as BenchRow[]);
      else fail(new Error(`${name} ended with ${code}:\n${output}`));
    });
  });
}

const rows: BenchRow[] = [];
for (const name of benches) {
  console.log(`measuring ${name} …`);
  rows.push(...(await runBench(name)));
}

const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
console.log(`\n${line(['what', 'median', 'goal', 'holds', 'runs', 'peak MB', 'peers (× slower than ours)'])}`);
console.log(line(Array.from({ length: 7 }, () => '---')));
for (const row of rows) {
  const peers = row.peers.map((peer) => `${peer.name} ${peer.version}: ${peer.value} ${row.unit} (${peer.ratio}×)`);
  const value = `${row.value} ${row.unit}`;
  console.log(
    line([row.name, value, row.goal, row.holds ? 'yes' : 'NO', `${row.runs}`, `${row.peakMb}`, peers.join('; ')]),
  );
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
