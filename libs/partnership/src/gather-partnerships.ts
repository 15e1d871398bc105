import { compareIds } from '@throughway/vocabulary/compare-ids';
import type { Day } from '@throughway/vocabulary/local-date';
import {
  type Activation,
  type Commitment,
  type Institution,
  type Network,
  type Pathway,
  type Requirement,
  socKey,
} from '@throughway/vocabulary/network';
import { describePartnership, type PartnershipFacts } from './partnership-facts.js';
import { NEVER } from './periods.js';
import { weighCommitment } from './weigh-commitment.js';

export interface GatherOptions {
  asOf: Day;
  /** The 2020 commuting zone of a county; null for an unknown county, which is its own zone. */
  commutingZoneOf: (countyFips: string) => string | null;
  only?: (employerId: string, pathwayId: string) => boolean;
}

/**
 * The facts of every partnership known on `asOf`, one at a time, sorted by (employerId, pathwayId): each employer ×
 * pathway with evidence or an applying commitment known by then. The network is indexed once; each partnership then
 * costs its own rows. Source: EXACT, Partnerships.
 */
export function* gatherPartnerships(network: Network, options: GatherOptions): Generator<PartnershipFacts> {
  const evidence = group(network.evidence, (row) => row.employerId);
  const commitments = group(network.commitments, (row) => row.employerId);
  const requirements = group(network.requirements, (row) => row.employerId);
  const activations = group(network.activations, (row) => row.commitmentId);
  const requirementById = new Map(network.requirements.map((row) => [row.requirementId, row]));
  const pathwayById = new Map(network.pathways.map((row) => [row.pathwayId, row]));
  const pathwaysBySoc = indexTargets(network.pathways);
  const adoptions = group(network.versions, (row) => row.pathwayId);
  const firstInReach = firstRequirementsInReach(network, options.commutingZoneOf);

  for (const employerId of [...new Set([...evidence.keys(), ...commitments.keys()])].sort(compareIds)) {
    const ownEvidence = group(evidence.get(employerId) ?? [], (row) => row.pathwayId);
    const ownCommitments = commitmentsByPathway(
      commitments.get(employerId) ?? [],
      requirementById,
      pathwaysBySoc,
      activations,
    );
    const ownRequirements = group(requirements.get(employerId) ?? [], (row) => socKey(row.soc));
    for (const pathwayId of [...new Set([...ownEvidence.keys(), ...ownCommitments.keys()])].sort(compareIds)) {
      if (options.only && !options.only(employerId, pathwayId)) continue;
      const pathway = pathwayById.get(pathwayId);
      if (!pathway) continue;
      const facts = describePartnership({
        employerId,
        pathwayId,
        evidence: ownEvidence.get(pathwayId) ?? [],
        commitments: ownCommitments.get(pathwayId) ?? [],
        requirements: targetSocs(pathway).flatMap((soc) => ownRequirements.get(soc) ?? []),
        adoptedOn: (adoptions.get(pathwayId) ?? []).map((version) => version.adoptedOn),
        firstRequirementInReachOn: firstInReach(pathway.institutionId),
      });
      if (facts.firstKnownOn <= options.asOf) yield facts;
    }
  }
}

function group<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const members = groups.get(key);
    if (members) members.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

function targetSocs(pathway: Pathway): string[] {
  return [...new Set(pathway.targetSocs.map(socKey))];
}

function indexTargets(pathways: readonly Pathway[]): Map<string, string[]> {
  const targets = pathways.flatMap((pathway) => targetSocs(pathway).map((soc) => ({ soc, id: pathway.pathwayId })));
  return new Map([...group(targets, (target) => target.soc)].map(([soc, rows]) => [soc, rows.map((row) => row.id)]));
}

/** One employer's commitments under each pathway to which they ever apply: the one named, or all that target the requirement's occupation. */
function commitmentsByPathway(
  rows: readonly Commitment[],
  requirementById: ReadonlyMap<string, Requirement>,
  pathwaysBySoc: ReadonlyMap<string, string[]>,
  activations: ReadonlyMap<string, Activation[]>,
) {
  const applying = rows.flatMap((row) => {
    const requirement = requirementById.get(row.requirementId);
    if (!requirement) return [];
    const commitment = weighCommitment(row, requirement, activations.get(row.commitmentId) ?? []);
    const pathwayIds = row.pathwayId === null ? pathwaysBySoc.get(socKey(requirement.soc)) : [row.pathwayId];
    return (pathwayIds ?? []).map((pathwayId) => ({ pathwayId, commitment }));
  });
  const groups = group(applying, (item) => item.pathwayId);
  return new Map([...groups].map(([pathwayId, items]) => [pathwayId, items.map((item) => item.commitment)]));
}

/** A function from institution to the day on which the first requirement in its reach was recorded, `NEVER` without one. */
function firstRequirementsInReach(
  network: Network,
  commutingZoneOf: GatherOptions['commutingZoneOf'],
): (institutionId: string) => Day {
  const zoneOf = (county: string): string => {
    const zone = commutingZoneOf(county);
    return zone === null ? `county ${county}` : `zone ${zone}`;
  };
  const countyOfSite = new Map(network.sites.map((site) => [site.siteId, site.countyFips]));
  const firstInCounty = new Map<string, Day>();
  for (const row of network.requirements) {
    const county = countyOfSite.get(row.siteId);
    if (county !== undefined) keepEarlier(firstInCounty, county, row.recordedOn);
  }
  const firstInZone = new Map<string, Day>();
  for (const [county, day] of firstInCounty) keepEarlier(firstInZone, zoneOf(county), day);

  const firstFor = ({ reach, countyFips }: Institution): Day =>
    reach === null
      ? (firstInZone.get(zoneOf(countyFips)) ?? NEVER)
      : Math.min(...reach.map((county) => firstInCounty.get(county) ?? NEVER));
  const first = new Map(network.institutions.map((row) => [row.institutionId, firstFor(row)]));
  return (institutionId) => first.get(institutionId) ?? NEVER;
}

function keepEarlier(days: Map<string, Day>, key: string, day: Day): void {
  days.set(key, Math.min(days.get(key) ?? NEVER, day));
}
