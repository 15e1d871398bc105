import { jest } from '@jest/globals';
import { runCommandLine } from './run-command-line.js';

/** Runs a command with these settings, and answers what a person at a terminal would see. */
export async function atTerminal(
  settings: Record<string, string>,
  ...args: string[]
): Promise<{ status: number; out: string; err: string }> {
  const before = Object.keys(settings).map((name) => [name, process.env[name]] as const);
  const seen = { out: '', err: '' };
  const collect = (stream: NodeJS.WriteStream, key: 'out' | 'err') =>
    jest.spyOn(stream, 'write').mockImplementation((text) => {
      seen[key] += String(text);
      return true;
    });
  const spies = [collect(process.stdout, 'out'), collect(process.stderr, 'err')];
  Object.assign(process.env, settings);
  try {
    return { status: await runCommandLine(args), ...seen };
  } finally {
    for (const spy of spies) spy.mockRestore();
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
