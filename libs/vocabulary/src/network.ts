import type { Day } from './local-date.js';

/**
 * A network is everything the alignment of one region's schools and employers rests on: the rows of the CSV folder
 * (FORMATS.md), read and checked. Ids are opaque and unique per kind; every reference names a row that is present;
 * a blank cell is null; dates are days, money is whole cents. Row order carries no meaning.
 */
export interface Network {
  employers: Employer[];
  sites: Site[];
  skills: Skill[];
  credentials: Credential[];
  requirements: Requirement[];
  requirementSkills: RequirementSkill[];
  requirementCredentials: RequirementCredential[];
  institutions: Institution[];
  pathways: Pathway[];
  versions: PathwayVersion[];
  units: Unit[];
  unitSkills: UnitSkill[];
  versionCredentials: VersionCredential[];
  cohorts: Cohort[];
  commitments: Commitment[];
  activations: Activation[];
  evidence: Evidence[];
  educators: Educator[];
  educatorSkills: EducatorSkill[];
  areas: AreaCounty[];
  projections: Projection[];
}

/** 1 has seen it, 2 does it supervised, 3 does it alone, 4 can teach it (DOMAIN 3). */
export type Level = 1 | 2 | 3 | 4;

export const NECESSITIES = ['day-one', 'trainable', 'preferred'] as const;
export type Necessity = (typeof NECESSITIES)[number];

export const VOTES = ['essential', 'important', 'useful'] as const;
export type Vote = (typeof VOTES)[number];

export const CREDENTIAL_NECESSITIES = ['required', 'preferred'] as const;
export type CredentialNecessity = (typeof CREDENTIAL_NECESSITIES)[number];

/** Kinds of hiring commitment; the first two promise interviews, the other three are job seats (DOMAIN 4.1). */
export const COMMITMENT_KINDS = [
  'guaranteed-interview',
  'first-consideration',
  'conditional-offer',
  'direct-hire',
  'apprenticeship-entry',
] as const;
export type CommitmentKind = (typeof COMMITMENT_KINDS)[number];

/** Commitment kinds whose seats are jobs. */
export const JOB_KINDS: readonly CommitmentKind[] = ['conditional-offer', 'direct-hire', 'apprenticeship-entry'];

export const DISPOSITIONS = ['interview', 'offer', 'hired', 'declined', 'withdrawn'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** Evidence kinds by the rung that they can carry (FORMATS, DOMAIN 4.5). */
export const RUNG_1_EVIDENCE = [
  'meeting',
  'survey',
  'letter',
  'logo',
  'speaker',
  'tour',
  'mock-interview',
  'career-fair',
  'job-shadow',
] as const;
export const RUNG_2_EVIDENCE = [
  'teaching-hours',
  'mentoring-hours',
  'equipment',
  'funding',
  'externship-hosted',
  'work-assessed',
  'unpaid-placement',
  'curriculum-receipt',
] as const;
export const RUNG_3_EVIDENCE = ['paid-placement', 'apprenticeship', 'clinical', 'wage-offer', 'hire'] as const;
export const EVIDENCE_KINDS = [...RUNG_1_EVIDENCE, ...RUNG_2_EVIDENCE, ...RUNG_3_EVIDENCE] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

export interface Employer {
  employerId: string;
  name: string;
  naics: string | null;
  contactEmail: string | null;
  ein: string | null;
  website: string | null;
}

export interface Site {
  siteId: string;
  employerId: string;
  name: string;
  countyFips: string;
  timeZone: string | null;
}

export interface Skill {
  skillId: string;
  name: string;
}

export interface Credential {
  credentialId: string;
  name: string;
}

export interface Requirement {
  requirementId: string;
  employerId: string;
  siteId: string;
  /** As written: `29-1141` or `29-1141.00`. Compare with {@link socKey}. */
  soc: string;
  title: string;
  headcountPerYear: number;
  wageFloorHourlyCents: number | null;
  recordedOn: Day;
  effectiveOn: Day;
  reviewBy: Day;
}

export interface RequirementSkill {
  requirementId: string;
  skillId: string;
  level: Level;
  necessity: Necessity;
  vote: Vote | null;
}

export interface RequirementCredential {
  requirementId: string;
  credentialId: string;
  necessity: CredentialNecessity;
}

export interface Institution {
  institutionId: string;
  name: string;
  countyFips: string;
  /** The declared county FIPS codes exactly; null = the commuting zone of `countyFips`. */
  reach: string[] | null;
}

export interface Pathway {
  pathwayId: string;
  institutionId: string;
  name: string;
  cip: string | null;
  /** Empty when blank: such a pathway seats nobody. */
  targetSocs: string[];
}

export interface PathwayVersion {
  versionId: string;
  pathwayId: string;
  adoptedOn: Day;
}

export interface Unit {
  unitId: string;
  versionId: string;
  name: string;
  hours: number;
}

export interface UnitSkill {
  unitId: string;
  skillId: string;
  level: Level;
}

export interface VersionCredential {
  versionId: string;
  credentialId: string;
}

export interface Cohort {
  cohortId: string;
  versionId: string;
  completesOn: Day;
  expectedCompleters: number;
}

export interface Commitment {
  commitmentId: string;
  employerId: string;
  siteId: string;
  requirementId: string;
  /** Null = any pathway. */
  pathwayId: string | null;
  kind: CommitmentKind;
  seats: number;
  wageFloorHourlyCents: number | null;
  opensOn: Day;
  closesOn: Day;
  answerWithinDays: number;
}

export interface Activation {
  activationId: string;
  commitmentId: string;
  activatedOn: Day;
  dueOn: Day;
  answeredOn: Day | null;
  disposition: Disposition | null;
  reason: string | null;
  cohortId: string | null;
}

export interface Evidence {
  evidenceId: string;
  employerId: string;
  pathwayId: string;
  siteId: string | null;
  kind: EvidenceKind;
  occurredOn: Day;
  recordedOn: Day;
  confirmedOn: Day | null;
  secondPerson: boolean;
  /** Hours, persons or pieces, as the kind means; blank is 0. */
  quantity: number;
  agreementOn: Day | null;
  evaluatedOn: Day | null;
}

export interface Educator {
  educatorId: string;
  institutionId: string;
  name: string;
}

export interface EducatorSkill {
  educatorId: string;
  skillId: string;
  lastIndustryContactOn: Day;
}

/** One county of a labor-market area; an area is the set of its rows. */
export interface AreaCounty {
  areaId: string;
  countyFips: string;
}

export interface Projection {
  areaId: string;
  soc: string;
  annualOpenings: number;
  medianWageHourlyCents: number | null;
  source: string;
  vintage: string;
}

/** The seven characters on which occupations compare: `29-1141.00` is `29-1141` (EXACT, Knowledge). */
export function socKey(soc: string): string {
  return soc.slice(0, 7);
}
