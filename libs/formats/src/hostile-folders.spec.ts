import { describe, expect, test } from '@jest/globals';
import { digestNetwork } from './digest-network.js';
import { aFolder, readTexts, utf8, type Folder } from './folder.builder.js';
import { describeProblem } from './format-problem.js';
import { fileOf, ROW_KINDS } from './network-files.js';
import { ERROR_LIMIT, NetworkReader } from './network-reader.js';
import { RECORD_LIMIT } from './rows-reader.js';

describe('a hostile file is refused early', () => {
  test.each<[string, Uint8Array[]]>([
    ['zeros', [new Uint8Array(65_536)]],
    ['one line', [utf8('skill_id,name\n'), new Uint8Array(65_536).fill(120)]],
    ['one quoted cell of newlines', [utf8('skill_id,name\nK1,"'), new Uint8Array(65_536).fill(10)]],
    ['commas', [utf8('skill_id,name\n'), new Uint8Array(65_536).fill(44)]],
  ])('endless %s are given up after two megabytes at most', (_, pieces) => {
    const reader = new NetworkReader();
    const file = reader.file('skills.csv');
    let bytes = 0;
    for (let turn = 0; bytes < 2_000_000_000; turn++) {
      const piece = pieces[Math.min(turn, pieces.length - 1)] as Uint8Array;
      bytes += piece.length;
      if (!file?.push(piece)) break;
    }
    file?.end();
    expect(bytes).toBeLessThanOrEqual(RECORD_LIMIT + 2 * 65_536);
    expect(reader.finish().errors.filter(({ file: name }) => name === 'skills.csv')).toHaveLength(1);
  });

  test('errors past the limit are counted, not kept', () => {
    const rows = 'x,\n'.repeat(ERROR_LIMIT + 5);
    const { errors } = readTexts(aFolder({ 'areas.csv': `area_id,county_fips\nN1,21067\n${rows}` }));
    expect(errors).toHaveLength(ERROR_LIMIT + 1);
    expect(describeProblem(errors[ERROR_LIMIT]!)).toBe(
      'folder: found 5 more errors, expected fewer; mend the first ones',
    );
  });
});

type Chance = (below: number) => number;
type Mutation = (bytes: number[], chance: Chance) => number[];

const ODD_BYTES = [0x00, 0x0a, 0x0d, 0x22, 0x2c, 0x2d, 0x39, 0x80, 0xc3, 0xe9, 0xef, 0xfe, 0xff];

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'byte order mark': (bytes) => [0xef, 0xbb, 0xbf, ...bytes],
  'UTF-16': (bytes) => [0xff, 0xfe, ...bytes.flatMap((byte) => [byte, 0])],
  'broken quote': (bytes, chance) => splice(bytes, chance(bytes.length), 0, [0x22]),
  'odd byte': (bytes, chance) =>
    splice(bytes, chance(bytes.length), 1, [ODD_BYTES[chance(ODD_BYTES.length)] as number]),
  'zero byte': (bytes, chance) => splice(bytes, chance(bytes.length), 0, [0]),
  'ragged row': (bytes, chance) => splice(bytes, chance(bytes.length), 0, [0x2c]),
  'lost piece': (bytes, chance) => splice(bytes, chance(bytes.length), 1 + chance(12), []),
  truncated: (bytes, chance) => bytes.slice(0, chance(bytes.length)),
  'row twice': (bytes, chance) => {
    const lines = Buffer.from(bytes).toString().split('\n');
    return [...Buffer.from([...lines, lines[chance(lines.length)]].join('\n'))];
  },
  'huge cell': (bytes, chance) => splice(bytes, chance(bytes.length), 0, Array<number>(3000).fill(0x39)),
  'swapped ids': (bytes, chance) => {
    const text = Buffer.from(bytes).toString();
    return [...Buffer.from(text.replace(/\b[A-Z]\d\b/g, (id) => (chance(4) === 0 ? `${id}9` : id)))];
  },
};

describe('500 corrupt folders', () => {
  const whole = readTexts(aFolder());
  const names = ROW_KINDS.map((kind) => fileOf(kind).name);
  const checksum = (text: string) => text;

  test.each(Object.entries(MUTATIONS))('%s: errors with a place, or a reading that holds together', (_, mutate) => {
    for (let seed = 1; seed <= Math.ceil(500 / Object.keys(MUTATIONS).length); seed++) {
      const chance = seededChance(seed);
      const name = names[chance(names.length)] as string;
      const bytes = new Uint8Array(mutate([...utf8(String(aFolder()[name]))], chance));
      const folder = aFolder({ [name]: bytes });
      const { network, errors } = readTexts(folder);
      expect(readTexts(folder, 1)).toEqual(readTexts(folder));
      for (const error of errors) {
        expect(describeProblem(error)).toMatch(/^[a-z_]+\.csv(:\d+ [^\n]+)?: found [^\n]+, expected [^\n]+$/);
      }
      expectReferencesHold(network);
      expect(digestNetwork(network, checksum)).not.toBe('');
    }
  });

  test('a byte order mark alone changes nothing', () => {
    const marked: Folder = Object.fromEntries(names.map((name) => [name, `\uFEFF${String(aFolder()[name])}`]));
    expect(readTexts(marked)).toEqual(whole);
  });
});

/** Every reference names a row that was read: what an engine may rely on. */
function expectReferencesHold(network: ReturnType<typeof readTexts>['network']): void {
  for (const kind of ROW_KINDS) {
    for (const [field, { references }] of Object.entries(fileOf(kind).columns)) {
      if (!references) continue;
      const key = fileOf(references).key[0] as string;
      const ids = new Set((network[references] as unknown as Record<string, unknown>[]).map((row) => row[key]));
      for (const row of network[kind] as unknown as Record<string, unknown>[]) {
        if (row[field] !== null) expect(ids).toContain(row[field]);
      }
    }
  }
}

function splice(bytes: number[], at: number, remove: number, insert: readonly number[]): number[] {
  return [...bytes.slice(0, at), ...insert, ...bytes.slice(at + remove)];
}

/** A linear congruential sequence: the same seed corrupts the same way. */
function seededChance(seed: number): Chance {
  let state = seed * 2654435761;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
