import { describe, expect, test } from '@jest/globals';
import { describeProblem } from '@throughway/formats/format-problem';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { aFolderOnDisk, SMALL_FOLDER } from './folder.builder.js';
import { readFolder } from './read-folder.js';

const errorsIn = async (folder: string) => (await readFolder(folder)).errors.map(describeProblem);

describe('a folder on disk', () => {
  test('is read whole, and tells bytes and rows as it goes', async () => {
    const seen: [number, number][] = [];
    const { network, errors, rowCount } = await readFolder(aFolderOnDisk(), {
      onProgress: (bytes, rows) => seen.push([bytes, rows]),
    });
    expect(errors).toEqual([]);
    expect(network.cohorts).toMatchObject([{ cohortId: 'C1', expectedCompleters: 8 }]);
    const total = Object.values(SMALL_FOLDER).join('').length;
    expect(seen.at(-1)).toEqual([total, rowCount]);
    expect(seen).toHaveLength(Object.keys(SMALL_FOLDER).length);
  });

  test('may hold other files, which are left alone', async () => {
    const folder = aFolderOnDisk({ ...SMALL_FOLDER, 'notes.txt': '\0', 'EMPLOYERS.CSV': 'x' });
    expect(await errorsIn(folder)).toEqual([]);
  });

  test('names every file that cannot be read', async () => {
    const folder = aFolderOnDisk();
    for (const name of ['skills.csv', 'units.csv', 'cohorts.csv', 'evidence.csv']) rmSync(join(folder, name));
    mkdirSync(join(folder, 'units.csv'));
    symlinkSync('cohorts.csv', join(folder, 'cohorts.csv'));
    execFileSync('mkfifo', [join(folder, 'evidence.csv')]);
    expect(await errorsIn(folder)).toEqual([
      'skills.csv: found no such file, expected a file of this name',
      'units.csv: found a folder, expected a file that can be read',
      'cohorts.csv: found a link that leads to itself, expected a file that can be read',
      'evidence.csv: found something that is no file, expected a file that can be read',
    ]);
  });

  test('may be a part of one where that is asked for, but not nothing', async () => {
    const folder = aFolderOnDisk({ 'skills.csv': 'skill_id,name\nK9,Sawing\n' });
    expect(await readFolder(folder, { everyFile: false })).toMatchObject({
      errors: [],
      network: { skills: [{ skillId: 'K9' }], cohorts: [] },
    });
    const { errors } = await readFolder(aFolderOnDisk({}), { everyFile: false });
    expect(errors.map(describeProblem)).toEqual(['folder: found none of the CSV files, expected at least one of them']);
  });

  test('as a part of one names a file that its rows refer to and that was forgotten, once', async () => {
    const unitSkills = 'unit_id,skill_id,level\nU1,K9,2\nU2,K9,3\n';
    const folder = aFolderOnDisk({ 'skills.csv': 'skill_id,name\nK9,Sawing\n', 'unit_skills.csv': unitSkills });
    const { errors, network } = await readFolder(folder, { everyFile: false });
    expect(errors.map(describeProblem)).toEqual([
      'units.csv: found no such file, expected the file whose ids unit_skills.csv uses',
    ]);
    expect(network.unitSkills).toEqual([]);
  });

  test('is refused when it is a file or not there', async () => {
    const folder = aFolderOnDisk();
    await expect(readFolder(join(folder, 'skills.csv'))).rejects.toThrow(
      'found a file, expected a folder of CSV files',
    );
    await expect(readFolder(join(folder, 'none'))).rejects.toThrow(
      'found no such folder, expected a folder of CSV files',
    );
  });

  test('is given up at once where a file is 2 GB of zeros', async () => {
    const folder = aFolderOnDisk();
    truncateSync(join(folder, 'skills.csv'), 2_000_000_000);
    let bytes = 0;
    const { errors } = await readFolder(folder, { onProgress: (read) => (bytes = read) });
    expect(errors.map(describeProblem)).toEqual([
      'skills.csv:4 skill_id: found a zero byte, as UTF-16 or binary files have, expected text in UTF-8',
    ]);
    expect(bytes).toBeLessThan(1_000_000);
  });
});
