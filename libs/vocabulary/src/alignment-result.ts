import type { Level } from './network.js';
import type { LocalDate } from './local-date.js';

/** `throughway-alignment/1` (FORMATS.md): what one run says about every cohort and every partnership. Every list is sorted as FORMATS says. */
export interface AlignmentResult {
  format: 'throughway-alignment/1';
  asOf: LocalDate;
  engine: string;
  digest: string;
  cohorts: CohortResult[];
  partnerships: PartnershipResult[];
  totals: AlignmentTotals;
}

export interface AlignmentTotals {
  seats: number;
  seated: number;
  completers: number;
}

export interface CohortResult {
  cohortId: string;
  expectedCompleters: number;
  seated: number;
  /** seated / expectedCompleters; null outside the run's window or over 0 completers. */
  seatShare: number | null;
  assigned: SeatAssignment[];
  matches: RequirementMatch[];
  orphanHours: number;
  /** Orphan hours over all hours of the version; null over 0. */
  orphanShare: number | null;
  flags: Flag<CohortFlagCode>[];
  nextSteps: CurriculumStep[];
}

export interface SeatAssignment {
  requirementId: string;
  commitmentId: string | null;
  count: number;
}

export interface RequirementMatch {
  requirementId: string;
  coverage: number | null;
  gaps: SkillGap[];
  missingCredentials: string[];
  ready: boolean;
}

export interface SkillGap {
  skillId: string;
  taught: 0 | Level;
  required: Level;
}

export interface CurriculumStep {
  requirementId: string;
  skillId: string;
  toLevel: Level;
  coverageAfter: number;
}

export interface PartnershipResult {
  employerId: string;
  pathwayId: string;
  rung: Rung;
  flags: Flag<PartnershipFlagCode>[];
  nextSteps: PartnershipStepCode[];
}

export type Rung = 0 | 1 | 2 | 3 | 4 | 5;

/** A flag, the first day of its current unbroken stretch, and the ids of the rows that raise it. */
export interface Flag<Code extends string> {
  code: Code;
  since: LocalDate;
  because: string[];
}

/** DOMAIN 4.4; `barrier-unowned` comes with students. */
export const COHORT_FLAG_CODES = [
  'built-outward',
  'credential-missing',
  'credential-unasked',
  'demand-stale',
  'educator-gap',
  'empty-highway',
  'no-local-demand',
  'oversupplied',
  'skills-gap',
] as const;
export type CohortFlagCode = (typeof COHORT_FLAG_CODES)[number];

/** DOMAIN 4.5. */
export const PARTNERSHIP_FLAG_CODES = [
  'advisory-only',
  'dormant',
  'promise-broken',
  'promise-untested',
  'requirements-stale',
  'rubber-stamp',
  'slipping',
] as const;
export type PartnershipFlagCode = (typeof PARTNERSHIP_FLAG_CODES)[number];

/** In the order in which EXACT lists them. */
export const PARTNERSHIP_STEP_CODES = [
  'confirm-evidence',
  'answer-activation',
  'review-requirements',
  'host-placement',
  'make-commitment',
] as const;
export type PartnershipStepCode = (typeof PARTNERSHIP_STEP_CODES)[number];
