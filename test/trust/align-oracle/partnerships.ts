import { isJob, isOpen, isStale, exists, type Flag } from './cohorts.ts';
import { fromDay } from './days.ts';
import type { Activation, Commitment, Evidence, Network, Pathway, Requirement } from './read-folder.ts';

const RUNG_OF_KIND = new Map<string, number>();
const kinds = (rung: number, names: string): void => names.split(' ').forEach((name) => RUNG_OF_KIND.set(name, rung));
kinds(1, 'meeting survey letter logo speaker tour mock-interview career-fair job-shadow');
kinds(2, 'teaching-hours mentoring-hours equipment funding externship-hosted work-assessed unpaid-placement');
kinds(2, 'curriculum-receipt');
kinds(3, 'paid-placement apprenticeship clinical wage-offer hire');
const VERIFIED_IN_FULL = new Set(['paid-placement', 'apprenticeship', 'clinical']);
const STAMPS = new Set(['meeting', 'survey', 'letter']);

/** What is known of an employer and a pathway on one day; answers and confirmations that lie later are blank. */
interface Known {
  evidence: Evidence[];
  /** Those that apply. */
  commitments: Commitment[];
  /** Of the commitments that apply. */
  activations: Activation[];
}

const blankAfter = (date: number | null, day: number): number | null => (date !== null && date <= day ? date : null);

function knownOn(network: Network, employerId: string, pathway: Pathway, day: number): Known {
  const applies = ({ pathwayId, requirement }: Commitment): boolean =>
    pathwayId === '' ? exists(requirement, day) && pathway.targets.has(requirement.soc) : pathwayId === pathway.id;
  const commitments = network.commitments.filter((c) => c.employerId === employerId && c.opensOn <= day && applies(c));
  return {
    evidence: network.evidence
      .filter((row) => row.employerId === employerId && row.pathwayId === pathway.id)
      .filter((row) => row.recordedOn <= day && row.occurredOn <= day)
      .map((row) => ({
        ...row,
        confirmedOn: blankAfter(row.confirmedOn, day),
        agreementOn: blankAfter(row.agreementOn, day),
        evaluatedOn: blankAfter(row.evaluatedOn, day),
      })),
    commitments,
    activations: network.activations
      .filter((activation) => commitments.includes(activation.commitment) && activation.activatedOn <= day)
      .map((activation) =>
        blankAfter(activation.answeredOn, day) === null
          ? { ...activation, answeredOn: null, disposition: '', reason: '' }
          : activation,
      ),
  };
}

const isListed = (known: Known): boolean => known.evidence.length > 0 || known.commitments.length > 0;

function counts(row: Evidence, d: number): boolean {
  if (row.confirmedOn === null || row.confirmedOn > d || d - row.occurredOn > 365) return false;
  if (row.recordedOn - row.occurredOn > 30 && !row.secondPerson) return false;
  if (row.kind === 'unpaid-placement') return row.hasQuantity;
  if (!VERIFIED_IN_FULL.has(row.kind)) return true;
  const signed = row.agreementOn !== null && row.agreementOn <= d;
  return row.hasQuantity && signed && row.evaluatedOn !== null && row.evaluatedOn <= d;
}

function isKept(a: Activation): boolean {
  if (a.answeredOn === null || a.answeredOn > a.dueOn) return false;
  if (a.commitment.kind === 'guaranteed-interview') return ['interview', 'offer', 'hired'].includes(a.disposition);
  if (a.commitment.kind === 'first-consideration')
    return ['interview', 'offer', 'hired', 'declined'].includes(a.disposition);
  return (
    ['offer', 'hired'].includes(a.disposition) || (a.disposition === 'declined' && a.reason === 'condition-not-met')
  );
}

const isWithdrawn = (a: Activation): boolean =>
  a.disposition === 'withdrawn' && a.answeredOn !== null && a.answeredOn <= a.dueOn;
const fellDue = (a: Activation, d: number): boolean => a.dueOn < d && !isWithdrawn(a);
const isBroken = (a: Activation, d: number): boolean => fellDue(a, d) && !isKept(a);

/** Kept and all of the kept rate. */
function keptRate(known: Known, d: number): { kept: number; all: number } {
  const judged = known.activations.filter((a) => fellDue(a, d) && d - a.dueOn <= 365);
  return { kept: judged.filter(isKept).length, all: judged.length };
}

function earliestJob(known: Known): Commitment | undefined {
  return known.commitments
    .filter(isJob)
    .sort((a, b) => a.opensOn - b.opensOn || (a.id < b.id ? -1 : 1))
    .at(0);
}

/** The rung on a day by what is known, which may be the knowledge of an earlier day (slipping). */
function rungOn(known: Known, d: number): number {
  const counted = known.evidence.filter((row) => counts(row, d));
  const holds = [true, false, false, false, false, false];
  for (const row of counted) holds[RUNG_OF_KIND.get(row.kind)!] = true;
  const first = earliestJob(known);
  const untouched = !known.activations.some((a) => fellDue(a, d));
  if (first && isOpen(first, d) && d - first.opensOn <= 180 && untouched) holds[2] = true;
  const led = known.activations.some(
    (a) => ['offer', 'hired'].includes(a.disposition) && a.answeredOn !== null && d - a.answeredOn <= 365,
  );
  const { kept, all } = keptRate(known, d);
  holds[4] = known.commitments.some((c) => isOpen(c, d) && (isJob(c) || led)) && all > 0 && kept * 2 >= all;
  const cohorts = new Set(known.activations.filter((a) => isKept(a) && a.cohortId !== '').map((a) => a.cohortId));
  holds[5] = holds[4] && counted.some((row) => row.kind === 'curriculum-receipt') && cohorts.size >= 2;
  const broken = known.activations.filter((a) => isBroken(a, d));
  const lastBroken = Math.max(...broken.map((a) => a.dueOn));
  const mended = known.activations.some((a) => isKept(a) && a.answeredOn! > lastBroken);
  const capped = broken.length > 0 && !mended;
  return holds.slice(0, capped ? 4 : 6).lastIndexOf(true);
}

const slips = (known: Known, d: number): boolean => {
  const rung = rungOn(known, d);
  for (let day = d + 1; day <= d + 60; day += 1) if (rungOn(known, day) < rung) return true;
  return false;
};

const staleOf = (network: Network, employerId: string, pathway: Pathway, d: number): Requirement[] =>
  network.requirements.filter((r) => r.employerId === employerId && pathway.targets.has(r.soc) && isStale(r, d));

function isStampedAfter(network: Network, employerId: string, pathway: Pathway, d: number): boolean {
  const adopted = network.versions.filter((v) => v.pathway === pathway && v.adoptedOn <= d).map((v) => v.adoptedOn);
  if (adopted.length === 0) return false;
  const latest = Math.max(...adopted);
  const recorded = network.requirements.filter((r) => exists(r, d));
  const inReach = recorded.filter((r) => pathway.institution.reach.has(r.county)).map((r) => r.recordedOn);
  const own = recorded
    .filter((r) => r.employerId === employerId && pathway.targets.has(r.soc))
    .map((r) => r.recordedOn);
  return inReach.length > 0 && Math.min(...inReach) < latest && (own.length === 0 || latest < Math.min(...own));
}

const ids = (items: { id: string }[]): string[] => items.map((item) => item.id).sort();

/** One flag's because on a day, or null when it does not stand; each is asked on its own, so that replaying stays simple. */
type Judge = (network: Network, employerId: string, pathway: Pathway, known: Known, d: number) => string[] | null;

const JUDGES: Record<string, Judge> = {
  'advisory-only': (_n, _e, _p, known, d) =>
    rungOn(known, d) === 1 ? ids(known.evidence.filter((row) => counts(row, d))) : null,
  dormant: (_n, _e, _p, known, d) => (rungOn(known, d) === 0 ? ids(known.evidence) : null),
  'promise-broken': (_n, _e, _p, known, d) => {
    const recent = known.activations.filter((a) => isBroken(a, d) && d - a.dueOn <= 365);
    const { kept, all } = keptRate(known, d);
    return recent.length > 0 || kept * 2 < all ? ids(recent) : null;
  },
  'promise-untested': (_n, _e, _p, known, d) => {
    const untested = known.commitments.filter(
      (c) => isOpen(c, d) && d - c.opensOn > 180 && !known.activations.some((a) => a.commitment === c && fellDue(a, d)),
    );
    return untested.length > 0 ? ids(untested) : null;
  },
  'requirements-stale': (network, employerId, pathway, _known, d) => {
    const stale = staleOf(network, employerId, pathway, d);
    return stale.length > 0 ? ids(stale) : null;
  },
  'rubber-stamp': (network, employerId, pathway, known, d) => {
    const stamps = known.evidence.filter((row) => counts(row, d) && STAMPS.has(row.kind));
    return stamps.length > 0 && isStampedAfter(network, employerId, pathway, d) ? ids(stamps) : null;
  },
  slipping: (_n, _e, _p, known, d) => (slips(known, d) ? ids(known.evidence) : null),
};

function nextSteps(network: Network, employerId: string, pathway: Pathway, known: Known, d: number): string[] {
  const rung = rungOn(known, d);
  const confirmed = known.evidence.map((row) => ({ ...row, confirmedOn: row.confirmedOn ?? d }));
  const steps: [string, boolean][] = [
    ['confirm-evidence', rungOn({ ...known, evidence: confirmed }, d) > rung],
    ['answer-activation', known.activations.some((a) => a.answeredOn === null)],
    ['review-requirements', staleOf(network, employerId, pathway, d).length > 0],
    ['host-placement', rung < 3],
    ['make-commitment', rung >= 3 && !known.commitments.some((c) => isOpen(c, d))],
  ];
  return steps.filter(([, holds]) => holds).map(([code]) => code);
}

export interface PartnershipResult {
  employerId: string;
  pathwayId: string;
  rung: number;
  flags: Flag[];
  nextSteps: string[];
}

/** The partnership of an employer and a pathway on the as-of day, or null when nothing of it is known. */
export function partnershipOf(
  network: Network,
  employerId: string,
  pathway: Pathway,
  asOf: number,
): PartnershipResult | null {
  const known = knownOn(network, employerId, pathway, asOf);
  if (!isListed(known)) return null;
  const flags: Flag[] = [];
  for (const [code, judge] of Object.entries(JUDGES)) {
    const because = judge(network, employerId, pathway, known, asOf);
    if (because === null) continue;
    let since = asOf;
    for (;;) {
      const before = knownOn(network, employerId, pathway, since - 1);
      if (!isListed(before) || judge(network, employerId, pathway, before, since - 1) === null) break;
      since -= 1;
    }
    flags.push({ code, since: fromDay(since), because });
  }
  return {
    employerId,
    pathwayId: pathway.id,
    rung: rungOn(known, asOf),
    flags: flags.sort((a, b) => (a.code < b.code ? -1 : 1)),
    nextSteps: nextSteps(network, employerId, pathway, known, asOf),
  };
}
