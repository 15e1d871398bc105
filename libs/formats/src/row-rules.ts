import type { Day } from '@throughway/vocabulary/local-date';
import type { Activation, Commitment, Network, Requirement } from '@throughway/vocabulary/network';
import { formatDay } from '@throughway/vocabulary/local-date';
import { quoteCell } from './format-problem.js';

/** A breach of a rule: the column to blame, what stands there, and what the rule asks. */
export interface Breach {
  column: string;
  found: string;
  expected: string;
}

/** Rows by their single-field key, for the kinds that other rows refer to; fields whose cells could not be read are absent. */
export type FindRow = <Kind extends keyof Network>(
  kind: Kind,
  id: string | null | undefined,
) => Partial<Network[Kind][number]> | undefined;

type Rule<Row> = (row: Partial<Row>, find: FindRow) => Breach | null;

/**
 * Rules between cells and between files (EXACT, Errors), per kind of row. A rule is silent where a cell that it needs could not be
 * read or a row that it needs is absent, since that is an error of its own.
 */
export const ROW_RULES: { readonly [Kind in keyof Network]?: readonly Rule<Network[Kind][number]>[] } = {
  requirements: [
    siteOfEmployer,
    ({ effectiveOn, reviewBy }) => notBefore('review_by', reviewBy, 'effective_on', effectiveOn),
  ],
  commitments: [
    siteOfEmployer,
    requirementOfEmployer,
    ({ opensOn, closesOn }) => notBefore('closes_on', closesOn, 'opens_on', opensOn),
  ],
  activations: [
    ({ activatedOn, commitmentId }, find) =>
      notBefore('activated_on', activatedOn, "its commitment's opens_on", find('commitments', commitmentId)?.opensOn),
    answerHasBothParts,
  ],
  evidence: [siteOfEmployer],
};

function notBefore(column: string, day: Day | undefined, earlierName: string, earlier: Day | undefined): Breach | null {
  if (day === undefined || earlier === undefined || day >= earlier) return null;
  return {
    column,
    found: quoteCell(formatDay(day)),
    expected: `a date not before ${earlierName} (${formatDay(earlier)})`,
  };
}

function siteOfEmployer(
  { siteId, employerId }: Partial<Pick<Requirement, 'employerId'> & { siteId: string | null }>,
  find: FindRow,
): Breach | null {
  return sameEmployer('site_id', siteId, 'a site', find('sites', siteId), employerId, find);
}

function requirementOfEmployer({ requirementId, employerId }: Partial<Commitment>, find: FindRow): Breach | null {
  return sameEmployer(
    'requirement_id',
    requirementId,
    'a requirement',
    find('requirements', requirementId),
    employerId,
    find,
  );
}

/** Silent where the owner named is itself unknown, since that is the error then. */
function sameEmployer(
  column: string,
  id: string | null | undefined,
  what: string,
  owned: { employerId?: string } | undefined,
  employerId: string | undefined,
  find: FindRow,
): Breach | null {
  const owner = owned?.employerId;
  if (!id || employerId === undefined || owner === undefined || owner === employerId) return null;
  if (!find('employers', owner)) return null;
  return {
    column,
    found: `${quoteCell(id)}, which belongs to employer ${quoteCell(owner)}`,
    expected: `${what} of employer ${quoteCell(employerId)}`,
  };
}

function answerHasBothParts({ answeredOn, disposition }: Partial<Activation>): Breach | null {
  if (answeredOn === undefined || disposition === undefined || (answeredOn === null) === (disposition === null))
    return null;
  return answeredOn === null
    ? { column: 'answered_on', found: 'a blank cell', expected: 'the date of the answer, since disposition is filled' }
    : { column: 'disposition', found: 'a blank cell', expected: 'the answer given, since answered_on is filled' };
}
