import { describe, expect, test } from '@jest/globals';
import type { Network } from '@throughway/vocabulary/network';
import { aFolder, readTexts, utf8, withRow, type Folder } from './folder.builder.js';
import { describeProblem } from './format-problem.js';
import { NetworkReader } from './network-reader.js';

const errorsOf = (folder: Folder) => readTexts(folder).errors.map(describeProblem);
const textOf = (file: string) => String(aFolder()[file]);

describe('an error says where it is, what was found and what was expected', () => {
  test.each<[string, Folder, string | string[]]>([
    [
      'unknown reference',
      withRow('sites.csv', 2, 'S2,E9,,21071,'),
      'sites.csv:3 employer_id: found "E9", expected an id that occurs in employers.csv',
    ],
    [
      'unknown area of a projection',
      withRow('projections.csv', 1, 'N2,51-4121,1,,a,b'),
      'projections.csv:2 area_id: found "N2", expected an id that occurs in areas.csv',
    ],
    [
      'unknown cohort of an activation',
      withRow('activations.csv', 2, 'A2,M1,2026-03-01,2026-03-15,,,,C9'),
      'activations.csv:3 cohort_id: found "C9", expected an id that occurs in cohorts.csv',
    ],
    [
      'duplicate id',
      withRow('skills.csv', 'new', 'K1,Other'),
      'skills.csv:4 skill_id: found "K1" a second time, expected each skill_id once',
    ],
    [
      'duplicate composite key',
      withRow('requirement_skills.csv', 'new', 'R1,K2,1,preferred,'),
      'requirement_skills.csv:4 skill_id: found "R1", "K2" a second time, expected each requirement_id, skill_id once',
    ],
    [
      'duplicate projection, as SOC codes compare',
      withRow('projections.csv', 'new', 'N1,51-4121.00,9,,KYSTATS,2022-32'),
      'projections.csv:3 vintage: found "N1", "51-4121.00", "KYSTATS", "2022-32" a second time, expected each area_id, soc, source, vintage once',
    ],
    [
      'bad date',
      withRow('versions.csv', 1, 'V1,P1,8/1/2024'),
      'versions.csv:2 adopted_on: found "8/1/2024", expected a date as YYYY-MM-DD',
    ],
    [
      'impossible date',
      withRow('versions.csv', 1, 'V1,P1,2023-02-29'),
      'versions.csv:2 adopted_on: found "2023-02-29", expected a date as YYYY-MM-DD',
    ],
    [
      'bad optional date',
      withRow('evidence.csv', 2, 'X2,E1,P1,,meeting,2026-01-05,2026-01-06,soon,,,,'),
      'evidence.csv:3 confirmed_on: found "soon", expected a date as YYYY-MM-DD or a blank cell',
    ],
    [
      'negative number',
      withRow('units.csv', 1, 'U1,V1,,-1'),
      'units.csv:2 hours: found "-1", expected a number from 0 to 999999999',
    ],
    [
      'not a number',
      withRow('units.csv', 1, 'U1,V1,,1e3'),
      'units.csv:2 hours: found "1e3", expected a number from 0 to 999999999',
    ],
    [
      'not whole',
      withRow('cohorts.csv', 1, 'C1,V1,2026-08-15,12.5'),
      'cohorts.csv:2 expected_completers: found "12.5", expected a whole number from 0 to 999999999',
    ],
    [
      'third decimal of a wage',
      withRow('projections.csv', 1, 'N1,51-4121,1,18.505,a,b'),
      'projections.csv:2 median_wage_hourly: found "18.505", expected dollars with at most two decimals, such as 18.50, or a blank cell',
    ],
    [
      'level outside 1–4',
      withRow('unit_skills.csv', 1, 'U1,K1,5'),
      'unit_skills.csv:2 level: found "5", expected a level from 1 to 4',
    ],
    [
      'unknown necessity',
      withRow('requirement_credentials.csv', 1, 'R1,Q1,Required'),
      'requirement_credentials.csv:2 necessity: found "Required", expected one of required, preferred',
    ],
    [
      'unknown vote',
      withRow('requirement_skills.csv', 1, 'R1,K1,3,day-one,vital'),
      'requirement_skills.csv:2 vote: found "vital", expected one of essential, important, useful, or a blank cell',
    ],
    [
      'unknown second person',
      withRow('evidence.csv', 2, 'X2,E1,P1,,meeting,2026-01-05,2026-01-06,,no,,,'),
      'evidence.csv:3 second_person: found "no", expected yes or a blank cell',
    ],
    [
      'row too short',
      withRow('units.csv', 1, 'U1,V1'),
      "units.csv:2 name: found the row's end after 2 cells, expected 4 cells, as the header has",
    ],
    [
      'row too long',
      withRow('unit_skills.csv', 1, 'U1,K1,3,,x'),
      'unit_skills.csv:2 column 4: found a row of 5 cells, expected 3 cells, as the header has',
    ],
    [
      'missing required column',
      aFolder({ 'unit_skills.csv': 'unit_id,skill_id\nU1,K1\n' }),
      'unit_skills.csv:1 level: found no such column, expected a column level',
    ],
    [
      'column twice',
      aFolder({ 'unit_skills.csv': 'unit_id,skill_id,level,level\nU1,K1,3,3\n' }),
      'unit_skills.csv:1 level: found this column twice, expected it once',
    ],
    [
      'blank cell',
      withRow('sites.csv', 2, 'S2,E2,,,'),
      'sites.csv:3 county_fips: found a blank cell, expected a county FIPS code of five digits',
    ],
    [
      'quote inside a plain cell',
      withRow('skills.csv', 2, 'K2,5" pipe'),
      'skills.csv:3 name: found a quote inside a plain cell, expected the cell in quotes, with its own quotes doubled',
    ],
    [
      'text after a closing quote',
      withRow('skills.csv', 2, 'K2,"a"b'),
      'skills.csv:3 name: found text after a closing quote, expected a comma or the end of the line',
    ],
    [
      'quote never closed',
      withRow('units.csv', 1, 'U1,V1,"Arc,1'),
      'units.csv:2 name: found a quote that is never closed, expected a closing quote',
    ],
    [
      'not UTF-8',
      withBytes('skills.csv', 'K2,Caf', [0xe9]),
      'skills.csv:3 name: found byte 0xE9, expected text in UTF-8',
    ],
    [
      'UTF-16 with its mark',
      aFolder({ 'areas.csv': utf16('\uFEFFarea_id,county_fips\nN1,21067\n') }),
      'areas.csv:1 area_id: found byte 0xFF, as UTF-16 files begin with, expected text in UTF-8',
    ],
    [
      'UTF-16 without its mark',
      aFolder({ 'areas.csv': utf16('area_id,county_fips\nN1,21067\n') }),
      'areas.csv:1 area_id: found a zero byte, as UTF-16 or binary files have, expected text in UTF-8',
    ],
    [
      'empty file',
      aFolder({ 'areas.csv': '' }),
      'areas.csv:1 area_id: found an empty file, expected the header area_id,county_fips',
    ],
    ['missing file', aFolder({ 'skills.csv': null }), 'skills.csv: found no such file, expected a file of this name'],
    [
      'site of another employer',
      withRow('evidence.csv', 1, 'X1,E1,P1,S2,hire,2026-01-05,2026-01-06,,,,,'),
      'evidence.csv:2 site_id: found "S2", which belongs to employer "E2", expected a site of employer "E1"',
    ],
    [
      'requirement of another employer',
      withRow('commitments.csv', 1, 'M1,E2,S2,R1,,direct-hire,2,,2026-01-01,2026-12-31,10'),
      'commitments.csv:2 requirement_id: found "R1", which belongs to employer "E1", expected a requirement of employer "E2"',
    ],
    [
      'review before effect',
      withRow('requirements.csv', 1, 'R1,E1,S1,51-4121,,4,,2025-01-10,2025-02-01,2025-01-31'),
      'requirements.csv:2 review_by: found "2025-01-31", expected a date not before effective_on (2025-02-01)',
    ],
    [
      'closed before opened',
      withRow('commitments.csv', 1, 'M1,E1,S1,R1,,direct-hire,2,,2026-01-01,2025-12-31,10'),
      'commitments.csv:2 closes_on: found "2025-12-31", expected a date not before opens_on (2026-01-01)',
    ],
    [
      'activated before the commitment opened',
      withRow('activations.csv', 2, 'A2,M1,2025-12-31,2026-03-15,,,,'),
      'activations.csv:3 activated_on: found "2025-12-31", expected a date not before its commitment\'s opens_on (2026-01-01)',
    ],
    [
      'answered without disposition',
      withRow('activations.csv', 2, 'A2,M1,2026-03-01,2026-03-15,2026-03-02,,,'),
      'activations.csv:3 disposition: found a blank cell, expected the answer given, since answered_on is filled',
    ],
    [
      'disposition without answer',
      withRow('activations.csv', 2, 'A2,M1,2026-03-01,2026-03-15,,hired,,'),
      'activations.csv:3 answered_on: found a blank cell, expected the date of the answer, since disposition is filled',
    ],
  ])('%s', (_, folder, expected) => {
    expect(errorsOf(folder)).toEqual([expected].flat());
  });

  test('a file that cannot be read is named, required or not', () => {
    const reader = new NetworkReader();
    for (const name of Object.keys(aFolder())) reader.unreadable(name, 'a folder');
    expect(reader.finish().errors.map(describeProblem).slice(-2)).toEqual([
      'areas.csv: found a folder, expected a file that can be read',
      'projections.csv: found a folder, expected a file that can be read',
    ]);
  });

  test('the line is the first physical line of the record, past quoted newlines and empty lines', () => {
    const folder = aFolder({
      'units.csv': 'unit_id,version_id,name,hours\r\nU1,V1,"a\r\nb",1\r\n\r\nU2,V1,"c\nd",x\n',
    });
    expect(errorsOf(folder)).toEqual(['units.csv:5 hours: found "x", expected a number from 0 to 999999999']);
  });

  test('all errors are listed, by file, line and column as FORMATS orders them', () => {
    const folder = aFolder({
      'projections.csv': 'vintage,source,median_wage_hourly,annual_openings,soc,area_id\n,,x,y,,N1\n',
      'cohorts.csv': 'cohort_id,version_id,completes_on,expected_completers\nC1,V9,2026-13-01,-2\nC1,V1,2026-08-15,1\n',
      'skills.csv': 'skill_id,name\nK1,\nK2,\n,\n',
    });
    expect(errorsOf(folder).map((line) => line.slice(0, line.indexOf(': found')))).toEqual([
      'skills.csv:4 skill_id',
      'cohorts.csv:2 version_id',
      'cohorts.csv:2 completes_on',
      'cohorts.csv:2 expected_completers',
      'cohorts.csv:3 cohort_id',
      'projections.csv:2 soc',
      'projections.csv:2 annual_openings',
      'projections.csv:2 median_wage_hourly',
      'projections.csv:2 source',
      'projections.csv:2 vintage',
    ]);
  });

  test('hostile cells stay on one line and short', () => {
    const [error] = errorsOf(withRow('unit_skills.csv', 1, `U1,K1,"\u001b[2J\n${'9'.repeat(100_000)}"`));
    expect(error).toMatch(
      /^unit_skills\.csv:2 level: found "\\u001b\[2J\\u000a9{50,}…", expected a level from 1 to 4$/,
    );
    expect(error?.length).toBeLessThan(160);
  });
});

describe('one fault does not bring others', () => {
  test('a row with an error in another cell still gives its id', () => {
    expect(errorsOf(withRow('cohorts.csv', 1, 'C1,V1,never,12'))).toHaveLength(1);
    expect(errorsOf(withRow('requirements.csv', 1, 'R1,E1'))).toHaveLength(1);
  });

  test('a row with an error keeps its references checked, and is not among the rows', () => {
    const { errors, network } = readTexts(withRow('cohorts.csv', 1, 'C1,V9,never,12'));
    expect(errors.map(({ column }) => column)).toEqual(['version_id', 'completes_on']);
    expect(network.cohorts).toEqual([]);
  });

  test.each<[string, Folder]>([
    ['missing', aFolder({ 'skills.csv': null })],
    ['UTF-16', aFolder({ 'skills.csv': utf16(textOf('skills.csv')) })],
    ['without its id column', aFolder({ 'skills.csv': 'name\nWelding\n' })],
    ['swallowed by an open quote', aFolder({ 'skills.csv': 'skill_id,name\nK0,"oops\nK1,\nK2,\n' })],
    ['made of one endless line', aFolder({ 'skills.csv': `skill_id,name\nK0,${'x'.repeat(2_000_000)}` })],
  ])('nothing is held against those who refer to a file that is %s', (_, folder) => {
    expect(errorsOf(folder)).toHaveLength(1);
  });

  test.each<[string, Folder, (network: Network) => unknown[]]>([
    [
      'a key that stood before',
      withRow('skills.csv', 'new', 'K1,Again'),
      ({ skills }) => skills.map(({ name }) => name),
    ],
    ['an unknown reference', withRow('units.csv', 'new', 'U9,V9,,1'), ({ units }) => units.map(({ unitId }) => unitId)],
    [
      'a rule broken',
      withRow('activations.csv', 'new', 'A3,M1,2026-03-01,2026-03-15,,hired,,'),
      ({ activations }) => activations.map(({ activationId }) => activationId),
    ],
  ])('a row with %s is an error and not among the rows', (_, folder, rowsOf) => {
    const { errors, network } = readTexts(folder);
    expect(errors).toHaveLength(1);
    expect(rowsOf(network)).toEqual(rowsOf(readTexts(aFolder()).network));
  });

  test('rows that rest on a row with an error are left out with it, and the rest holds together', () => {
    const { errors, leftOut, network } = readTexts(withRow('sites.csv', 1, 'S1,E1,Mill,,'));
    expect(errors.map(describeProblem)).toEqual([
      'sites.csv:2 county_fips: found a blank cell, expected a county FIPS code of five digits',
    ]);
    expect(leftOut.map(describeProblem)).toEqual([
      'requirements.csv:2 site_id: found "S1", expected an id that occurs in sites.csv without an error',
      'requirement_skills.csv:2 requirement_id: found "R1", expected an id that occurs in requirements.csv without an error',
      'requirement_skills.csv:3 requirement_id: found "R1", expected an id that occurs in requirements.csv without an error',
      'requirement_credentials.csv:2 requirement_id: found "R1", expected an id that occurs in requirements.csv without an error',
      'commitments.csv:2 site_id: found "S1", expected an id that occurs in sites.csv without an error',
      'activations.csv:2 commitment_id: found "M1", expected an id that occurs in commitments.csv without an error',
      'activations.csv:3 commitment_id: found "M1", expected an id that occurs in commitments.csv without an error',
      'evidence.csv:2 site_id: found "S1", expected an id that occurs in sites.csv without an error',
    ]);
    expect(network.requirements.map(({ requirementId }) => requirementId)).toEqual(['R2']);
    expect(network.evidence.map(({ evidenceId }) => evidenceId)).toEqual(['X2']);
    expect(network.activations).toEqual([]);
  });

  test('an optional file that is missing has no rows, so references into it are unknown', () => {
    expect(errorsOf(aFolder({ 'credentials.csv': null }))).toEqual([
      'requirement_credentials.csv:2 credential_id: found "Q1", expected an id that occurs in credentials.csv',
      'version_credentials.csv:2 credential_id: found "Q1", expected an id that occurs in credentials.csv',
    ]);
  });

  test('exactly the files that EXACT names must exist', () => {
    const missing = errorsOf({}).map((line) => line.slice(0, line.indexOf('.csv')));
    expect(missing).toEqual(
      'employers sites skills requirements requirement_skills institutions pathways versions units unit_skills cohorts'.split(
        ' ',
      ),
    );
  });
});

function withBytes(file: string, before: string, bytes: readonly number[]): Folder {
  const lines = textOf(file).trimEnd().split('\n');
  const head = utf8(`${lines.slice(0, -1).join('\n')}\n${before}`);
  return aFolder({ [file]: new Uint8Array([...head, ...bytes, 10]) });
}

function utf16(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'utf16le'));
}
