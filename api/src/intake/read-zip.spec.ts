import { describe, expect, test } from '@jest/globals';
import { describeProblem } from '@throughway/formats/format-problem';
import { join } from 'node:path';
import { aFolderOnDisk, aZip, SMALL_FOLDER } from './folder.builder.js';
import { readFolder } from './read-folder.js';
import { readZip, ZIP_LIMITS } from './read-zip.js';

const ENTRIES = Object.entries(SMALL_FOLDER);
const onDisk = (zip: Uint8Array | string) => join(aFolderOnDisk({ 'upload.zip': zip }), 'upload.zip');

describe('a zip archive', () => {
  test.each<[string, [string, string][]]>([
    ['with the files at its top', ENTRIES],
    ['with the files in one folder', ENTRIES.map(([name, text]) => [`network/${name}`, text])],
    [
      "with a Mac's shadow files, notes and deeper copies",
      [
        ['network/', ''],
        ...ENTRIES.map(([name, text]): [string, string] => [`network/${name}`, text]),
        ['__MACOSX/employers.csv', '\0'],
        ['network/old/employers.csv', '\0'],
        ['network/notes.txt', '\0'],
      ],
    ],
  ])('%s reads as its folder does', async (_, entries) => {
    const seen: number[] = [];
    const read = await readZip(onDisk(aZip(entries)), { onProgress: (bytes) => seen.push(bytes) });
    expect(read).toEqual(await readFolder(aFolderOnDisk()));
    expect(read.errors).toEqual([]);
    expect(seen.at(-1)).toBe(Object.values(SMALL_FOLDER).join('').length);
  });

  test('reports the errors of its files as a folder does', async () => {
    const { errors } = await readZip(onDisk(aZip(ENTRIES.filter(([name]) => name !== 'skills.csv'))));
    expect(errors.map(describeProblem)).toEqual(['skills.csv: found no such file, expected a file of this name']);
  });

  test.each<[string, Uint8Array | string, string]>([
    ['no archive', 'employer_id,name\n', 'a file that is no zip archive'],
    ['an empty file', '', 'a file that is no zip archive'],
    ['a cut archive', aZip(ENTRIES).subarray(0, -30), 'a file that is no zip archive'],
    ['a path upward', aZip([...ENTRIES, ['../employers.csv', '']]), 'an archive with damaged or unsafe entries'],
    ['an absolute path', aZip([...ENTRIES, ['/etc/employers.csv', '']]), 'an archive with damaged or unsafe entries'],
    ['files in two folders', aZip([...ENTRIES, ['b/areas.csv', '']]), 'CSV files in more than one folder'],
    ['a file twice', aZip([...ENTRIES, ['skills.csv', '']]), 'skills.csv twice'],
    ['an encrypted archive', aZip(ENTRIES, 1), 'an encrypted archive'],
    ['damaged bytes', damaged(aZip(ENTRIES)), 'a damaged employers.csv'],
    [
      'too many entries',
      aZip(Array.from({ length: 1001 }, (_, at) => [`${at}`, ''])),
      'an archive of more than 1000 files',
    ],
  ])('is refused as %s', async (_, zip, found) => {
    await expect(readZip(onDisk(zip))).rejects.toThrow(`found ${found}, expected a zip archive of CSV files`);
  });

  test('is refused once it has unpacked more than the limit', async () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => `K${at},x\n`).join('');
    const zip = aZip([['skills.csv', `skill_id,name\n${rows}`]]);
    await expect(readZip(onDisk(zip), { limits: { ...ZIP_LIMITS, unpackedBytes: 100_000 } })).rejects.toThrow(
      'an archive that unpacks to more than 100000 bytes',
    );
  });
});

/** Overwrites packed bytes of the first entry. */
function damaged(zip: Buffer): Buffer {
  const copy = Buffer.from(zip);
  copy.fill(0xff, 45, 60);
  return copy;
}
