import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFolder } from '../intake/read-folder.js';
import { run } from './sample.js';
import { UsageError } from './usage-error.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughway-sample-'));
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await rm(folder, { recursive: true });
});

describe('throughway sample', () => {
  test('writes a folder that reads without an error, into a place that it makes', async () => {
    const out = join(folder, 'new', 'sample');
    expect(await run(['--out', out, '--as-of', '2026-06-30'])).toBe(0);
    const { errors, rowCount } = await readFolder(out);
    expect(errors).toEqual([]);
    expect(rowCount).toBeGreaterThan(1000);
    expect((await readdir(out)).every((name) => name.endsWith('.csv'))).toBe(true);
  });

  test('writes the same bytes for the same seed and day', async () => {
    for (const out of ['a', 'b']) await run(['--out', join(folder, out), '--as-of', '2026-06-30', '--seed', '5']);
    for (const name of await readdir(join(folder, 'a')))
      expect(await readFile(join(folder, 'a', name), 'utf8')).toBe(await readFile(join(folder, 'b', name), 'utf8'));
  });

  test('is dated around today when no day is given', async () => {
    const before = process.env.TODAY;
    process.env.TODAY = '2026-06-30';
    try {
      await run(['--out', join(folder, 'today')]);
    } finally {
      if (before === undefined) delete process.env.TODAY;
      else process.env.TODAY = before;
    }
    await run(['--out', join(folder, 'given'), '--as-of', '2026-06-30']);
    expect(await readFile(join(folder, 'today', 'cohorts.csv'), 'utf8')).toBe(
      await readFile(join(folder, 'given', 'cohorts.csv'), 'utf8'),
    );
  });

  test.each([
    [[], '--out'],
    [['--out', 'x', '--as-of', '2026-02-30'], '2026-02-30'],
    [['--out', 'x', '--seed', '-1'], '--seed'],
    [['--out', 'x', '--seed', '4294967296'], '4294967296'],
  ])('refuses %j and names what was wrong', async (args, named) => {
    const refusal = await run(args).catch((error: unknown) => error);
    expect((refusal as Error).message).toContain(named);
  });

  test('a refusal is a usage error, so that the command answers with its usage', async () => {
    await expect(run(['--out', ''])).rejects.toBeInstanceOf(UsageError);
  });
});
