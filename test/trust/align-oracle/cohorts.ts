import { addMonths, fromDay } from './days.ts';
import { add, compare, decimal, minus, over, ratio, toDouble, type Rational } from './rational.ts';
import type { Cohort, Commitment, Network, Requirement, Version } from './read-folder.ts';
import type { Seating } from './seats.ts';

const JOB_KINDS = new Set(['direct-hire', 'conditional-offer', 'apprenticeship-entry']);
const TAKES_A_SEAT = new Set(['hired', 'offer', 'interview']);

export const isJob = (commitment: Commitment): boolean => JOB_KINDS.has(commitment.kind);
export const isOpen = (commitment: Commitment, d: number): boolean =>
  commitment.opensOn <= d && d <= commitment.closesOn;
export const exists = (requirement: Requirement, d: number): boolean => requirement.recordedOn <= d;
export const isLive = (requirement: Requirement, d: number): boolean =>
  exists(requirement, d) && requirement.effectiveOn <= d && d <= requirement.reviewBy;
export const isStale = (requirement: Requirement, d: number): boolean =>
  exists(requirement, d) && requirement.effectiveOn <= d && requirement.reviewBy < d;

const unique = (ids: string[]): string[] => [...new Set(ids)].sort();
const idsOf = (items: { id: string }[]): string[] => unique(items.map((item) => item.id));

/** Open seats of a commitment on a day, by what is known on that day (EXACT, Seats). */
export function openSeats(network: Network, commitment: Commitment, d: number): number {
  if (!isOpen(commitment, d)) return 0;
  const taken = network.activations.filter((activation) => {
    if (activation.commitment !== commitment || activation.activatedOn > d) return false;
    const answered = activation.answeredOn !== null && activation.answeredOn <= d;
    return answered ? TAKES_A_SEAT.has(activation.disposition) : activation.dueOn >= d;
  });
  return Math.max(0, commitment.seats - taken.length);
}

function openJobSeats(network: Network, requirement: Requirement, d: number): number {
  const jobs = network.commitments.filter((commitment) => commitment.requirement === requirement && isJob(commitment));
  return jobs.reduce((sum, commitment) => sum + openSeats(network, commitment, d), 0);
}

/** Promised and posted seats of a requirement, no seat twice. */
export const seatsOf = (network: Network, requirement: Requirement, d: number): number =>
  Math.max(requirement.headcount, openJobSeats(network, requirement, d));

const taught = (version: Version, skillId: string): number =>
  Math.max(0, ...version.units.flatMap((unit) => unit.skills.filter((s) => s.skillId === skillId).map((s) => s.level)));

const dayOne = (requirement: Requirement): Requirement['skills'] =>
  requirement.skills.filter((skill) => skill.necessity === 'day-one');

const sumOf = (parts: Rational[]): Rational => parts.reduce(add, ratio(0));

export function coverageOf(requirement: Requirement, version: Version): Rational | null {
  const skills = dayOne(requirement);
  if (skills.length === 0) return null;
  const met = skills.map((s) => ratio(s.weight * Math.min(taught(version, s.skillId), s.level), s.level));
  return over(sumOf(met), sumOf(skills.map((s) => ratio(s.weight))));
}

const gapsOf = (requirement: Requirement, version: Version): Requirement['skills'] =>
  dayOne(requirement).filter((skill) => taught(version, skill.skillId) < skill.level);

const missingOf = (requirement: Requirement, version: Version): string[] =>
  requirement.credentials
    .filter((line) => line.necessity === 'required' && !version.credentials.has(line.credentialId))
    .map((line) => line.credentialId)
    .sort();

const isReady = (requirement: Requirement, version: Version): boolean =>
  gapsOf(requirement, version).length === 0 && missingOf(requirement, version).length === 0;

const inReach = (requirement: Requirement, cohort: Cohort): boolean =>
  cohort.version.pathway.institution.reach.has(requirement.county);
const isTarget = (requirement: Requirement, cohort: Cohort): boolean =>
  cohort.version.pathway.targets.has(requirement.soc);

export const mineOf = (network: Network, cohort: Cohort, d: number): Requirement[] =>
  network.requirements.filter((r) => isLive(r, d) && inReach(r, cohort) && isTarget(r, cohort));

interface Covered {
  requirement: Requirement;
  coverage: Rational | null;
}

function byCoverageThenId(a: Covered, b: Covered): number {
  if (a.coverage !== null && b.coverage !== null && compare(a.coverage, b.coverage) !== 0)
    return -compare(a.coverage, b.coverage);
  if ((a.coverage === null) !== (b.coverage === null)) return a.coverage === null ? 1 : -1;
  return a.requirement.id < b.requirement.id ? -1 : 1;
}

const covered = (requirements: Requirement[], version: Version): Covered[] =>
  requirements
    .map((requirement) => ({ requirement, coverage: coverageOf(requirement, version) }))
    .sort(byCoverageThenId);

export function matchesOf(network: Network, cohort: Cohort, d: number): unknown[] {
  const { version } = cohort;
  const others = network.requirements.filter((r) => isLive(r, d) && inReach(r, cohort) && !isTarget(r, cohort));
  const ten = covered(others, version)
    .filter(({ coverage }) => coverage !== null && coverage.n > 0n)
    .slice(0, 10);
  const listed = covered([...mineOf(network, cohort, d), ...ten.map(({ requirement }) => requirement)], version);
  return listed.map(({ requirement, coverage }) => ({
    requirementId: requirement.id,
    coverage: coverage && toDouble(coverage),
    gaps: gapsOf(requirement, version)
      .map((s) => ({ skillId: s.skillId, taught: taught(version, s.skillId), required: s.level }))
      .sort((a, b) => (a.skillId < b.skillId ? -1 : 1)),
    missingCredentials: missingOf(requirement, version),
    ready: isReady(requirement, version),
  }));
}

export function orphansOf(
  network: Network,
  cohort: Cohort,
  d: number,
): { orphanHours: number; orphanShare: number | null } {
  const asked = new Set(
    network.requirements
      .filter((r) => isLive(r, d) && inReach(r, cohort))
      .flatMap((r) => r.skills.map((s) => s.skillId)),
  );
  const { units } = cohort.version;
  const orphans = units.filter((u) => u.skills.length > 0 && u.skills.every((s) => !asked.has(s.skillId)));
  const hours = (list: Version['units']): Rational => sumOf(list.map((unit) => decimal(unit.hours)));
  const all = hours(units);
  return {
    orphanHours: toDouble(hours(orphans)),
    orphanShare: all.n === 0n ? null : toDouble(over(hours(orphans), all)),
  };
}

export function nextStepsOf(network: Network, cohort: Cohort, d: number): unknown[] {
  const { version } = cohort;
  const best = covered(mineOf(network, cohort, d), version).find(
    ({ requirement, coverage }) => coverage !== null && !isReady(requirement, version),
  );
  if (!best) return [];
  const { requirement } = best;
  const allWeight = ratio(dayOne(requirement).reduce((sum, s) => sum + s.weight, 0));
  return gapsOf(requirement, version)
    .map((s) => ({ ...s, lost: minus(ratio(s.weight), ratio(s.weight * taught(version, s.skillId), s.level)) }))
    .sort((a, b) => -compare(a.lost, b.lost) || (a.skillId < b.skillId ? -1 : 1))
    .map((s) => ({
      requirementId: requirement.id,
      skillId: s.skillId,
      toLevel: s.level,
      coverageAfter: toDouble(add(best.coverage!, over(s.lost, allWeight))),
    }));
}

/** Openings of the target occupations in the area's latest vintage; absent is 0. */
function openingsOf(network: Network, cohort: Cohort): Rational {
  const { areaId } = cohort.version.pathway.institution;
  const ofArea = network.projections.filter((row) => row.areaId === areaId);
  const latest = ofArea
    .map((row) => row.vintage)
    .sort()
    .at(-1);
  const counted = ofArea.filter((row) => row.vintage === latest && cohort.version.pathway.targets.has(row.soc));
  return sumOf(counted.map((row) => decimal(row.openings)));
}

export const isInRun = (cohort: Cohort, d: number): boolean => d <= cohort.completesOn && cohort.completesOn < d + 365;

/** The nodes and the eligible pairs of DOMAIN 4.3; millionths are rounded down. */
export function seatingOf(network: Network, d: number, threshold: Rational): Seating {
  const cohorts = network.cohorts.filter((cohort) => isInRun(cohort, d));
  const seating: Seating = { cohorts: cohorts.map(({ id, completers }) => ({ id, completers })), nodes: [], edges: [] };
  const place = (requirement: Requirement, commitment: Commitment | null, capacity: number): void => {
    const node = seating.nodes.length;
    seating.nodes.push({ requirementId: requirement.id, commitmentId: commitment?.id ?? null, capacity });
    cohorts.forEach((cohort, index) => {
      const coverage = coverageOf(requirement, cohort.version);
      if (!inReach(requirement, cohort) || !isTarget(requirement, cohort) || coverage === null) return;
      if (compare(coverage, threshold) < 0 || missingOf(requirement, cohort.version).length > 0) return;
      if (commitment && !isOpen(commitment, cohort.completesOn)) return;
      if (commitment && commitment.pathwayId !== '' && commitment.pathwayId !== cohort.version.pathway.id) return;
      seating.edges.push({ cohort: index, node, millionths: (1_000_000n * coverage.n) / coverage.d });
    });
  };
  for (const requirement of network.requirements.filter((r) => isLive(r, d))) {
    for (const commitment of network.commitments) {
      if (commitment.requirement !== requirement || !isJob(commitment) || !isOpen(commitment, d)) continue;
      place(requirement, commitment, openSeats(network, commitment, d));
    }
    place(requirement, null, Math.max(0, requirement.headcount - openJobSeats(network, requirement, d)));
  }
  return seating;
}

function isOversupplied(network: Network, cohort: Cohort, d: number): boolean {
  const { institution, targets } = cohort.version.pathway;
  const rivals = network.cohorts.filter((other) => {
    const theirs = other.version.pathway;
    const samePlace =
      institution.areaId === null
        ? theirs.institution.areaId === null && theirs.institution.county === institution.county
        : theirs.institution.areaId === institution.areaId;
    return isInRun(other, d) && samePlace && [...theirs.targets].some((soc) => targets.has(soc));
  });
  const completers = ratio(rivals.reduce((sum, other) => sum + other.completers, 0));
  const seats = mineOf(network, cohort, d).reduce((sum, r) => sum + seatsOf(network, r, d), 0);
  return compare(completers, ratio(seats)) > 0 && compare(completers, openingsOf(network, cohort)) > 0;
}

const earliest = (requirements: Requirement[]): number => Math.min(...requirements.map((r) => r.recordedOn));

/** Every flag of EXACT that stands on a day, with because, but empty-highway, which depends on the assignment. */
export function cohortFlagsOn(network: Network, cohort: Cohort, d: number, threshold: Rational): Map<string, string[]> {
  const flags = new Map<string, string[]>();
  const { version } = cohort;
  const mine = mineOf(network, cohort, d);
  const defined = covered(mine, version).filter(({ coverage }) => coverage !== null);
  const noDemand = mine.length === 0 && openingsOf(network, cohort).n === 0n;
  if (noDemand) flags.set('no-local-demand', []);
  if (!noDemand && isInRun(cohort, d) && isOversupplied(network, cohort, d)) flags.set('oversupplied', idsOf(mine));
  if (defined.length > 0 && compare(defined[0]!.coverage!, threshold) < 0)
    flags.set('skills-gap', idsOf(defined.map(({ requirement }) => requirement)));
  const listed = new Set(mine.flatMap((r) => r.credentials.map((line) => line.credentialId)));
  const unasked = [...version.credentials].filter((credentialId) => !listed.has(credentialId));
  if (mine.length > 0 && unasked.length > 0) flags.set('credential-unasked', unique(unasked));
  const lacking = mine.filter((r) => missingOf(r, version).length > 0);
  if (lacking.length > 0) flags.set('credential-missing', idsOf(lacking));
  const reachable = network.requirements.filter((r) => exists(r, d) && inReach(r, cohort));
  const targeted = reachable.filter((r) => isTarget(r, cohort));
  if (targeted.length > 0 && earliest(reachable) < version.adoptedOn && version.adoptedOn < earliest(targeted))
    flags.set('built-outward', idsOf(targeted.filter((r) => r.recordedOn === earliest(targeted))));
  const stale = targeted.filter((r) => isStale(r, d));
  if (stale.length > 0 && mine.length === 0) flags.set('demand-stale', idsOf(stale));
  const isCurrent = (skillId: string): boolean =>
    network.contacts.some(
      (contact) =>
        contact.institutionId === version.pathway.institution.id &&
        contact.skillId === skillId &&
        contact.lastContactOn <= d &&
        d <= addMonths(contact.lastContactOn, 36),
    );
  const untaught = mine.filter((r) => dayOne(r).some((skill) => !isCurrent(skill.skillId)));
  if (untaught.length > 0) flags.set('educator-gap', idsOf(untaught));
  return flags;
}

export interface Flag {
  code: string;
  since: string;
  because: string[];
}

/** Flags on the as-of day with since; sinceOfSeats answers for the two that are not replayed. */
export function cohortFlags(
  network: Network,
  cohort: Cohort,
  asOf: number,
  threshold: Rational,
  sinceOfSeats: (code: string) => string,
): Flag[] {
  const first = Math.min(cohort.version.adoptedOn, asOf);
  return [...cohortFlagsOn(network, cohort, asOf, threshold)].map(([code, because]) => {
    if (code === 'oversupplied') return { code, since: sinceOfSeats(code), because };
    let since = asOf;
    while (since > first && cohortFlagsOn(network, cohort, since - 1, threshold).has(code)) since -= 1;
    return { code, since: fromDay(since), because };
  });
}
