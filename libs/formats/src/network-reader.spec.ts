import { describe, expect, test } from '@jest/globals';
import { parseDay } from '@throughway/vocabulary/local-date';
import { aFolder, readTexts, type Folder } from './folder.builder.js';
import { describeProblem } from './format-problem.js';
import { fileOf, ROW_KINDS } from './network-files.js';

const errorsOf = (folder: Folder) => readTexts(folder).errors.map(describeProblem);
const noticesOf = (folder: Folder) => readTexts(folder).notices.map(describeProblem);

describe('a folder without fault', () => {
  test('is read into typed rows: days, cents, lists, blanks as null', () => {
    const { network, errors, notices, rowCount } = readTexts(aFolder());
    expect([errors, notices]).toEqual([[], []]);
    expect(rowCount).toBe(31);
    expect(network.requirements[0]).toEqual({
      requirementId: 'R1',
      employerId: 'E1',
      siteId: 'S1',
      soc: '51-4121',
      title: 'Welder',
      headcountPerYear: 4,
      wageFloorHourlyCents: 1850,
      recordedOn: parseDay('2025-01-10'),
      effectiveOn: parseDay('2025-02-01'),
      reviewBy: parseDay('2027-01-31'),
    });
    expect(network.requirements[1]).toMatchObject({ soc: '29-1141.00', wageFloorHourlyCents: null });
    expect(network.requirementSkills.map(({ vote }) => vote)).toEqual(['essential', null]);
    expect(network.institutions.map(({ reach }) => reach)).toEqual([['21067', '21071'], null]);
    expect(network.pathways.map(({ cip, targetSocs }) => [cip, targetSocs])).toEqual([
      ['48.0508', ['51-4121', '51-4122']],
      [null, []],
    ]);
    expect(network.units[0]?.hours).toBe(120.5);
    expect(network.commitments[0]).toMatchObject({ pathwayId: null, seats: 2, wageFloorHourlyCents: 1900 });
    expect(network.activations[1]).toMatchObject({ answeredOn: null, disposition: null, reason: null, cohortId: null });
    expect(network.evidence).toMatchObject([
      { secondPerson: true, quantity: 80.25 },
      { secondPerson: false, quantity: 0, confirmedOn: null, siteId: null, agreementOn: null, evaluatedOn: null },
    ]);
  });

  const plain = JSON.stringify(readTexts(aFolder()).network);
  const everyFile = (change: (text: string) => string | Uint8Array): Folder =>
    Object.fromEntries(Object.entries(aFolder()).map(([name, text]) => [name, change(String(text))]));

  test.each<[string, Folder]>([
    ['a byte order mark', everyFile((text) => `\uFEFF${text}`)],
    ['CRLF', everyFile((text) => text.replaceAll('\n', '\r\n'))],
    ['no newline at the end', everyFile((text) => text.trimEnd())],
    ['empty lines between the rows', everyFile((text) => text.replaceAll('\n', '\n\n'))],
    ['quotes around every cell', everyFile((text) => text.replaceAll(/[^,\n]+/g, '"$&"'))],
    [
      'columns in another order',
      everyFile((text) => text.replaceAll(/^.*$/gm, (line) => line.split(',').reverse().join(','))),
    ],
    [
      'rows in another order',
      everyFile((text) => {
        const [header, ...rows] = text.trimEnd().split('\n');
        return [header, ...rows.reverse()].join('\n');
      }),
    ],
    ['files in another order', Object.fromEntries(Object.entries(aFolder()).reverse())],
  ])('reads the same with %s', (_, folder) => {
    const { network, errors } = readTexts(folder);
    expect(errors).toEqual([]);
    expect(JSON.stringify(network)).toBe(plain);
  });

  test('reads the same byte by byte', () => {
    expect(JSON.stringify(readTexts(aFolder(), 1).network)).toBe(plain);
  });

  test('unknown columns are ignored with one notice, missing optional columns are blank', () => {
    const folder = aFolder({ 'employers.csv': 'employer_id,color,"od\nd"\nE1,red,1\nE2,blue,2\n' });
    expect(errorsOf(folder)).toEqual([]);
    expect(noticesOf(folder)).toEqual([
      'employers.csv:1 header: found unknown columns "color", "od\\u000ad", expected only employer_id, name, naics, contact_email, ein, website; the others are ignored',
    ]);
    expect(readTexts(folder).network.employers[0]).toEqual({
      employerId: 'E1',
      name: '',
      naics: null,
      contactEmail: null,
      ein: null,
      website: null,
    });
  });

  test('counties and occupations of an odd form are kept, with one notice per column', () => {
    const folder = aFolder({
      'areas.csv': 'area_id,county_fips\nN1,1001\nN1,21067\nN1,Fayette\n',
      'projections.csv': 'area_id,soc,annual_openings,median_wage_hourly,source,vintage\nN1,514121,1,,a,b\n',
    });
    expect(errorsOf(folder)).toEqual([]);
    expect(noticesOf(folder)).toEqual([
      'areas.csv:2 county_fips: found "1001" and 1 more such cells, expected a county FIPS code of five digits',
      'projections.csv:2 soc: found "514121", expected a SOC code such as 29-1141',
    ]);
  });

  test('ids are opaque: prototype words, spaces, letters that look alike, formulas and newlines', () => {
    const ids = [
      '__proto__',
      'constructor',
      ' K1',
      'K1 ',
      'k1',
      'K1',
      'e\u0301',
      '\u00e9',
      '=1+1',
      'a\nb',
      'a,b',
      '"',
      '0',
    ];
    const quoted = ids.map((id) => `"${id.replaceAll('"', '""')}"`);
    const folder = aFolder({
      'skills.csv': `skill_id,name\n${quoted.join(',\n')},\n`,
      'requirement_skills.csv': `requirement_id,skill_id,level,necessity,vote\n${quoted.map((id) => `R1,${id},1,day-one,`).join('\n')}\n`,
      'unit_skills.csv': 'unit_id,skill_id,level\nU1,__proto__,4\n',
      'educator_skills.csv': null,
    });
    expect(errorsOf(folder)).toEqual([]);
    expect(new Set(readTexts(folder).network.skills.map(({ skillId }) => skillId))).toEqual(new Set(ids));
  });
});

describe('which cells may be blank', () => {
  const MAY_BE_BLANK: Readonly<Record<string, string>> = {
    'employers.csv': 'name naics contact_email ein website',
    'sites.csv': 'name time_zone',
    'skills.csv': 'name',
    'credentials.csv': 'name',
    'requirements.csv': 'title wage_floor_hourly',
    'requirement_skills.csv': 'vote',
    'institutions.csv': 'name reach',
    'pathways.csv': 'name cip target_socs',
    'units.csv': 'name',
    'commitments.csv': 'pathway_id wage_floor_hourly',
    'activations.csv': 'answered_on disposition reason cohort_id',
    'evidence.csv': 'site_id confirmed_on second_person quantity agreement_on evaluated_on',
    'educators.csv': 'name',
    'projections.csv': 'median_wage_hourly',
  };

  test.each(ROW_KINDS.map((kind) => fileOf(kind)))('$name', ({ name, columns }) => {
    const all = Object.values(columns).map((column) => column.name);
    const blankRow = all.map(() => '').join(',');
    const folder = aFolder({ [name]: `${all.join(',')}\n${blankRow}\n` });
    const refused = readTexts(folder).errors.filter(({ file, found }) => file === name && found === 'a blank cell');
    const allowed = (MAY_BE_BLANK[name] ?? '').split(' ');
    expect(refused.map(({ column }) => column)).toEqual(all.filter((column) => !allowed.includes(column)));
  });
});
