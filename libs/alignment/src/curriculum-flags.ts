import { type CohortFlagCode, type Flag } from '@throughway/vocabulary/alignment-result';
import { compareIds } from '@throughway/vocabulary/compare-ids';
import { type Day, formatDay } from '@throughway/vocabulary/local-date';
import { type Ratio } from '@throughway/vocabulary/parse-ratio';
import { type Curriculum } from './curricula.js';
import { reachesThreshold } from './coverage.js';
import { isLive, type KnownRequirement, staleFrom } from './known-demand.js';
import { type Fit, fitRequirement } from './match-requirements.js';
import { type Span, unbrokenSince } from './unbroken-since.js';

/** What the flags of one version rest on, as of a day. */
export interface FlagGrounds {
  curriculum: Curriculum;
  asOf: Day;
  threshold: Ratio;
  /** Live target-occupation requirements in reach, sorted by id. */
  mine: readonly Fit[];
  /** Known target-occupation requirements in reach, live or not, sorted by id. */
  targeted: readonly KnownRequirement[];
  /** First day any requirement in reach was recorded; Infinity without one. */
  firstRecordedOn: Day;
  /** The area's projected openings for the target occupations; 0 when absent. */
  openings: number;
  /** By skill: when an educator of the institution is current in it. */
  educatorSpans: ReadonlyMap<string, readonly { from: Day; to: Day }[]>;
}

type CurriculumFlag = Flag<CohortFlagCode>;

/**
 * The flags that a version carries whatever becomes of its graduates (EXACT, Cohort flags), sorted by code: all but `empty-highway` and `oversupplied`.
 * Each `since` replays earlier days with what was known on them, not before the version's adoption, or the as-of date if that is later.
 */
export function curriculumFlags(grounds: FlagGrounds): CurriculumFlag[] {
  const window = { asOf: grounds.asOf, earliest: Math.min(grounds.curriculum.adoptedOn, grounds.asOf) };
  const raise = [
    builtOutward,
    credentialMissing,
    credentialUnasked,
    demandStale,
    educatorGap,
    noLocalDemand,
    skillsGap,
  ];
  return raise.flatMap((flag) => flag(grounds, window) ?? []);
}

interface Window {
  asOf: Day;
  earliest: Day;
}

function flagged(code: CohortFlagCode, since: Day, because: readonly string[]): CurriculumFlag {
  return { code, since: formatDay(since), because: [...because].sort(compareIds) };
}

function liveSpans(requirements: readonly KnownRequirement[]): Span<KnownRequirement>[] {
  return requirements.map((item) => ({ from: item.liveFrom, to: item.liveUntil, item }));
}

/** A sweep over live requirements that counts those in two classes. */
function sinceByCount(
  { targeted }: FlagGrounds,
  window: Window,
  classOf: (requirement: KnownRequirement) => 'for' | 'against' | null,
  holds: (counts: { for: number; against: number }) => boolean,
): Day {
  const counts = { for: 0, against: 0 };
  const count = (by: 1 | -1) => (requirement: KnownRequirement) => {
    const kind = classOf(requirement);
    if (kind) counts[kind] += by;
  };
  return unbrokenSince(liveSpans(targeted), window, { enter: count(1), leave: count(-1), holds: () => holds(counts) });
}

/** Adopted after the region's first recorded requirement and before any that it claims to serve; true from the day the latter was recorded. */
function builtOutward({ curriculum, targeted, firstRecordedOn }: FlagGrounds, { earliest }: Window) {
  const firstTargeted = targeted.reduce((first, { recordedOn }) => Math.min(first, recordedOn), Infinity);
  if (firstTargeted === Infinity) return null;
  if (!(firstRecordedOn < curriculum.adoptedOn && curriculum.adoptedOn < firstTargeted)) return null;
  const served = targeted.filter(({ recordedOn }) => recordedOn === firstTargeted);
  return flagged('built-outward', Math.max(firstTargeted, earliest), served.map(idOf));
}

function credentialMissing(grounds: FlagGrounds, window: Window) {
  const { awarded } = grounds.curriculum;
  const lacking = grounds.mine.filter(({ missingCredentials }) => missingCredentials.length > 0);
  if (lacking.length === 0) return null;
  const since = sinceByCount(
    grounds,
    window,
    ({ requiredCredentials }) => (requiredCredentials.some((id) => !awarded.includes(id)) ? 'for' : null),
    (counts) => counts.for > 0,
  );
  return flagged(
    'credential-missing',
    since,
    lacking.map(({ requirement }) => requirement.requirementId),
  );
}

function credentialUnasked({ curriculum, mine, targeted }: FlagGrounds, window: Window) {
  const unasked = unaskedCredentials(curriculum, mine);
  if (mine.length === 0 || unasked.length === 0) return null;
  const asking = new Map(curriculum.awarded.map((id) => [id, 0]));
  let live = 0;
  let notAsked = curriculum.awarded.length;
  const count = (by: 1 | -1) => (requirement: KnownRequirement) => {
    live += by;
    for (const id of requirement.listedCredentials) {
      const before = asking.get(id);
      if (before === undefined) continue;
      asking.set(id, before + by);
      if (before === 0) notAsked -= 1;
      if (before + by === 0) notAsked += 1;
    }
  };
  const since = unbrokenSince(liveSpans(targeted), window, {
    enter: count(1),
    leave: count(-1),
    holds: () => live > 0 && notAsked > 0,
  });
  return flagged('credential-unasked', since, unasked);
}

/** Awarded credentials that none of `mine` lists, required or preferred. */
export function unaskedCredentials(curriculum: Curriculum, mine: readonly Fit[]): string[] {
  const listed = new Set(mine.flatMap(({ requirement }) => requirement.listedCredentials));
  return curriculum.awarded.filter((id) => !listed.has(id));
}

function demandStale({ mine, targeted, asOf }: FlagGrounds, window: Window) {
  const stale = targeted.filter((requirement) => staleFrom(requirement) <= asOf);
  if (mine.length > 0 || stale.length === 0) return null;
  const counts = { live: 0, stale: 0 };
  const spans: Span<'live' | 'stale'>[] = targeted.flatMap((requirement) => [
    { from: requirement.liveFrom, to: requirement.liveUntil, item: 'live' as const },
    { from: staleFrom(requirement), to: asOf, item: 'stale' as const },
  ]);
  const since = unbrokenSince(spans, window, {
    enter: (kind) => (counts[kind] += 1),
    leave: (kind) => (counts[kind] -= 1),
    holds: () => counts.live === 0 && counts.stale > 0,
  });
  return flagged('demand-stale', since, stale.map(idOf));
}

/** A day-one skill is lacking while a live requirement asks for it and no educator is current in it. */
function educatorGap({ mine, targeted, educatorSpans, asOf }: FlagGrounds, window: Window) {
  const isCurrent = (skillId: string): boolean =>
    (educatorSpans.get(skillId) ?? []).some(({ from, to }) => from <= asOf && asOf <= to);
  const lacking = mine.filter(({ requirement }) => requirement.dayOne.some(({ skillId }) => !isCurrent(skillId)));
  if (lacking.length === 0) return null;
  const skills = new Map<string, { asked: number; current: number }>();
  for (const { dayOne } of targeted) for (const { skillId } of dayOne) skills.set(skillId, { asked: 0, current: 0 });
  let lackingSkills = 0;
  const change = (by: 1 | -1) => (item: { count: 'asked' | 'current'; skillIds: readonly string[] }) => {
    for (const skillId of item.skillIds) {
      const skill = skills.get(skillId)!;
      if (skill.asked > 0 && skill.current === 0) lackingSkills -= 1;
      skill[item.count] += by;
      if (skill.asked > 0 && skill.current === 0) lackingSkills += 1;
    }
  };
  const asked = liveSpans(targeted).map(({ from, to, item }) => ({
    from,
    to,
    item: { count: 'asked' as const, skillIds: item.dayOne.map(({ skillId }) => skillId) },
  }));
  const current = [...skills.keys()].flatMap((skillId) =>
    (educatorSpans.get(skillId) ?? []).map((span) => ({
      ...span,
      item: { count: 'current' as const, skillIds: [skillId] },
    })),
  );
  const since = unbrokenSince([...asked, ...current], window, {
    enter: change(1),
    leave: change(-1),
    holds: () => lackingSkills > 0,
  });
  return flagged(
    'educator-gap',
    since,
    lacking.map(({ requirement }) => requirement.requirementId),
  );
}

function noLocalDemand(grounds: FlagGrounds, window: Window) {
  if (grounds.mine.length > 0 || grounds.openings > 0) return null;
  const since = sinceByCount(
    grounds,
    window,
    () => 'against',
    (counts) => counts.against === 0,
  );
  return flagged('no-local-demand', since, []);
}

/** The best defined coverage is below the threshold when some coverage is defined and none reaches it. */
function skillsGap(grounds: FlagGrounds, window: Window) {
  const { curriculum, mine, threshold, asOf, targeted } = grounds;
  const defined = mine.filter(({ coverage }) => coverage.denominator > 0);
  if (defined.length === 0 || defined.some(({ coverage }) => reachesThreshold(coverage, threshold))) return null;
  const passing = new Set(
    targeted.filter(
      (requirement) =>
        !isLive(requirement, asOf) && reachesThreshold(fitRequirement(requirement, curriculum).coverage, threshold),
    ),
  );
  const since = sinceByCount(
    grounds,
    window,
    (requirement) => (requirement.dayOne.length === 0 ? null : passing.has(requirement) ? 'against' : 'for'),
    (counts) => counts.for > 0 && counts.against === 0,
  );
  return flagged(
    'skills-gap',
    since,
    defined.map(({ requirement }) => requirement.requirementId),
  );
}

function idOf({ requirementId }: { requirementId: string }): string {
  return requirementId;
}
