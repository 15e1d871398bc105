import type { Day } from '@throughway/vocabulary/local-date';
import type {
  Activation,
  Commitment,
  Evidence,
  Institution,
  Network,
  Pathway,
  PathwayVersion,
  Requirement,
  Site,
} from '@throughway/vocabulary/network';

/** The day on which specs judge, unless they say otherwise: 2026-06-30. */
export const TODAY: Day = 20_634;

/** `count` days before {@link TODAY}; negative for later. */
export const daysAgo = (count: number): Day => TODAY - count;

/** Rows of a network in the making; what a row leaves out is filled in by {@link aNetwork}. */
export interface NetworkDraft {
  sites?: Partial<Site>[];
  requirements?: Partial<Requirement>[];
  institutions?: Partial<Institution>[];
  pathways?: Partial<Pathway>[];
  versions?: Partial<PathwayVersion>[];
  commitments?: Partial<Commitment>[];
  activations?: Partial<Activation>[];
  evidence?: Partial<Evidence>[];
}

/**
 * A network around one employer `E` with site `S` and requirement `R`, and one pathway `P` at institution `I`, all in
 * county 21193 and aimed at nurses; ids of rows that give none count up (`v1`, `c1`, `a1`, `e1`). Evidence is confirmed
 * and recorded on the day it occurred, with every proof; a commitment is an open direct hire; an activation is unanswered.
 */
export function aNetwork(draft: NetworkDraft = {}): Network {
  const { sites = [{}], requirements = [{}], institutions = [{}], pathways = [{}] } = draft;
  const employerIds = [draft.evidence, draft.commitments, requirements, sites].flatMap((rows) =>
    (rows ?? []).map((row) => row.employerId ?? 'E'),
  );
  return {
    ...EMPTY,
    employers: [...new Set(employerIds)].map((employerId) => ({ employerId, name: `Sample ${employerId}`, ...UNSAID })),
    sites: sites.map((row) => ({ ...SITE, ...row })),
    requirements: requirements.map((row) => ({ ...REQUIREMENT, ...row })),
    institutions: institutions.map((row) => ({ ...INSTITUTION, ...row })),
    pathways: pathways.map((row) => ({ ...PATHWAY, ...row })),
    versions: (draft.versions ?? []).map((row, index) => ({
      versionId: `v${index + 1}`,
      pathwayId: 'P',
      adoptedOn: daysAgo(1000),
      ...row,
    })),
    commitments: (draft.commitments ?? []).map((row, index) => ({
      ...COMMITMENT,
      commitmentId: `c${index + 1}`,
      ...row,
    })),
    activations: (draft.activations ?? []).map((row, index) => ({
      ...ACTIVATION,
      activationId: `a${index + 1}`,
      ...row,
    })),
    evidence: (draft.evidence ?? []).map((row, index) => {
      const occurredOn = row.occurredOn ?? daysAgo(100);
      return {
        ...EVIDENCE,
        evidenceId: `e${index + 1}`,
        occurredOn,
        recordedOn: occurredOn,
        confirmedOn: occurredOn,
        agreementOn: occurredOn,
        evaluatedOn: occurredOn,
        ...row,
      };
    }),
  };
}

const UNSAID = { naics: null, contactEmail: null, ein: null, website: null };

const EMPTY: Network = {
  employers: [],
  sites: [],
  skills: [],
  credentials: [],
  requirements: [],
  requirementSkills: [],
  requirementCredentials: [],
  institutions: [],
  pathways: [],
  versions: [],
  units: [],
  unitSkills: [],
  versionCredentials: [],
  cohorts: [],
  commitments: [],
  activations: [],
  evidence: [],
  educators: [],
  educatorSkills: [],
  areas: [],
  projections: [],
};

const SITE: Site = { siteId: 'S', employerId: 'E', name: 'Sample site', countyFips: '21193', timeZone: null };

const REQUIREMENT: Requirement = {
  requirementId: 'R',
  employerId: 'E',
  siteId: 'S',
  soc: '29-1141',
  title: 'Sample nurse',
  headcountPerYear: 1,
  wageFloorHourlyCents: null,
  recordedOn: daysAgo(2000),
  effectiveOn: daysAgo(2000),
  reviewBy: daysAgo(-2000),
};

const INSTITUTION: Institution = { institutionId: 'I', name: 'Sample college', countyFips: '21193', reach: null };

const PATHWAY: Pathway = {
  pathwayId: 'P',
  institutionId: 'I',
  name: 'Sample nursing',
  cip: null,
  targetSocs: ['29-1141'],
};

const COMMITMENT: Omit<Commitment, 'commitmentId'> = {
  employerId: 'E',
  siteId: 'S',
  requirementId: 'R',
  pathwayId: 'P',
  kind: 'direct-hire',
  seats: 5,
  wageFloorHourlyCents: null,
  opensOn: daysAgo(100),
  closesOn: daysAgo(-1000),
  answerWithinDays: 10,
};

const ACTIVATION: Omit<Activation, 'activationId'> = {
  commitmentId: 'c1',
  activatedOn: daysAgo(60),
  dueOn: daysAgo(50),
  answeredOn: null,
  disposition: null,
  reason: null,
  cohortId: null,
};

const EVIDENCE = {
  employerId: 'E',
  pathwayId: 'P',
  siteId: null,
  kind: 'meeting' as const,
  secondPerson: false,
  quantity: 10,
};
