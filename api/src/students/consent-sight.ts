import { latestBirth } from '@throughway/calendar/latest-birth';
import { type Day, formatDay } from '@throughway/vocabulary/local-date';
import { AGE_OF_RIGHTS } from '@throughway/vocabulary/rights-holder';
import type { Actor } from '../platform/auth/actor.js';
import type { Line } from '../platform/auth/authorization.js';
import { type Given, type Sight, sightOf, type Terms } from '../platform/auth/sight.js';
import { studentSight } from './students.repository.js';

/** What a reading of consents is written with: conditions on `consent c`, `student s` and `organization o`, and their values. */
export interface ConsentSight {
  read: Sight['sql'];
  /** Whether its reader keeps the record, may answer, may withdraw. */
  keeps: Sight['sql'];
  answers: Sight['sql'];
  withdraws: Sight['sql'];
  /** A text[] in SQL. */
  parts: string;
  state: string;
  rightsHolder: string;
  values: readonly unknown[];
}

/** For someone signed in. */
export function consentSight(
  actor: Pick<Actor, 'personId' | 'roles'>,
  line: Extract<Line, `consent.${string}`>,
  today: Day,
): ConsentSight {
  const more: Terms = {
    giver: ({ value }) => `c.answered_by_id IS NOT DISTINCT FROM ${value(actor.personId, 'uuid')}`,
  };
  const read = studentSight(actor, line, today, { more });
  const keeps = studentSight(actor, 'consent.ask', today, { before: read.values });
  const answers = studentSight(actor, 'consent.answer', today, { before: keeps.values });
  const withdraws = studentSight(actor, 'consent.withdraw', today, { more, before: answers.values });
  const values = [...withdraws.values];
  return {
    read: read.sql,
    parts: read.parts,
    keeps: keeps.sql,
    answers: answers.sql,
    withdraws: withdraws.sql,
    ...stateOn(today, (given, type) => `$${values.push(given)}::${type}`),
    values,
  };
}

/**
 * For whom a link of one consent was mailed to: a guardian whom the record still names, while the rights are theirs, or the student
 * while they are the student's, as long as the record has the address to which it went. An address on both sides of a record opens
 * nothing.
 */
export function linkedConsentSight(
  { digest, guardianId, consentId }: { digest: Buffer; guardianId: string | null; consentId: string },
  today: Day,
): ConsentSight {
  const holder = guardianId === null ? 'student' : 'guardian';
  const values: unknown[] = [];
  const { rightsHolder, state } = stateOn(today, (given, type) => `$${values.push(given)}::${type}`);
  const named = ({ value }: Given): string =>
    guardianId === null
      ? `NOT EXISTS (SELECT FROM guardian g
          WHERE g.student_id = c.student_id AND g.ended_at IS NULL AND lower(g.email) = lower(s.email))`
      : `EXISTS (SELECT FROM guardian g WHERE g.guardian_id = ${value(guardianId, 'uuid')} AND g.student_id = c.student_id
          AND g.ended_at IS NULL AND lower(g.email) IS DISTINCT FROM lower(s.email))`;
  const address =
    guardianId === null ? 's.email' : '(SELECT g.email FROM guardian g WHERE g.guardian_id = l.guardian_id)';
  const link = (given: Given): string =>
    `(c.consent_id = ${given.value(consentId, 'uuid')} AND ${rightsHolder} = '${holder}' AND ${named(given)}
      AND EXISTS (SELECT FROM consent_link l WHERE l.digest = ${given.value(digest, 'bytea')} AND l.consent_id = c.consent_id
        AND l.address_digest = address_digest(${address})))`;
  const read = sightOf({ actor: null }, 'consent.by-link', { link }, values);
  return {
    read: read.sql,
    parts: read.parts,
    keeps: 'false',
    answers: 'true',
    withdraws: 'true',
    rightsHolder,
    state,
    values: read.values,
  };
}

/** Whose the rights are and how a consent stands on a day, in SQL. */
export function stateOn(today: Day, value: Given['value']): { rightsHolder: string; state: string } {
  const day = value(formatDay(today), 'date');
  const adultIfBornBy = value(formatDay(latestBirth(AGE_OF_RIGHTS, today)), 'date');
  const rightsHolder = `(CASE WHEN o.kind = 'college' OR s.born_on <= ${adultIfBornBy} THEN 'student' ELSE 'guardian' END)`;
  const state = `(CASE WHEN c.withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN c.answer = 'declined' THEN 'declined'
    WHEN c.until_on < ${day} THEN 'expired' WHEN c.answer IS NULL THEN 'asked'
    WHEN c.answered_as <> ${rightsHolder} THEN 'rights-moved' ELSE 'in-force' END)`;
  return { rightsHolder, state };
}
