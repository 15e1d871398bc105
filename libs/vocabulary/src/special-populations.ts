/**
 * The groups by which outcomes are told apart. Source: Perkins V (20 U.S.C. 2302(48)), nine special populations; and
 * first-generation and rural (RUCC 4–9), which DOMAIN 3 adds.
 */
export const SPECIAL_POPULATIONS = [
  'disability',
  'economically-disadvantaged',
  'non-traditional-field',
  'single-parent',
  'out-of-workforce',
  'english-learner',
  'homeless',
  'foster-care',
  'parent-on-active-duty',
  'first-generation',
  'rural',
] as const;
export type SpecialPopulation = (typeof SPECIAL_POPULATIONS)[number];
