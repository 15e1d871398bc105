import type { CohortFlagCode, PartnershipFlagCode } from '@throughway/vocabulary/alignment-result';

export type FlagCode = CohortFlagCode | PartnershipFlagCode;

/** What a flag is about; each subject has its own shape, so that flags differ without color. */
const SUBJECTS: Record<FlagCode, 'demand' | 'teaching' | 'credentials' | 'promises'> = {
  'empty-highway': 'demand',
  'no-local-demand': 'demand',
  oversupplied: 'demand',
  'demand-stale': 'demand',
  'skills-gap': 'teaching',
  'educator-gap': 'teaching',
  'built-outward': 'teaching',
  'credential-missing': 'credentials',
  'credential-unasked': 'credentials',
  'advisory-only': 'promises',
  dormant: 'promises',
  'promise-broken': 'promises',
  'promise-untested': 'promises',
  slipping: 'promises',
  'requirements-stale': 'demand',
  'rubber-stamp': 'teaching',
};

/** Outlines on a 12 × 12 grid: triangle, square, circle, diamond. */
const SHAPES = {
  demand: 'M6 1 11.5 11H.5Z',
  teaching: 'M1.5 1.5h9v9h-9Z',
  credentials: 'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1Z',
  promises: 'M6 0 12 6 6 12 0 6Z',
};

/** The SVG path of a flag's shape on a 12 × 12 grid. */
export function flagShape(code: FlagCode): string {
  return SHAPES[SUBJECTS[code]];
}
