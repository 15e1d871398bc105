import { type AreaCounty, type Institution, type Network } from '@throughway/vocabulary/network';
import { compareIds } from '@throughway/vocabulary/compare-ids';
import { readLaborAreas } from './labor-areas.js';
import { type CommutingZoneOf, reachReader } from './reach.js';

/**
 * A part of a network that no other part can influence: institutions that reach a common county or share a labor-market area, and the
 * site counties that they reach. A site county that nobody reaches is a component without institutions.
 */
export interface Component {
  /** Its first institution by id, or the one county when it has none; stable while the component's membership is. */
  key: string;
  /** Sorted. */
  institutionIds: string[];
  /** Counties of sites, sorted. */
  countyFips: string[];
}

type Geography = Pick<Network, 'institutions' | 'sites' | 'areas'>;

/** The components of a network, sorted by key; together they hold every institution and every site county once. Near-linear in reach. */
export function findComponents(network: Geography, commutingZoneOf: CommutingZoneOf): Component[] {
  const counties = [...new Set(network.sites.map(({ countyFips }) => countyFips))].sort(compareIds);
  const institutions = network.institutions.toSorted((a, b) => compareIds(a.institutionId, b.institutionId));
  const joined = new DisjointSets();
  const inReach = reachReader(counties, commutingZoneOf);
  const catchment = catchmentReader(network.areas);
  for (const institution of institutions) {
    const node = institutionNode(institution);
    joined.join(node, `catchment ${catchment(institution)}`);
    for (const county of inReach(institution)) joined.join(node, countyNode(county));
  }
  const components = new Map<string, Component>();
  const componentOf = (node: string, key: string): Component => {
    const root = joined.rootOf(node);
    const component = components.get(root) ?? { key, institutionIds: [], countyFips: [] };
    components.set(root, component);
    return component;
  };
  for (const institution of institutions)
    componentOf(institutionNode(institution), `institution ${institution.institutionId}`).institutionIds.push(
      institution.institutionId,
    );
  for (const county of counties) componentOf(countyNode(county), `county ${county}`).countyFips.push(county);
  return [...components.values()].sort((a, b) => compareIds(a.key, b.key));
}

/** What decides whose graduates compete for an area's openings: the area that holds the institution's county, or else that county (EXACT, `oversupplied`). */
export function catchmentReader(areas: readonly AreaCounty[]): (institution: Institution) => string {
  const { areaOf } = readLaborAreas(areas, []);
  return ({ countyFips }) => {
    const area = areaOf(countyFips);
    return area === null ? `county ${countyFips}` : `area ${area}`;
  };
}

/**
 * One network per component, in the same order: its institutions with everything they teach, its counties' sites with everything they ask and promise.
 * Aligning each and joining the lists by cohortId, adding up the totals, equals aligning the whole. Skills, credentials, areas and projections
 * are shared, not copied; evidence is left out, since it concerns no cohort; a commitment's pathway and an activation's cohort may lie in another component.
 * Linear in the network.
 */
export function splitNetwork(network: Network, components: readonly Component[]): Network[] {
  const ofInstitution = new Map(components.flatMap((c, at) => c.institutionIds.map((id) => [id, at] as const)));
  const ofCounty = new Map(components.flatMap((c, at) => c.countyFips.map((county) => [county, at] as const)));
  const parts = components.map((): Network => ({
    ...network,
    employers: [],
    sites: [],
    requirements: [],
    requirementSkills: [],
    requirementCredentials: [],
    institutions: [],
    pathways: [],
    versions: [],
    units: [],
    unitSkills: [],
    versionCredentials: [],
    cohorts: [],
    commitments: [],
    activations: [],
    evidence: [],
    educators: [],
    educatorSkills: [],
  }));
  splitSupply(network, parts, ofInstitution);
  splitDemand(network, parts, ofCounty);
  return parts;
}

function splitSupply(network: Network, parts: Network[], ofInstitution: ReadonlyMap<string, number>): void {
  deal(network.institutions, parts, 'institutions', (row) => ofInstitution.get(row.institutionId));
  const ofPathway = deal(
    network.pathways,
    parts,
    'pathways',
    (row) => ofInstitution.get(row.institutionId),
    (row) => row.pathwayId,
  );
  const ofVersion = deal(
    network.versions,
    parts,
    'versions',
    (row) => ofPathway.get(row.pathwayId),
    (row) => row.versionId,
  );
  const ofUnit = deal(
    network.units,
    parts,
    'units',
    (row) => ofVersion.get(row.versionId),
    (row) => row.unitId,
  );
  deal(network.unitSkills, parts, 'unitSkills', (row) => ofUnit.get(row.unitId));
  deal(network.versionCredentials, parts, 'versionCredentials', (row) => ofVersion.get(row.versionId));
  deal(network.cohorts, parts, 'cohorts', (row) => ofVersion.get(row.versionId));
  const ofEducator = deal(
    network.educators,
    parts,
    'educators',
    (row) => ofInstitution.get(row.institutionId),
    (row) => row.educatorId,
  );
  deal(network.educatorSkills, parts, 'educatorSkills', (row) => ofEducator.get(row.educatorId));
}

function splitDemand(network: Network, parts: Network[], ofCounty: ReadonlyMap<string, number>): void {
  const ofSite = deal(
    network.sites,
    parts,
    'sites',
    (row) => ofCounty.get(row.countyFips),
    (row) => row.siteId,
  );
  const ofRequirement = deal(
    network.requirements,
    parts,
    'requirements',
    (row) => ofSite.get(row.siteId),
    (row) => row.requirementId,
  );
  deal(network.requirementSkills, parts, 'requirementSkills', (row) => ofRequirement.get(row.requirementId));
  deal(network.requirementCredentials, parts, 'requirementCredentials', (row) => ofRequirement.get(row.requirementId));
  const ofCommitment = deal(
    network.commitments,
    parts,
    'commitments',
    (row) => ofRequirement.get(row.requirementId),
    (row) => row.commitmentId,
  );
  deal(network.activations, parts, 'activations', (row) => ofCommitment.get(row.commitmentId));
  dealEmployers(network, parts);
}

/** An employer with sites in several parts is in each of them. */
function dealEmployers(network: Network, parts: readonly Network[]): void {
  const partsOf = new Map<string, Set<Network>>();
  for (const part of parts)
    for (const { employerId } of part.sites) {
      const found = partsOf.get(employerId);
      if (found) found.add(part);
      else partsOf.set(employerId, new Set([part]));
    }
  for (const employer of network.employers)
    for (const part of partsOf.get(employer.employerId) ?? []) part.employers.push(employer);
}

/** Puts each row into its part's list, keeping the order; returns the part of each id. Rows without a part are dropped. */
function deal<Key extends keyof Network>(
  rows: Network[Key],
  parts: readonly Network[],
  key: Key,
  partOf: (row: Network[Key][number]) => number | undefined,
  idOf?: (row: Network[Key][number]) => string,
): Map<string, number> {
  const placed = new Map<string, number>();
  for (const row of rows) {
    const part = partOf(row);
    if (part === undefined) continue;
    (parts[part]![key] as Network[Key][number][]).push(row);
    if (idOf) placed.set(idOf(row), part);
  }
  return placed;
}

function institutionNode({ institutionId }: Institution): string {
  return `institution ${institutionId}`;
}

function countyNode(countyFips: string): string {
  return `county ${countyFips}`;
}

/** Union–find with path halving. */
class DisjointSets {
  private readonly parent = new Map<string, string>();

  rootOf(node: string): string {
    let at = node;
    for (;;) {
      const above = this.parent.get(at);
      if (above === undefined || above === at) return at;
      const next = this.parent.get(above) ?? above;
      this.parent.set(at, next);
      at = next;
    }
  }

  join(a: string, b: string): void {
    const [rootA, rootB] = [this.rootOf(a), this.rootOf(b)];
    if (rootA !== rootB) this.parent.set(rootB, rootA);
  }
}
