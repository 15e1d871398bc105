import { compareIds } from '@throughway/vocabulary/compare-ids';
import { type Day } from '@throughway/vocabulary/local-date';
import { type Level, type Network, socKey } from '@throughway/vocabulary/network';

/** What one pathway version teaches and awards, with the pathway and institution it belongs to. Lists are sorted by id. */
export interface Curriculum {
  versionId: string;
  pathwayId: string;
  institutionId: string;
  /** Seven-character occupation codes, each once; empty seats nobody. */
  targets: string[];
  adoptedOn: Day;
  /** Highest level over the version's units. */
  taught: ReadonlyMap<string, Level>;
  units: TaughtUnit[];
  awarded: string[];
}

export interface TaughtUnit {
  unitId: string;
  hours: number;
  skillIds: string[];
}

interface Draft extends Curriculum {
  taught: Map<string, Level>;
}

/** Every version of the network by id. */
export function readCurricula(network: Network): Map<string, Curriculum> {
  const pathways = new Map(network.pathways.map((pathway) => [pathway.pathwayId, pathway]));
  const drafts = new Map<string, Draft>();
  for (const version of network.versions) {
    const pathway = pathways.get(version.pathwayId);
    if (!pathway) continue;
    drafts.set(version.versionId, {
      ...version,
      institutionId: pathway.institutionId,
      targets: [...new Set(pathway.targetSocs.map(socKey))].sort(compareIds),
      taught: new Map(),
      units: [],
      awarded: [],
    });
  }
  addUnits(drafts, network);
  for (const line of network.versionCredentials) drafts.get(line.versionId)?.awarded.push(line.credentialId);
  for (const draft of drafts.values()) draft.awarded.sort(compareIds);
  return drafts;
}

function addUnits(drafts: Map<string, Draft>, network: Network): void {
  const units = new Map<string, { draft: Draft; unit: TaughtUnit }>();
  for (const { unitId, versionId, hours } of network.units) {
    const draft = drafts.get(versionId);
    if (!draft) continue;
    const unit: TaughtUnit = { unitId, hours, skillIds: [] };
    draft.units.push(unit);
    units.set(unitId, { draft, unit });
  }
  for (const { unitId, skillId, level } of network.unitSkills) {
    const found = units.get(unitId);
    if (!found) continue;
    found.unit.skillIds.push(skillId);
    if (level > (found.draft.taught.get(skillId) ?? 0)) found.draft.taught.set(skillId, level);
  }
}
