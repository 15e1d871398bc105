import type * as network from '@throughway/vocabulary/network';
import type { RowTable } from '../platform/database/network-rows.js';

/** The tables of this room as rows of the CSV folder, in an order in which every reference stands before its use. */
export const SKILL: RowTable<network.Skill> = {
  table: 'skill',
  file: 'skills.csv',
  key: { skillId: 'text' },
  values: { name: 'text' },
  touches: {},
};

export const CREDENTIAL: RowTable<network.Credential> = {
  table: 'credential',
  file: 'credentials.csv',
  key: { credentialId: 'text' },
  values: { name: 'text' },
  touches: {},
};

export const INSTITUTION: RowTable<network.Institution> = {
  table: 'institution',
  file: 'institutions.csv',
  key: { institutionId: 'text' },
  values: { name: 'text', countyFips: 'text', reach: 'texts' },
  touches: { institutionId: 'institution' },
};

export const PATHWAY: RowTable<network.Pathway> = {
  table: 'pathway',
  file: 'pathways.csv',
  key: { pathwayId: 'text' },
  values: { institutionId: 'text', name: 'text', cip: 'text', targetSocs: 'texts' },
  touches: { institutionId: 'institution' },
};

export const VERSION: RowTable<network.PathwayVersion> = {
  table: 'pathway_version',
  file: 'versions.csv',
  key: { versionId: 'text' },
  values: { pathwayId: 'text', adoptedOn: 'day' },
  touches: { pathwayId: 'pathway' },
};

export const UNIT: RowTable<network.Unit> = {
  table: 'unit',
  file: 'units.csv',
  key: { unitId: 'text' },
  values: { versionId: 'text', name: 'text', hours: 'number' },
  touches: { versionId: 'version' },
};

export const UNIT_SKILL: RowTable<network.UnitSkill> = {
  table: 'unit_skill',
  file: 'unit_skills.csv',
  key: { unitId: 'text', skillId: 'text' },
  values: { level: 'integer' },
  owner: 'unitId',
  touches: { unitId: 'unit' },
};

export const VERSION_CREDENTIAL: RowTable<network.VersionCredential> = {
  table: 'version_credential',
  file: 'version_credentials.csv',
  key: { versionId: 'text', credentialId: 'text' },
  values: {},
  owner: 'versionId',
  touches: { versionId: 'version' },
};

export const COHORT: RowTable<network.Cohort> = {
  table: 'cohort',
  file: 'cohorts.csv',
  key: { cohortId: 'text' },
  values: { versionId: 'text', completesOn: 'day', expectedCompleters: 'integer' },
  touches: { versionId: 'version' },
};

export const EDUCATOR: RowTable<network.Educator> = {
  table: 'educator',
  file: 'educators.csv',
  key: { educatorId: 'text' },
  values: { institutionId: 'text', name: 'text' },
  touches: { institutionId: 'institution' },
};

export const EDUCATOR_SKILL: RowTable<network.EducatorSkill> = {
  table: 'educator_skill',
  file: 'educator_skills.csv',
  key: { educatorId: 'text', skillId: 'text' },
  values: { lastIndustryContactOn: 'day' },
  owner: 'educatorId',
  touches: { educatorId: 'educator' },
};

export const AREA: RowTable<network.AreaCounty> = {
  table: 'network_area',
  file: 'areas.csv',
  key: { areaId: 'text', countyFips: 'text' },
  values: {},
  owner: 'areaId',
  touches: { areaId: 'area' },
};

export const PROJECTION: RowTable<network.Projection> = {
  table: 'network_projection',
  file: 'projections.csv',
  key: { areaId: 'text', soc: 'text', source: 'text', vintage: 'text' },
  values: { annualOpenings: 'number', medianWageHourlyCents: 'cents' },
  touches: { areaId: 'area' },
};
