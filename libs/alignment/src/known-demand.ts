import { compareIds } from '@throughway/vocabulary/compare-ids';
import { type Day } from '@throughway/vocabulary/local-date';
import {
  type CredentialNecessity,
  type Level,
  type Network,
  type Requirement,
  socKey,
} from '@throughway/vocabulary/network';
import { voteWeight } from './coverage.js';

/** A requirement that is known on the as-of date, with what it asks for. Lists are sorted by id. */
export interface KnownRequirement {
  requirementId: string;
  soc: string;
  countyFips: string;
  headcount: number;
  recordedOn: Day;
  /** First and last day on which it is live; it never is when the first is later. */
  liveFrom: Day;
  liveUntil: Day;
  dayOne: DayOneSkill[];
  /** Every skill it lists, with any necessity. */
  skillIds: string[];
  requiredCredentials: string[];
  /** Required or preferred. */
  listedCredentials: string[];
}

export interface DayOneSkill {
  skillId: string;
  level: Level;
  weight: number;
}

/** Whether the requirement is live on `day` (EXACT, Live), among those known by then. */
export function isLive(requirement: KnownRequirement, day: Day): boolean {
  return requirement.liveFrom <= day && day <= requirement.liveUntil;
}

/** First day on which the requirement is known, was effective and is past its review date: from then on it is stale. */
export function staleFrom(requirement: KnownRequirement): Day {
  return Math.max(requirement.liveFrom, requirement.liveUntil + 1);
}

/** Every requirement recorded by `asOf`, sorted by id. Linear in the network, but for sorting. */
export function knownDemand(network: Network, asOf: Day): KnownRequirement[] {
  const countyOf = new Map(network.sites.map((site) => [site.siteId, site.countyFips]));
  const known = new Map<string, KnownRequirement>();
  for (const row of [...network.requirements].sort((a, b) => compareIds(a.requirementId, b.requirementId)))
    if (row.recordedOn <= asOf) known.set(row.requirementId, emptyRequirement(row, countyOf.get(row.siteId) ?? ''));
  for (const line of network.requirementSkills) {
    const requirement = known.get(line.requirementId);
    requirement?.skillIds.push(line.skillId);
    if (line.necessity === 'day-one')
      requirement?.dayOne.push({ skillId: line.skillId, level: line.level, weight: voteWeight(line.vote) });
  }
  for (const line of network.requirementCredentials) listCredential(known.get(line.requirementId), line);
  const demand = [...known.values()];
  for (const requirement of demand) {
    requirement.dayOne.sort((a, b) => compareIds(a.skillId, b.skillId));
    requirement.skillIds.sort(compareIds);
    requirement.requiredCredentials.sort(compareIds);
    requirement.listedCredentials.sort(compareIds);
  }
  return demand;
}

function emptyRequirement(row: Requirement, countyFips: string): KnownRequirement {
  return {
    requirementId: row.requirementId,
    soc: socKey(row.soc),
    countyFips,
    headcount: row.headcountPerYear,
    recordedOn: row.recordedOn,
    liveFrom: Math.max(row.recordedOn, row.effectiveOn),
    liveUntil: row.reviewBy,
    dayOne: [],
    skillIds: [],
    requiredCredentials: [],
    listedCredentials: [],
  };
}

function listCredential(
  requirement: KnownRequirement | undefined,
  line: { credentialId: string; necessity: CredentialNecessity },
): void {
  requirement?.listedCredentials.push(line.credentialId);
  if (line.necessity === 'required') requirement?.requiredCredentials.push(line.credentialId);
}
