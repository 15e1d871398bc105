/**
 * Parts of a record that may be shown to an employer after consent. Closed: what a student needs help with, the populations they belong
 * to and their guardians are never among them. Source: TRUST S3; 34 CFR 99.30(b)(1) ("specify the records").
 */
export const RECORD_PARTS = ['name', 'contact', 'grade', 'school'] as const;
export type RecordPart = (typeof RECORD_PARTS)[number];

/** Why they are shown. Source: 34 CFR 99.30(b)(2) ("state the purpose"). */
export const CONSENT_PURPOSES = ['placement', 'hiring', 'school-visit'] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];

/**
 * Where a consent stands on a day; the first that fits: `withdrawn`; `declined`; `expired`, answered or not; `asked` and unanswered;
 * `rights-moved`: given by whom the rights are not with any more; `in-force`.
 */
export const CONSENT_STATES = ['asked', 'in-force', 'declined', 'withdrawn', 'expired', 'rights-moved'] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

/** No consent reaches further ahead than this many months: it is asked for anew. */
export const LONGEST_CONSENT_MONTHS = 12;
