import type * as network from '@throughway/vocabulary/network';
import type { RowTable } from '../platform/database/network-rows.js';

/** The tables of this room as rows of the CSV folder, in an order in which every reference stands before its use. */
export const EMPLOYER: RowTable<network.Employer> = {
  table: 'employer',
  file: 'employers.csv',
  key: { employerId: 'text' },
  values: { name: 'text', naics: 'text', contactEmail: 'text', ein: 'text', website: 'text' },
  touches: { employerId: 'employer' },
};

export const SITE: RowTable<network.Site> = {
  table: 'site',
  file: 'sites.csv',
  key: { siteId: 'text' },
  values: { employerId: 'text', name: 'text', countyFips: 'text', timeZone: 'text' },
  touches: { countyFips: 'county', employerId: 'employer' },
};

export const REQUIREMENT: RowTable<network.Requirement> = {
  table: 'requirement',
  file: 'requirements.csv',
  key: { requirementId: 'text' },
  values: {
    employerId: 'text',
    siteId: 'text',
    soc: 'text',
    title: 'text',
    headcountPerYear: 'integer',
    wageFloorHourlyCents: 'cents',
    recordedOn: 'day',
    effectiveOn: 'day',
    reviewBy: 'day',
  },
  touches: { siteId: 'site', employerId: 'employer' },
};

export const REQUIREMENT_SKILL: RowTable<network.RequirementSkill> = {
  table: 'requirement_skill',
  file: 'requirement_skills.csv',
  key: { requirementId: 'text', skillId: 'text' },
  values: { level: 'integer', necessity: 'text', vote: 'text' },
  owner: 'requirementId',
  touches: { requirementId: 'requirement' },
};

export const REQUIREMENT_CREDENTIAL: RowTable<network.RequirementCredential> = {
  table: 'requirement_credential',
  file: 'requirement_credentials.csv',
  key: { requirementId: 'text', credentialId: 'text' },
  values: { necessity: 'text' },
  owner: 'requirementId',
  touches: { requirementId: 'requirement' },
};

export const COMMITMENT: RowTable<network.Commitment> = {
  table: 'commitment',
  file: 'commitments.csv',
  key: { commitmentId: 'text' },
  values: {
    employerId: 'text',
    siteId: 'text',
    requirementId: 'text',
    pathwayId: 'text',
    kind: 'text',
    seats: 'integer',
    wageFloorHourlyCents: 'cents',
    opensOn: 'day',
    closesOn: 'day',
    answerWithinDays: 'integer',
  },
  touches: { requirementId: 'requirement', employerId: 'employer' },
};

export const ACTIVATION: RowTable<network.Activation> = {
  table: 'activation',
  file: 'activations.csv',
  key: { activationId: 'text' },
  values: {
    commitmentId: 'text',
    activatedOn: 'day',
    dueOn: 'day',
    answeredOn: 'day',
    disposition: 'text',
    reason: 'text',
    cohortId: 'text',
  },
  touches: { commitmentId: 'commitment' },
};

export const EVIDENCE: RowTable<network.Evidence> = {
  table: 'evidence',
  file: 'evidence.csv',
  key: { evidenceId: 'text' },
  values: {
    employerId: 'text',
    pathwayId: 'text',
    siteId: 'text',
    kind: 'text',
    occurredOn: 'day',
    recordedOn: 'day',
    confirmedOn: 'day',
    secondPerson: 'boolean',
    quantity: 'number',
    agreementOn: 'day',
    evaluatedOn: 'day',
  },
  touches: { employerId: 'employer' },
};
