import { describe, expect, test } from '@jest/globals';
import type { Network } from '@throughway/vocabulary/network';
import fc from 'fast-check';
import { aFolder, readTexts, type Folder } from './folder.builder.js';
import { serializeNetwork } from './serialize-network.js';

const asFolder = (network: Network): Folder =>
  Object.fromEntries(serializeNetwork(network).map(({ name, text }) => [name, text]));

const ID = fc
  .array(fc.constantFrom('a', 'B', ',', '"', '\n', '\r\n', '\r', ' ', ';', '=', '\u00e9', '\u{1d11e}', '\uFEFF'), {
    minLength: 1,
    maxLength: 8,
  })
  .map((all) => all.join(''));
const TEXT = fc.option(ID, { nil: null });
const DAY = fc.integer({ min: -200_000, max: 200_000 });

describe('a network written as a folder', () => {
  test('is the folder it was read from', () => {
    const { network } = readTexts(aFolder());
    expect(asFolder(network)['requirement_skills.csv']).toBe(aFolder()['requirement_skills.csv']);
    expect(readTexts(asFolder(network))).toEqual(readTexts(aFolder()));
  });

  test('quotes what needs quotes, and keeps formulas as they are', () => {
    const { network } = readTexts(aFolder({ 'employers.csv': 'employer_id,name\nE1,"a ""b"", c"\nE2,=1+1\n' }));
    expect(asFolder(network)['employers.csv']).toBe(
      'employer_id,name,naics,contact_email,ein,website\nE1,"a ""b"", c",,,,\nE2,=1+1,,,,\n',
    );
  });

  test('an institution that reaches nowhere is told from one that reaches its commuting zone', () => {
    const { network } = readTexts(
      aFolder({ 'institutions.csv': 'institution_id,county_fips,reach\nI1,21067,;\nI2,21067,\n' }),
    );
    expect(network.institutions.map(({ reach }) => reach)).toEqual([[], null]);
    expect(readTexts(asFolder(network)).network.institutions).toEqual(network.institutions);
  });

  test('reads back exactly, whatever its cells hold', () => {
    const { network } = readTexts(aFolder());
    const skills = fc.uniqueArray(fc.record({ skillId: ID, name: TEXT.map((name) => name ?? '') }), {
      selector: ({ skillId }) => skillId,
    });
    const units = fc.array(fc.tuple(TEXT, fc.double({ min: 0, max: 1e6, noNaN: true })), { maxLength: 4 });
    const requirements = fc.array(fc.tuple(DAY, fc.option(fc.integer({ min: 0, max: 99_999 }), { nil: null })), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(skills, units, requirements, TEXT, (skillRows, unitRows, requirementRows, reason) => {
        const written: Network = {
          ...network,
          skills: skillRows.sort((a, b) => (a.skillId < b.skillId ? -1 : 1)),
          requirementSkills: [],
          unitSkills: [],
          educatorSkills: [],
          units: unitRows.map(([name, hours], at) => ({
            unitId: `U${at}`,
            versionId: 'V1',
            name: name ?? '',
            hours: plain(hours),
          })),
          requirements: [
            ...requirementRows.map(([day, cents], at) => ({
              ...network.requirements[0]!,
              requirementId: `R0${at}`,
              wageFloorHourlyCents: cents,
              recordedOn: day,
              effectiveOn: day,
              reviewBy: day,
            })),
            ...network.requirements,
          ],
          activations: network.activations.map((row) => ({ ...row, reason })),
        };
        const { network: read, errors } = readTexts(asFolder(written));
        expect(errors).toEqual([]);
        expect(read).toEqual(written);
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});

/** Positive zero, and no number so small that forty decimals cannot tell it. */
function plain(hours: number): number {
  return hours < 1e-20 ? 0 : hours;
}
