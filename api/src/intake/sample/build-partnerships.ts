import type { Day } from '@throughway/vocabulary/local-date';
import type { Cohort, Commitment, Evidence, EvidenceKind, Network, Requirement } from '@throughway/vocabulary/network';
import { requirementIdOf, siteIdOf } from './build-demand.js';
import { PARTNERSHIPS, type SamplePartnership } from './partnerships.js';
import { pathwayOf } from './pathways.js';
import type { SeededRandom } from './seeded-random.js';
import { storyOf, type Story, type StoryEvent } from './stories.js';
import { addWeekdays, weekdayOnOrBefore } from './weekdays.js';

type PartnershipRows = Pick<Network, 'evidence' | 'commitments' | 'activations'>;

/** What happened between employers and pathways: dated evidence, promises, and how they were answered. */
export function buildPartnerships(
  { requirements, cohorts }: Pick<Network, 'requirements' | 'cohorts'>,
  asOf: Day,
  random: SeededRandom,
): PartnershipRows {
  const rows: PartnershipRows = { evidence: [], commitments: [], activations: [] };
  for (const partnership of PARTNERSHIPS) {
    const story: Story = storyOf(partnership.story);
    const name = `${partnership.employer}-${partnership.pathway}`;
    story.events.forEach((event, i) =>
      rows.evidence.push(evidenceRow(`evidence-${name}-${i + 1}`, partnership, event, asOf, random)),
    );
    if (story.promise === undefined) continue;
    const commitment = commitmentRow(`promise-${name}`, partnership, story.promise, requirements, asOf, random);
    rows.commitments.push(commitment);
    const graduates = cohorts.filter(({ versionId }) => versionId.startsWith(`${partnership.pathway}-v`));
    addActivations(rows, commitment, story.promise, graduates, asOf);
  }
  return rows;
}

/** Stays that need a signed agreement, verified hours and a final evaluation. */
const PLACEMENTS: ReadonlySet<EvidenceKind> = new Set([
  'paid-placement',
  'apprenticeship',
  'clinical',
  'unpaid-placement',
]);

function evidenceRow(
  evidenceId: string,
  { employer, pathway }: SamplePartnership,
  event: StoryEvent,
  asOf: Day,
  random: SeededRandom,
): Evidence {
  const occurredOn = weekdayOnOrBefore(asOf - event.daysAgo + random.between(-4, 4));
  const late = event.paper?.startsWith('recorded-late') ?? false;
  const recordedOn = addWeekdays(occurredOn, late ? random.between(32, 48) : random.between(1, 6));
  const placed = PLACEMENTS.has(event.kind);
  return {
    evidenceId,
    employerId: employer,
    pathwayId: pathway,
    siteId: placed ? siteIdOf(employer) : null,
    kind: event.kind,
    occurredOn,
    recordedOn,
    confirmedOn: event.paper === 'unconfirmed' ? null : addWeekdays(recordedOn, random.between(1, 6)),
    secondPerson: event.paper === 'recorded-late-with-second-person',
    quantity: event.quantity ?? 0,
    agreementOn: placed ? weekdayOnOrBefore(occurredOn - random.between(50, 80)) : null,
    evaluatedOn: placed ? addWeekdays(occurredOn, random.between(1, 4)) : null,
  };
}

const ANSWER_WITHIN_DAYS = 10;

function commitmentRow(
  commitmentId: string,
  { employer, pathway, seats, kind, anyPathway }: SamplePartnership,
  promise: NonNullable<Story['promise']>,
  requirements: Requirement[],
  asOf: Day,
  random: SeededRandom,
): Commitment {
  const requirementId = requirementIdOf(employer, pathwayOf(pathway).trade);
  const requirement = requirements.find((row) => row.requirementId === requirementId);
  if (requirement === undefined || seats === undefined) throw new RangeError(`${commitmentId} has no role or no seats`);
  const floor = requirement.wageFloorHourlyCents;
  return {
    commitmentId,
    employerId: employer,
    siteId: requirement.siteId,
    requirementId,
    pathwayId: anyPathway === true ? null : pathway,
    kind: kind ?? promise.kind,
    seats,
    wageFloorHourlyCents: floor === null ? null : floor + random.pick([0, 25, 50]),
    opensOn: weekdayOnOrBefore(asOf - promise.openedDaysAgo),
    closesOn: weekdayOnOrBefore(asOf + promise.closesInDays),
    answerWithinDays: ANSWER_WITHIN_DAYS,
  };
}

/** Each call comes from the class that had completed last when it was made; from no class when the sample remembers none so old. */
function addActivations(
  rows: PartnershipRows,
  { commitmentId }: Commitment,
  { activations }: NonNullable<Story['promise']>,
  graduates: Cohort[],
  asOf: Day,
): void {
  activations.forEach(({ daysAgo, answer }, i) => {
    const activatedOn = weekdayOnOrBefore(asOf - daysAgo);
    const from = graduates
      .filter(({ completesOn }) => completesOn <= activatedOn)
      .sort((a, b) => b.completesOn - a.completesOn)[0];
    rows.activations.push({
      activationId: `call-${commitmentId}-${i + 1}`,
      commitmentId,
      activatedOn,
      dueOn: addWeekdays(activatedOn, ANSWER_WITHIN_DAYS),
      answeredOn: answer === undefined ? null : weekdayOnOrBefore(activatedOn + answer.afterDays),
      disposition: answer?.disposition ?? null,
      reason: answer?.reason ?? null,
      cohortId: from?.cohortId ?? null,
    });
  });
}
