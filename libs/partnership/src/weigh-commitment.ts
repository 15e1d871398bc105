import type { Day } from '@throughway/vocabulary/local-date';
import {
  type Activation,
  type Commitment,
  type CommitmentKind,
  type Disposition,
  JOB_KINDS,
  type Requirement,
} from '@throughway/vocabulary/network';
import { NEVER } from './periods.js';

export type ActivationState = 'waiting' | 'kept' | 'broken' | 'withdrawn';

/** A commitment as a partnership sees it, with its activations. */
export interface WeighedCommitment {
  row: Commitment;
  isJob: boolean;
  appliesFrom: Day;
  activations: WeighedActivation[];
}

/** When an activation and its answer are known, and what the answer made of the promise if it came by the due date. */
export interface WeighedActivation {
  row: Activation;
  knownFrom: Day;
  answerKnownFrom: Day;
  /** `null`: the answer came late, does not keep the promise, or never came; the promise breaks when it falls due. */
  timelyAnswer: 'kept' | 'withdrawn' | null;
  /** The answer, at whatever time, was a job. */
  ledToJob: boolean;
}

const ANY_REASON = 'any';

/** Which answers keep which kind of promise, and with which reason (EXACT, Activations; DOMAIN 4.7). Absent = does not keep it. */
const KEEPING_ANSWERS: Record<CommitmentKind, Partial<Record<Disposition, string>>> = {
  'guaranteed-interview': { interview: ANY_REASON, offer: ANY_REASON, hired: ANY_REASON },
  'first-consideration': { interview: ANY_REASON, offer: ANY_REASON, hired: ANY_REASON, declined: ANY_REASON },
  'conditional-offer': { offer: ANY_REASON, hired: ANY_REASON, declined: 'condition-not-met' },
  'direct-hire': { offer: ANY_REASON, hired: ANY_REASON, declined: 'condition-not-met' },
  'apprenticeship-entry': { offer: ANY_REASON, hired: ANY_REASON, declined: 'condition-not-met' },
};

/**
 * Reads a commitment and its activations once. It is known from its opening; one without a pathway applies through its
 * requirement's occupation, and so not before that requirement is recorded, because until then it does not exist
 * (EXACT, Knowledge).
 */
export function weighCommitment(
  row: Commitment,
  requirement: Requirement,
  activations: readonly Activation[],
): WeighedCommitment {
  const appliesFrom = row.pathwayId === null ? Math.max(row.opensOn, requirement.recordedOn) : row.opensOn;
  return {
    row,
    isJob: JOB_KINDS.includes(row.kind),
    appliesFrom,
    activations: activations.map((activation) => weighActivation(activation, row.kind, appliesFrom)),
  };
}

function weighActivation(row: Activation, kind: CommitmentKind, appliesFrom: Day): WeighedActivation {
  const knownFrom = Math.max(row.activatedOn, appliesFrom);
  return {
    row,
    knownFrom,
    answerKnownFrom: Math.max(knownFrom, row.answeredOn ?? NEVER),
    timelyAnswer: row.answeredOn !== null && row.answeredOn <= row.dueOn ? timelyAnswer(row, kind) : null,
    ledToJob: row.disposition === 'offer' || row.disposition === 'hired',
  };
}

function timelyAnswer(row: Activation, kind: CommitmentKind): WeighedActivation['timelyAnswer'] {
  if (row.disposition === null) return null;
  if (row.disposition === 'withdrawn') return 'withdrawn';
  const reason = KEEPING_ANSWERS[kind][row.disposition];
  return reason === ANY_REASON || (reason !== undefined && reason === row.reason) ? 'kept' : null;
}

/**
 * What has become of an activation on `on`, knowing what is known on `known`; the activation itself must be known.
 * `waiting` covers both the unanswered and the wrongly answered before the due date has passed (EXACT, Activations).
 */
export function activationState(activation: WeighedActivation, known: Day, on: Day): ActivationState {
  if (activation.timelyAnswer !== null && activation.answerKnownFrom <= known) return activation.timelyAnswer;
  return activation.row.dueOn < on ? 'broken' : 'waiting';
}
