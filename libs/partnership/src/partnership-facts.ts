import { compareIds } from '@throughway/vocabulary/compare-ids';
import type { Day } from '@throughway/vocabulary/local-date';
import type { Evidence, Requirement } from '@throughway/vocabulary/network';
import { APPROVAL_KINDS } from './evidence-kinds.js';
import { CURRENT_DAYS, NEVER, UNTESTED_DAYS } from './periods.js';
import { indexSpans, type Spans } from './spans.js';
import type { WeighedActivation, WeighedCommitment } from './weigh-commitment.js';
import { weighEvidence, type WeighedEvidence } from './weigh-evidence.js';

/** The rows that one employer × pathway rests on, whenever they become known. */
export interface PartnershipRows {
  employerId: string;
  pathwayId: string;
  evidence: Evidence[];
  /** All that ever apply to the pathway. */
  commitments: WeighedCommitment[];
  /** The employer's, with a SOC that the pathway targets. */
  requirements: Requirement[];
  /** Adoption days of the pathway's versions. */
  adoptedOn: Day[];
  /** Of anybody's requirement in the institution's reach; `NEVER` without one. */
  firstRequirementInReachOn: Day;
}

/** Everything needed to judge one partnership on any day, in any state of knowledge. */
export interface PartnershipFacts extends Omit<PartnershipRows, 'evidence' | 'requirements'> {
  /** By opening day, then id. */
  commitments: WeighedCommitment[];
  evidence: WeighedEvidence[];
  counted: EvidenceSpans;
  activations: WeighedActivation[];
  jobWindows: Spans;
  interviewWindows: Spans;
  /** Offers and hires that answered an activation, while they still speak. */
  jobAnswers: Spans;
  requirements: { requirementId: string; recordedOn: Day; staleFrom: Day }[];
  /** First day with evidence or an applying commitment. */
  firstKnownOn: Day;
  /** Ascending days on which the mere passing of time may change the rung. */
  lapses: Day[];
}

/** Evidence by what it can carry. */
export interface EvidenceSpans {
  1: Spans;
  2: Spans;
  3: Spans;
  curriculumReceipt: Spans;
  approval: Spans;
}

/** Prepares one partnership for judgment. O(n log n) in its own rows. */
export function describePartnership(rows: PartnershipRows): PartnershipFacts {
  const evidence = rows.evidence.map(weighEvidence);
  const activations = rows.commitments.flatMap((commitment) => commitment.activations);
  const windows = (isJob: boolean): Spans =>
    indexSpans(
      rows.commitments
        .filter((commitment) => commitment.isJob === isJob)
        .map((commitment) => ({ from: commitment.appliesFrom, until: commitment.row.closesOn })),
    );
  return {
    ...rows,
    commitments: [...rows.commitments].sort(byOpening),
    evidence,
    counted: spanEvidence(evidence, (item) => item.countsFrom),
    activations,
    jobWindows: windows(true),
    interviewWindows: windows(false),
    jobAnswers: indexSpans(
      activations
        .filter((activation) => activation.ledToJob)
        .map((activation) => ({
          from: activation.answerKnownFrom,
          until: (activation.row.answeredOn ?? NEVER) + CURRENT_DAYS,
        })),
    ),
    requirements: rows.requirements.map(({ requirementId, recordedOn, effectiveOn, reviewBy }) => ({
      requirementId,
      recordedOn,
      staleFrom: Math.max(recordedOn, effectiveOn, reviewBy + 1),
    })),
    firstKnownOn: earliest([
      ...evidence.map((item) => item.knownFrom),
      ...rows.commitments.map((commitment) => commitment.appliesFrom),
    ]),
    lapses: lapses(evidence, rows.commitments),
  };
}

/** Indexes evidence that begins to count on the day that `from` says: as recorded, or as if everything were confirmed. */
export function spanEvidence(
  evidence: readonly WeighedEvidence[],
  from: (item: WeighedEvidence) => Day,
): EvidenceSpans {
  const spans = (wanted: (item: WeighedEvidence) => boolean): Spans =>
    indexSpans(evidence.filter(wanted).map((item) => ({ from: from(item), until: item.countsUntil })));
  return {
    1: spans((item) => item.rung === 1),
    2: spans((item) => item.rung === 2),
    3: spans((item) => item.rung === 3),
    curriculumReceipt: spans((item) => item.row.kind === 'curriculum-receipt'),
    approval: spans((item) => APPROVAL_KINDS.has(item.row.kind)),
  };
}

function byOpening({ row: a }: WeighedCommitment, { row: b }: WeighedCommitment): number {
  return a.opensOn - b.opensOn || compareIds(a.commitmentId, b.commitmentId);
}

function lapses(evidence: readonly WeighedEvidence[], commitments: readonly WeighedCommitment[]): Day[] {
  const days = new Set<Day>();
  for (const item of evidence) if (item.countsFrom <= item.countsUntil) days.add(item.countsUntil + 1);
  for (const { row, activations } of commitments) {
    days.add(row.closesOn + 1).add(row.opensOn + UNTESTED_DAYS + 1);
    for (const { row: activation, ledToJob } of activations) {
      days.add(activation.dueOn + 1).add(activation.dueOn + CURRENT_DAYS + 1);
      if (ledToJob && activation.answeredOn !== null) days.add(activation.answeredOn + CURRENT_DAYS + 1);
    }
  }
  return [...days].sort((a, b) => a - b);
}

function earliest(days: readonly Day[]): Day {
  return days.reduce((first, day) => Math.min(first, day), NEVER);
}
