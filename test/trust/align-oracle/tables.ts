/**
 * The files of FORMATS with what EXACT says of each column. A column is written `name type`, where the type is
 * text, date, count (whole), number, level, id, `>file` for a reference to that file's first column, or `a|b|c` for a
 * closed list; a trailing ? on the name lets the cell be blank and the column be absent.
 */
export interface Column {
  name: string;
  type: string;
  mayBeBlank: boolean;
}

export interface Table {
  file: string;
  mustExist: boolean;
  columns: Column[];
  /** The columns that together may not repeat. */
  key: string[];
}

function table(file: string, mustExist: boolean, key: number | string[], columns: string): Table {
  const parsed = columns.split(',').map((column): Column => {
    const [name = '', type = ''] = column.trim().split(' ');
    return { name: name.replace('?', ''), type, mayBeBlank: name.endsWith('?') };
  });
  const names = typeof key === 'number' ? parsed.slice(0, key).map((column) => column.name) : key;
  return { file, mustExist, columns: parsed, key: names };
}

const KINDS = 'guaranteed-interview|first-consideration|conditional-offer|direct-hire|apprenticeship-entry';
const EVIDENCE_KINDS = [
  'meeting|survey|letter|logo|speaker|tour|mock-interview|career-fair|job-shadow',
  'teaching-hours|mentoring-hours|equipment|funding|externship-hosted|work-assessed|unpaid-placement|curriculum-receipt',
  'paid-placement|apprenticeship|clinical|wage-offer|hire',
].join('|');

export const TABLES: Table[] = [
  table('employers', true, 1, 'employer_id id, name? text, naics? text, contact_email? text, ein? text, website? text'),
  table('sites', true, 1, 'site_id id, employer_id >employers, name? text, county_fips text, time_zone? text'),
  table('skills', true, 1, 'skill_id id, name? text'),
  table('credentials', false, 1, 'credential_id id, name? text'),
  table(
    'requirements',
    true,
    1,
    'requirement_id id, employer_id >employers, site_id >sites, soc text, title? text, headcount_per_year count, wage_floor_hourly? number, recorded_on date, effective_on date, review_by date',
  ),
  table(
    'requirement_skills',
    true,
    2,
    'requirement_id >requirements, skill_id >skills, level level, necessity day-one|trainable|preferred, vote? essential|important|useful',
  ),
  table(
    'requirement_credentials',
    false,
    2,
    'requirement_id >requirements, credential_id >credentials, necessity required|preferred',
  ),
  table('institutions', true, 1, 'institution_id id, name? text, county_fips text, reach? text'),
  table('pathways', true, 1, 'pathway_id id, institution_id >institutions, name? text, cip? text, target_socs? text'),
  table('versions', true, 1, 'version_id id, pathway_id >pathways, adopted_on date'),
  table('units', true, 1, 'unit_id id, version_id >versions, name? text, hours number'),
  table('unit_skills', true, 2, 'unit_id >units, skill_id >skills, level level'),
  table('version_credentials', false, 2, 'version_id >versions, credential_id >credentials'),
  table('cohorts', true, 1, 'cohort_id id, version_id >versions, completes_on date, expected_completers count'),
  table(
    'commitments',
    false,
    1,
    `commitment_id id, employer_id >employers, site_id >sites, requirement_id >requirements, pathway_id? >pathways, kind ${KINDS}, seats count, wage_floor_hourly? number, opens_on date, closes_on date, answer_within_days count`,
  ),
  table(
    'activations',
    false,
    1,
    'activation_id id, commitment_id >commitments, activated_on date, due_on date, answered_on? date, disposition? interview|offer|hired|declined|withdrawn, reason? text, cohort_id? >cohorts',
  ),
  table(
    'evidence',
    false,
    1,
    `evidence_id id, employer_id >employers, pathway_id >pathways, site_id? >sites, kind ${EVIDENCE_KINDS}, occurred_on date, recorded_on date, confirmed_on? date, second_person? yes, quantity? number, agreement_on? date, evaluated_on? date`,
  ),
  table('educators', false, 1, 'educator_id id, institution_id >institutions, name? text'),
  table('educator_skills', false, 2, 'educator_id >educators, skill_id >skills, last_industry_contact_on date'),
  table('areas', false, 2, 'area_id text, county_fips text'),
  table(
    'projections',
    false,
    ['area_id', 'soc', 'source', 'vintage'],
    'area_id >areas, soc text, annual_openings number, median_wage_hourly? number, source text, vintage text',
  ),
];
