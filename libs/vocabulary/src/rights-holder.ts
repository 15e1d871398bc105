import type { OrganizationKind } from './roles.js';

/** Who decides over a student's record. */
export const RIGHTS_HOLDERS = ['guardian', 'student'] as const;
export type RightsHolder = (typeof RIGHTS_HOLDERS)[number];

/** From this age on the rights over a record are the student's own. Source: 34 CFR 99.3 ("eligible student"), 99.5(a). */
export const AGE_OF_RIGHTS = 18;

/** Nobody younger is stored. Source: TRUST; 15 U.S.C. 6501(1), where a "child" is under 13. */
export const LEAST_AGE = 13;

/**
 * Who decides over the record that an organization of this `kind` keeps of someone `age` years old: the guardian until the 18th
 * birthday, then the student. Who attends an institution of postsecondary education holds the rights over its records at any age.
 * Source: 34 CFR 99.3 ("eligible student"), 99.5(a).
 */
export function rightsHolder(age: number, kind: OrganizationKind): RightsHolder {
  return age >= AGE_OF_RIGHTS || kind === 'college' ? 'student' : 'guardian';
}
