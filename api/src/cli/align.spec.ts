import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { type AlignmentResult } from '@throughway/vocabulary/alignment-result';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aFolderOnDisk, SMALL_FOLDER } from '../intake/folder.builder.js';
import { runCommandLine } from './run-command-line.js';

afterEach(() => {
  jest.restoreAllMocks();
});

/** Node's own word on running tests as modules. */
const NODE_WARNING = /^\(node:\d+\) ExperimentalWarning/;

/** What a person at a terminal would see. */
async function throughway(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const seen = { out: '', err: '' };
  const collect = (stream: NodeJS.WriteStream, key: 'out' | 'err') =>
    jest.spyOn(stream, 'write').mockImplementation((text) => {
      if (!NODE_WARNING.test(String(text))) seen[key] += String(text);
      return true;
    });
  const spies = [collect(process.stdout, 'out'), collect(process.stderr, 'err')];
  const status = await runCommandLine(args);
  for (const spy of spies) spy.mockRestore();
  return { status, ...seen };
}

const align = (data: string, out: string, ...more: string[]) =>
  throughway('align', '--data', data, '--as-of', '2026-06-30', '--out', out, ...more);
const aPlace = () => join(aFolderOnDisk({}), 'deep', 'out');
const written = (out: string) => readFileSync(join(out, 'alignment.json'), 'utf8');
const resultIn = (out: string) => JSON.parse(written(out)) as AlignmentResult;

describe('throughway align', () => {
  test('writes alignment.json and says where the pathways lead', async () => {
    const out = aPlace();
    const { status, out: text, err } = await align(aFolderOnDisk(), out);
    expect([status, err]).toEqual([0, '']);
    expect(readdirSync(out)).toEqual(['alignment.json']);
    expect(resultIn(out)).toMatchObject({
      format: 'throughway-alignment/1',
      asOf: '2026-06-30',
      cohorts: [{ cohortId: 'C1', expectedCompleters: 8, seated: 2, seatShare: 0.25 }],
      partnerships: [{ employerId: 'E1', pathwayId: 'P1', rung: 1 }],
      totals: { seats: 2, seated: 2, completers: 8 },
    });
    expect(resultIn(out).engine).toMatch(/^throughway-alignment \d/);
    expect(resultIn(out).digest).toMatch(/^[0-9a-f]{64}$/);
    expect(text).toMatch(/C1 +Sample Welding +8 +2 +25% +.*empty-highway/);
    expect(text).toMatch(/1 +advisory +1\n/);
    expect(text).toMatch(/Sample Mill +Sample Welding +2026-05-02/);
    expect(text).toContain('2 of 8 expected completers have a seat; live demand offers 2 seats.');
  });

  test('lists pathways that lead nowhere first: most graduates without a seat', async () => {
    const cohorts = ['C1,V1,2026-08-15,3', 'C2,V1,2026-08-15,40', 'C3,V1,2030-01-01,900', 'C4,V1,2026-08-15,20'];
    const folder = aFolderOnDisk({
      ...SMALL_FOLDER,
      'cohorts.csv': `cohort_id,version_id,completes_on,expected_completers\n${cohorts.join('\n')}\n`,
    });
    const { out } = await align(folder, aPlace());
    expect([...out.matchAll(/^C\d/gm)].map(([id]) => id)).toEqual(['C2', 'C4', 'C1', 'C3']);
  });

  test('--json prints what it wrote, and only that', async () => {
    const out = aPlace();
    const { out: text } = await align(aFolderOnDisk(), out, '--json');
    expect(text).toBe(written(out));
  });

  test('the file is the same byte for byte from permuted rows, another folder and with unknown columns', async () => {
    const [first, second] = [aPlace(), aPlace()];
    await align(aFolderOnDisk(), first);
    const changed = Object.fromEntries(
      Object.entries(SMALL_FOLDER).map(([name, text]) => {
        const [header, ...rows] = text.trimEnd().split('\n');
        return [name, [`${header},color`, ...rows.reverse().map((row) => `${row},red`)].join('\r\n')];
      }),
    );
    const { status, err } = await align(aFolderOnDisk(changed), second);
    expect(status).toBe(0);
    expect(err.split('\n')[0]).toMatch(/^notice: employers\.csv:1 header: found unknown columns "color"/);
    expect(written(second)).toBe(written(first));
  });

  test('keys stand in the order of FORMATS', async () => {
    const out = aPlace();
    await align(aFolderOnDisk(), out);
    const result = resultIn(out);
    expect(Object.keys(result)).toEqual(['format', 'asOf', 'engine', 'digest', 'cohorts', 'partnerships', 'totals']);
    expect(Object.keys(result.cohorts[0]!)).toEqual(
      'cohortId expectedCompleters seated seatShare assigned matches orphanHours orphanShare flags nextSteps'.split(
        ' ',
      ),
    );
    expect(Object.keys(result.partnerships[0]!)).toEqual(['employerId', 'pathwayId', 'rung', 'flags', 'nextSteps']);
  });

  test('a flag that stood in --previous keeps its since', async () => {
    const out = aPlace();
    await align(aFolderOnDisk(), out);
    const previous = join(out, 'earlier.json');
    writeFileSync(previous, written(out).replace(/("code":"empty-highway","since":)"[^"]+"/, '$1"2026-01-31"'));
    await align(aFolderOnDisk(), out, '--previous', previous);
    const flags = resultIn(out).cohorts[0]?.flags;
    expect(flags?.find(({ code }) => code === 'empty-highway')?.since).toBe('2026-01-31');
    expect(flags?.find(({ code }) => code === 'oversupplied')?.since).toBe('2026-06-30');
  });

  test('the threshold is what decides who is seated', async () => {
    const folder = aFolderOnDisk({ ...SMALL_FOLDER, 'unit_skills.csv': 'unit_id,skill_id,level\nU1,K1,2\n' });
    const out = aPlace();
    await align(folder, out);
    expect(resultIn(out).totals.seated).toBe(0);
    await align(folder, out, '--threshold', '0.66');
    expect(resultIn(out).totals.seated).toBe(2);
  });
});

describe('throughway align refuses', () => {
  test('a folder with errors: all of them on standard error, nothing written, no stack trace', async () => {
    const folder = aFolderOnDisk({
      ...SMALL_FOLDER,
      'skills.csv': 'skill_id,name\nK1,Welding\nK1,Again\nK2,\n',
      'units.csv': 'unit_id,version_id,name,hours\nU1,V1,,-5\n',
    });
    const out = aPlace();
    const { status, out: text, err } = await align(folder, out);
    expect(status).toBe(1);
    expect(text).toBe('');
    expect(err.split('\n').slice(0, 2)).toEqual([
      'skills.csv:3 skill_id: found "K1" a second time, expected each skill_id once',
      'units.csv:2 hours: found "-5", expected a number from 0 to 999999999',
    ]);
    expect(err).toMatch(/\nthroughway align: 2 errors in .*; nothing was written\n$/);
    expect(existsSync(out)).toBe(false);
  });

  test.each<[string, string[], number, RegExp]>([
    [
      'no arguments',
      ['align'],
      2,
      /^throughway align: --as-of is missing\n\nSays where.*\n\nUsage: throughway align --data DIR/,
    ],
    [
      'an impossible date',
      ['align', '--as-of', '2026-02-30'],
      2,
      /--as-of: found "2026-02-30", expected a date as YYYY-MM-DD/,
    ],
    [
      'a threshold past 1',
      ['align', '--as-of', '2026-06-30', '--threshold', '80'],
      2,
      /--threshold: found "80", expected a decimal from 0 to 1/,
    ],
    ['an unknown option', ['align', '--date', '2026-06-30'], 2, /Unknown option '--date'/],
    ['an argument too many', ['align', 'here'], 2, /Unexpected argument 'here'/],
    [
      'no folder',
      ['align', '--as-of', '2026-06-30', '--out', 'x', '--data', '/nowhere/at/all'],
      1,
      /^throughway align: \/nowhere\/at\/all: found no such folder, expected a folder of CSV files\n$/,
    ],
    [
      'an unknown command',
      ['aline'],
      2,
      /^throughway: found "aline", expected a command\n\nUsage: throughway <command>/,
    ],
  ])('%s', async (_, args, status, message) => {
    const seen = await throughway(...args);
    expect(seen.status).toBe(status);
    expect(seen.err).toMatch(message);
    expect(seen.err).not.toMatch(/\n {4}at /);
    expect(seen.out).toBe('');
  });

  test.each<[string, string | null, RegExp]>([
    ['that is not there', null, /found no such file, expected an earlier alignment\.json/],
    ['that is not JSON', 'cohort', /found text that is not JSON/],
    ['of another format', '{"format":"labor-case/1"}', /found no format "throughway-alignment\/1"/],
    ['without cohorts', '{"format":"throughway-alignment/1"}', /found no list "cohorts"/],
    [
      'with a nameless cohort',
      '{"format":"throughway-alignment/1","cohorts":[{}]}',
      /found a cohort without a cohortId/,
    ],
    [
      'with an impossible since',
      '{"format":"throughway-alignment/1","cohorts":[{"cohortId":"C1","flags":[{"code":"oversupplied","since":"soon"}]}]}',
      /found an unreadable flag of cohort C1/,
    ],
  ])('a previous alignment %s', async (_, content, message) => {
    const folder = aFolderOnDisk();
    const previous = join(folder, 'previous.json');
    if (content !== null) writeFileSync(previous, content);
    const out = aPlace();
    const { status, err } = await align(folder, out, '--previous', previous);
    expect(status).toBe(1);
    expect(err).toMatch(message);
    expect(existsSync(out)).toBe(false);
  });

  test('a place that cannot be written, leaving nothing behind and what stood there as it was', async () => {
    const out = aFolderOnDisk({});
    mkdirSync(join(out, 'alignment.json'));
    const { status, err } = await align(aFolderOnDisk(), out);
    expect(status).toBe(1);
    expect(err).toMatch(/alignment\.json: found a place that cannot be written \(E\w+\), expected one that can\n$/);
    expect(readdirSync(out)).toEqual(['alignment.json']);
    const blocked = await align(aFolderOnDisk(), join(aFolderOnDisk({ file: '' }), 'file'));
    expect(blocked.status).toBe(1);
  });
});

describe('throughway help', () => {
  test('lists the commands, and each tells its arguments', async () => {
    const help = await throughway('help');
    expect(help.status).toBe(0);
    expect(help.out).toMatch(/align +Says where every pathway leads/);
    expect((await throughway('align', '--help')).out).toMatch(
      /Usage: throughway align --data DIR --as-of DATE --out DIR/,
    );
    expect((await throughway()).status).toBe(2);
  });
});
