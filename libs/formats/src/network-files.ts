import {
  COMMITMENT_KINDS,
  CREDENTIAL_NECESSITIES,
  DISPOSITIONS,
  EVIDENCE_KINDS,
  NECESSITIES,
  VOTES,
  type Network,
} from '@throughway/vocabulary/network';
import {
  count,
  counties,
  county,
  day,
  decimal,
  decimalOrZero,
  id,
  level,
  neededText,
  optionalDay,
  optionalId,
  optionalMoney,
  optionalText,
  optionalWord,
  soc,
  socs,
  text,
  word,
  yesOrBlank,
  type Column,
} from './columns.js';

/** One file of the folder: its columns in order, and the fields that together name a row. */
export interface NetworkFile<Row> {
  readonly name: string;
  /** Without this file the folder is refused; without another, there are no such rows (EXACT, Files). */
  readonly mustExist: boolean;
  readonly key: readonly (keyof Row & string)[];
  readonly columns: { readonly [Field in keyof Row]-?: Column<Row[Field]> };
}

/**
 * The CSV folder: every file, column, type, blank rule, closed list, key and reference, once. Files and columns stand in the order
 * of FORMATS, which is also the order in which errors are listed and exports are written. Source: FORMATS and EXACT (Files).
 */
export const NETWORK_FILES: { readonly [Rows in keyof Network]: NetworkFile<Network[Rows][number]> } = {
  employers: {
    name: 'employers.csv',
    mustExist: true,
    key: ['employerId'],
    columns: {
      employerId: id('employer_id'),
      name: text('name'),
      naics: optionalText('naics'),
      contactEmail: optionalText('contact_email'),
      ein: optionalText('ein'),
      website: optionalText('website'),
    },
  },
  sites: {
    name: 'sites.csv',
    mustExist: true,
    key: ['siteId'],
    columns: {
      siteId: id('site_id'),
      employerId: id('employer_id', 'employers'),
      name: text('name'),
      countyFips: county('county_fips'),
      timeZone: optionalText('time_zone'),
    },
  },
  skills: {
    name: 'skills.csv',
    mustExist: true,
    key: ['skillId'],
    columns: { skillId: id('skill_id'), name: text('name') },
  },
  credentials: {
    name: 'credentials.csv',
    mustExist: false,
    key: ['credentialId'],
    columns: { credentialId: id('credential_id'), name: text('name') },
  },
  requirements: {
    name: 'requirements.csv',
    mustExist: true,
    key: ['requirementId'],
    columns: {
      requirementId: id('requirement_id'),
      employerId: id('employer_id', 'employers'),
      siteId: id('site_id', 'sites'),
      soc: soc('soc'),
      title: text('title'),
      headcountPerYear: count('headcount_per_year'),
      wageFloorHourlyCents: optionalMoney('wage_floor_hourly'),
      recordedOn: day('recorded_on'),
      effectiveOn: day('effective_on'),
      reviewBy: day('review_by'),
    },
  },
  requirementSkills: {
    name: 'requirement_skills.csv',
    mustExist: true,
    key: ['requirementId', 'skillId'],
    columns: {
      requirementId: id('requirement_id', 'requirements'),
      skillId: id('skill_id', 'skills'),
      level: level('level'),
      necessity: word('necessity', NECESSITIES),
      vote: optionalWord('vote', VOTES),
    },
  },
  requirementCredentials: {
    name: 'requirement_credentials.csv',
    mustExist: false,
    key: ['requirementId', 'credentialId'],
    columns: {
      requirementId: id('requirement_id', 'requirements'),
      credentialId: id('credential_id', 'credentials'),
      necessity: word('necessity', CREDENTIAL_NECESSITIES),
    },
  },
  institutions: {
    name: 'institutions.csv',
    mustExist: true,
    key: ['institutionId'],
    columns: {
      institutionId: id('institution_id'),
      name: text('name'),
      countyFips: county('county_fips'),
      reach: counties('reach'),
    },
  },
  pathways: {
    name: 'pathways.csv',
    mustExist: true,
    key: ['pathwayId'],
    columns: {
      pathwayId: id('pathway_id'),
      institutionId: id('institution_id', 'institutions'),
      name: text('name'),
      cip: optionalText('cip'),
      targetSocs: socs('target_socs'),
    },
  },
  versions: {
    name: 'versions.csv',
    mustExist: true,
    key: ['versionId'],
    columns: { versionId: id('version_id'), pathwayId: id('pathway_id', 'pathways'), adoptedOn: day('adopted_on') },
  },
  units: {
    name: 'units.csv',
    mustExist: true,
    key: ['unitId'],
    columns: {
      unitId: id('unit_id'),
      versionId: id('version_id', 'versions'),
      name: text('name'),
      hours: decimal('hours'),
    },
  },
  unitSkills: {
    name: 'unit_skills.csv',
    mustExist: true,
    key: ['unitId', 'skillId'],
    columns: { unitId: id('unit_id', 'units'), skillId: id('skill_id', 'skills'), level: level('level') },
  },
  versionCredentials: {
    name: 'version_credentials.csv',
    mustExist: false,
    key: ['versionId', 'credentialId'],
    columns: { versionId: id('version_id', 'versions'), credentialId: id('credential_id', 'credentials') },
  },
  cohorts: {
    name: 'cohorts.csv',
    mustExist: true,
    key: ['cohortId'],
    columns: {
      cohortId: id('cohort_id'),
      versionId: id('version_id', 'versions'),
      completesOn: day('completes_on'),
      expectedCompleters: count('expected_completers'),
    },
  },
  commitments: {
    name: 'commitments.csv',
    mustExist: false,
    key: ['commitmentId'],
    columns: {
      commitmentId: id('commitment_id'),
      employerId: id('employer_id', 'employers'),
      siteId: id('site_id', 'sites'),
      requirementId: id('requirement_id', 'requirements'),
      pathwayId: optionalId('pathway_id', 'pathways'),
      kind: word('kind', COMMITMENT_KINDS),
      seats: count('seats'),
      wageFloorHourlyCents: optionalMoney('wage_floor_hourly'),
      opensOn: day('opens_on'),
      closesOn: day('closes_on'),
      answerWithinDays: count('answer_within_days'),
    },
  },
  activations: {
    name: 'activations.csv',
    mustExist: false,
    key: ['activationId'],
    columns: {
      activationId: id('activation_id'),
      commitmentId: id('commitment_id', 'commitments'),
      activatedOn: day('activated_on'),
      dueOn: day('due_on'),
      answeredOn: optionalDay('answered_on'),
      disposition: optionalWord('disposition', DISPOSITIONS),
      reason: optionalText('reason'),
      cohortId: optionalId('cohort_id', 'cohorts'),
    },
  },
  evidence: {
    name: 'evidence.csv',
    mustExist: false,
    key: ['evidenceId'],
    columns: {
      evidenceId: id('evidence_id'),
      employerId: id('employer_id', 'employers'),
      pathwayId: id('pathway_id', 'pathways'),
      siteId: optionalId('site_id', 'sites'),
      kind: word('kind', EVIDENCE_KINDS),
      occurredOn: day('occurred_on'),
      recordedOn: day('recorded_on'),
      confirmedOn: optionalDay('confirmed_on'),
      secondPerson: yesOrBlank('second_person'),
      quantity: decimalOrZero('quantity'),
      agreementOn: optionalDay('agreement_on'),
      evaluatedOn: optionalDay('evaluated_on'),
    },
  },
  educators: {
    name: 'educators.csv',
    mustExist: false,
    key: ['educatorId'],
    columns: {
      educatorId: id('educator_id'),
      institutionId: id('institution_id', 'institutions'),
      name: text('name'),
    },
  },
  educatorSkills: {
    name: 'educator_skills.csv',
    mustExist: false,
    key: ['educatorId', 'skillId'],
    columns: {
      educatorId: id('educator_id', 'educators'),
      skillId: id('skill_id', 'skills'),
      lastIndustryContactOn: day('last_industry_contact_on'),
    },
  },
  areas: {
    name: 'areas.csv',
    mustExist: false,
    key: ['areaId', 'countyFips'],
    columns: { areaId: id('area_id'), countyFips: county('county_fips') },
  },
  projections: {
    name: 'projections.csv',
    mustExist: false,
    key: ['areaId', 'soc', 'source', 'vintage'],
    columns: {
      areaId: id('area_id', 'areas'),
      soc: soc('soc'),
      annualOpenings: decimal('annual_openings'),
      medianWageHourlyCents: optionalMoney('median_wage_hourly'),
      source: neededText('source'),
      vintage: neededText('vintage'),
    },
  },
};

/** A kind of row, by its field of the network. */
export type RowKind = keyof Network;

/** The kinds of row, in the order of the files. */
export const ROW_KINDS = Object.keys(NETWORK_FILES) as RowKind[];

/** A file of the table for code that treats all kinds of row alike. */
export interface AnyNetworkFile {
  readonly name: string;
  readonly mustExist: boolean;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, Column<unknown>>>;
}

export function fileOf(kind: RowKind): AnyNetworkFile {
  return NETWORK_FILES[kind];
}
