import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AlignmentResult } from './oracle.ts';

export const ROOT = resolve(import.meta.dirname, '../../..');
export const COUNTIES = join(ROOT, 'api/data/commuting-zones.csv');

export interface ProductAnswer {
  status: number | null;
  stdout: string;
  stderr: string;
  /** alignment.json as written, null when nothing was written. */
  text: string | null;
}

export const resultOf = ({ text }: ProductAnswer): AlignmentResult => JSON.parse(text ?? 'null') as AlignmentResult;

/** `throughway align` as anybody starts it. */
export function runCommand(args: string[]): ProductAnswer {
  const out = mkdtempSync(join(tmpdir(), 'align-out-'));
  const program = [join(ROOT, 'api/bin/throughway.mjs'), 'align', ...args, '--out', out];
  const { status, stdout, stderr } = spawnSync(process.execPath, program, { encoding: 'utf8' });
  return { status, stdout, stderr, text: takeResult(out) };
}

function takeResult(out: string): string | null {
  const path = join(out, 'alignment.json');
  const text = existsSync(path) ? readFileSync(path, 'utf8') : null;
  rmSync(out, { recursive: true, force: true });
  return text;
}

/** The same command's function inside this process, which saves a start per case; what it prints is caught. */
export async function loadCommand(): Promise<(args: string[]) => Promise<ProductAnswer>> {
  const built = pathToFileURL(join(ROOT, 'api/dist/cli/align.js')).href;
  const { run } = (await import(built)) as { run: (args: string[]) => Promise<number> };
  return async (args) => {
    const out = mkdtempSync(join(tmpdir(), 'align-out-'));
    const printed = { stdout: '', stderr: '' };
    const original = {
      stdout: process.stdout.write.bind(process.stdout),
      stderr: process.stderr.write.bind(process.stderr),
    };
    for (const stream of ['stdout', 'stderr'] as const)
      process[stream].write = (chunk: string | Uint8Array): boolean => {
        printed[stream] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
        return true;
      };
    try {
      const status = await run([...args, '--out', out]);
      return { status, ...printed, text: takeResult(out) };
    } catch (problem) {
      return { status: null, ...printed, stderr: `${printed.stderr}${String(problem)}`, text: takeResult(out) };
    } finally {
      process.stdout.write = original.stdout;
      process.stderr.write = original.stderr;
    }
  };
}
