import { aZip } from './folder.builder.js';

/** A folder as it is uploaded: its files by name, or one zip of them. */
export type Upload = Readonly<Record<string, Buffer>>;
export type Folder = Readonly<Record<string, string>>;

/** A number from 0 up to and without `below`; the same seed gives the same ones. */
export type Chance = (below: number) => number;

type Corruption = (folder: Folder, chance: Chance) => Upload;

const plain = (folder: Readonly<Record<string, string | Buffer>>): Upload =>
  Object.fromEntries(Object.entries(folder).map(([name, content]) => [name, Buffer.from(content as string)]));
const zipped = (entries: readonly (readonly [string, string | Uint8Array])[], flags = 0): Upload => ({
  'folder.zip': aZip(entries, flags),
});
const pick = <T>(among: readonly T[], chance: Chance): T => among[chance(among.length)] as T;

/** Of the files that hold rows, one. */
const someFile = (folder: Folder, chance: Chance): string =>
  pick(
    Object.keys(folder).filter((name) => linesOf(folder[name]).length > 1),
    chance,
  );
const linesOf = (text = ''): string[] => text.trimEnd().split('\n');

/** One file with its text made another. */
const changing =
  (change: (text: string, chance: Chance) => string | Buffer): Corruption =>
  (folder, chance) => {
    const name = someFile(folder, chance);
    return plain({ ...folder, [name]: change(folder[name] ?? '', chance) });
  };

/** One row, never the header, with its text made another. */
const changingRow = (change: (row: string, chance: Chance) => string | Buffer): Corruption =>
  changing((text, chance) => {
    const lines = linesOf(text);
    const at = 1 + chance(lines.length - 1);
    const rows = lines.map((line, place) => Buffer.from(place === at ? change(line, chance) : line));
    return Buffer.concat(rows.flatMap((row) => [row, Buffer.from('\n')]));
  });

/** The first cell of a row replaced: everywhere an id. */
const changingId = (change: (id: string, chance: Chance) => string): Corruption =>
  changingRow((row, chance) => {
    const [id = '', ...others] = row.split(',');
    return [change(id, chance), ...others].join(',');
  });

const bytes = (...values: number[]): Buffer => Buffer.from(values);
const entriesOf = (folder: Folder): [string, string][] => Object.entries(folder);

/** Every way in which a folder is broken, or looks so and says what the one before it said. None of them may change a row. */
export const CORRUPTIONS: Readonly<Record<string, Corruption>> = {
  'a byte order mark': changing((text) => `\ufeff${text}`),
  'two byte order marks': changing((text) => `\ufeff\ufeff${text}`),
  'UTF-16': changing((text, chance) => {
    const little = Buffer.from(`\ufeff${text}`, 'utf16le');
    return chance(2) === 0 ? little : little.swap16();
  }),
  'no UTF-8': changingRow((row, chance) =>
    Buffer.concat([
      Buffer.from(row),
      pick(
        [bytes(0xff), bytes(0xc0, 0xaf), bytes(0xed, 0xa0, 0x80), bytes(0xe9), bytes(0xf5, 0x80, 0x80, 0x80)],
        chance,
      ),
    ]),
  ),
  'a quote that does not end': changingRow((row) => `"${row}`),
  'a quote in the middle': changingRow((row) => row.replace(/,|$/, (mark) => `"x${mark}`)),
  'a reference to nothing': (folder, chance) => {
    const [name, column] = pick(
      [
        ['sites.csv', 1],
        ['requirements.csv', 1],
        ['requirement_skills.csv', 0],
        ['pathways.csv', 1],
        ['versions.csv', 1],
        ['units.csv', 1],
        ['unit_skills.csv', 0],
        ['cohorts.csv', 1],
      ] as const,
      chance,
    );
    const [header = '', ...rows] = linesOf(folder[name]);
    const lost = rows.map((row) =>
      row.split(',').map((cell, place) => (place === column ? `nobody-${chance(1e6)}` : cell)),
    );
    return plain({ ...folder, [name]: [header, ...lost.map((cells) => cells.join(','))].join('\n') });
  },
  'an id twice': changing((text, chance) => {
    const [header = '', ...rows] = linesOf(text);
    return [header, ...rows, pick(rows, chance)].join('\n');
  }),
  'no id': changingId(() => ''),
  'a zero character': changingId((id, chance) => `${id.slice(0, chance(id.length))}\0${id}`),
  // Beyond what a record may take; FORMATS sets no length for an id below it, and a long one that nothing refers to is sound.
  'a huge cell': changingId((id, chance) => id + 'x'.repeat(pick([1_100_000, 1_500_000, 3_000_000], chance))),
  'more cells than columns': changingRow((row, chance) => row + ',x'.repeat(1 + chance(500))),
  'fewer cells than columns': changingRow((row) => row.split(',')[0] ?? ''),
  'another header': changing((text, chance) => {
    const [header = '', ...rows] = linesOf(text);
    const names = header.split(',');
    const other = pick(['unheard_of', '', names.at(-1) ?? '', '__proto__', 'id\0', '"'], chance);
    return [[other, ...names.slice(1)].join(','), ...rows].join('\n');
  }),
  'no header': changing((text) => linesOf(text).slice(1).join('\n')),
  'an empty file': changing((_, chance) => pick(['', '\n', '\n\n\n', ' ', '\ufeff', ',,,,'], chance)),
  semicolons: changing((text) => text.replaceAll(',', ';')),
  'old line ends': changing((text) => text.replaceAll('\n', '\r')),
  'a folder without files': () => ({}),
  'files of other names': (folder, chance) =>
    plain({
      [pick(['..', 'employers.csv.exe', 'EMPLOYERS.CSV', '\0.csv', 'a/../..', 'nul'], chance)]:
        folder['employers.csv'] ?? '',
    }),
  'a way out of the folder': (folder, chance) =>
    zipped([
      ...entriesOf(folder),
      [pick(['../../evil.csv', '/etc/evil.csv', '..\\evil.csv', 'C:\\evil.csv', 'a/../../units.csv'], chance), 'x'],
    ]),
  'a zip that unpacks to far more': (folder, chance) =>
    zipped([
      ...entriesOf(folder).filter(([name]) => name !== 'skills.csv'),
      [
        'skills.csv',
        Buffer.concat([Buffer.from('skill_id,name\n'), Buffer.alloc(30_000_000, pick([0, 10, 44, 120], chance))]),
      ],
    ]),
  'a zip of very many files': (folder) =>
    zipped([...Array.from({ length: 1100 }, (_, at): [string, string] => [`${at}.txt`, '']), ...entriesOf(folder)]),
  'a zip in which a file stands twice': (folder, chance) =>
    zipped([...entriesOf(folder), pick(entriesOf(folder), chance)]),
  'a zip of several folders': (folder) =>
    zipped(entriesOf(folder).map(([name, text], at) => [at % 2 === 0 ? name : `inner/${name}`, text])),
  'an encrypted zip': (folder) => zipped(entriesOf(folder), 1),
  'a zip that was cut off': (folder, chance) => {
    const whole = aZip(entriesOf(folder));
    return { 'folder.zip': whole.subarray(0, chance(whole.length)) };
  },
  'a zip with a damaged file': (folder, chance) => {
    const whole = aZip(entriesOf(folder));
    // Inside the packed bytes of the first file, whose header ends with its name.
    const [first] = Object.keys(folder);
    const at = 30 + (first?.length ?? 0) + chance(8);
    whole.writeUInt8(whole.readUInt8(at) ^ 0xff, at);
    return { 'folder.zip': whole };
  },
  'no zip': (_, chance) => ({
    'folder.zip': Buffer.from(pick(['', 'PK', 'PK\x05\x06', '\0'.repeat(100), 'x'.repeat(5000)], chance)),
  }),
  'two zips': (folder) => ({ 'one.zip': aZip(entriesOf(folder)), 'two.zip': aZip(entriesOf(folder)) }),
};

/** A linear congruential sequence. */
export function chanceOf(seed: number): Chance {
  let state = Math.imul(seed + 1, 2_654_435_761) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
