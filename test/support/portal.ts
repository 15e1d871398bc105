import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

export interface Portal {
  url: string;
  process: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  /** Ends it as Ctrl-C in the terminal would, and waits until it is gone. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** The built portal as a process of its own on a free port; `folder` holds its database and outlives it. */
export async function startPortal(folder: string, env: Record<string, string> = {}): Promise<Portal> {
  const child = spawn(process.execPath, [join(ROOT, 'api/dist/main.js')], {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: folder, PORT: '0', NODE_ENV: 'test', TODAY: '2026-06-30', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  const url = await new Promise<string>((done, fail) => {
    const listen = (text: Buffer): void => {
      output += text.toString();
      const ready = /ready at (http:\/\/\S+)/.exec(output)?.[1];
      if (ready) done(ready.replace('[::1]', '127.0.0.1'));
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    void ended.then((code) => fail(new Error(`The portal ended (${code}) before it was ready:\n${output}`)));
  });
  return {
    url,
    process: child,
    output: () => output,
    stop: async (signal = 'SIGINT') => {
      child.kill(signal);
      return ended;
    },
  };
}

/** A folder for one test, removed by `remove`. */
export function temporaryFolder(name: string): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), `throughway-${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
