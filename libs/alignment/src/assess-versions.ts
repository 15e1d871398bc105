import { addMonths } from '@throughway/calendar/add-months';
import { compareIds } from '@throughway/vocabulary/compare-ids';
import { type Day } from '@throughway/vocabulary/local-date';
import { type Institution, type Network } from '@throughway/vocabulary/network';
import { type Ratio } from '@throughway/vocabulary/parse-ratio';
import { assessVersion, type VersionAssessment } from './assess-version.js';
import { type Curriculum, readCurricula } from './curricula.js';
import { groupBy } from './group-by.js';
import { type KnownRequirement } from './known-demand.js';
import { readLaborAreas } from './labor-areas.js';
import { type CommutingZoneOf, reachReader } from './reach.js';
import { gatherReachDemand } from './reach-demand.js';

/** An educator is current in a skill until this long after the last industry contact (DOMAIN 4.11). */
export const CURRENCY_MONTHS = 36;

type SkillSpans = Map<string, { from: Day; to: Day }[]>;
const NOBODY: SkillSpans = new Map();

/**
 * The assessment of every version that has a cohort, by versionId. `demand` is what is known on `asOf`, sorted by id.
 * Institutions with the same reach share one index of its demand.
 */
export function assessVersions(
  network: Network,
  demand: readonly KnownRequirement[],
  options: { asOf: Day; threshold: Ratio; commutingZoneOf: CommutingZoneOf },
): Map<string, VersionAssessment> {
  const { asOf, threshold, commutingZoneOf } = options;
  const skillNumbers = new Map(network.skills.map(({ skillId }, number) => [skillId, number]));
  const laborAreas = readLaborAreas(network.areas, network.projections);
  const educators = educatorSpans(network);
  const assessments = new Map<string, VersionAssessment>();
  const inReach = reachReader(
    demand.map(({ countyFips }) => countyFips),
    commutingZoneOf,
  );
  const byCounty = groupBy(demand, ({ countyFips }) => countyFips);
  const taughtAt = curriculaWithCohorts(network);
  const teaching = network.institutions.filter(({ institutionId }) => taughtAt.has(institutionId));
  for (const { institutions, counties } of sameReach(teaching, inReach)) {
    const reach = gatherReachDemand(requirementsOf(counties, byCounty), skillNumbers, asOf);
    for (const { institutionId, countyFips } of institutions)
      for (const curriculum of taughtAt.get(institutionId) ?? []) {
        const openings = laborAreas.openings(laborAreas.areaOf(countyFips), curriculum.targets);
        const context = { asOf, threshold, openings, educatorSpans: educators.get(institutionId) ?? NOBODY };
        assessments.set(curriculum.versionId, assessVersion(curriculum, reach, skillNumbers, context));
      }
  }
  return assessments;
}

function curriculaWithCohorts(network: Network): Map<string, Curriculum[]> {
  const used = new Set(network.cohorts.map(({ versionId }) => versionId));
  const curricula = [...readCurricula(network).values()].filter(({ versionId }) => used.has(versionId));
  return groupBy(curricula, ({ institutionId }) => institutionId);
}

function sameReach(institutions: readonly Institution[], inReach: (institution: Institution) => string[]) {
  const groups = new Map<string, { institutions: Institution[]; counties: string[] }>();
  for (const institution of institutions) {
    const counties = inReach(institution);
    const key = JSON.stringify(counties);
    const group = groups.get(key);
    if (group) group.institutions.push(institution);
    else groups.set(key, { institutions: [institution], counties });
  }
  return groups.values();
}

function requirementsOf(
  counties: readonly string[],
  byCounty: ReadonlyMap<string, KnownRequirement[]>,
): KnownRequirement[] {
  return counties
    .flatMap((county) => byCounty.get(county) ?? [])
    .sort((a, b) => compareIds(a.requirementId, b.requirementId));
}

/** By institution and skill, when an educator is current: from the day of the contact, before which it is not known, to the same day 36 months later. */
function educatorSpans(network: Network): Map<string, SkillSpans> {
  const institutionOf = new Map(network.educators.map((educator) => [educator.educatorId, educator.institutionId]));
  const spans = new Map<string, SkillSpans>();
  for (const { educatorId, skillId, lastIndustryContactOn: from } of network.educatorSkills) {
    const institutionId = institutionOf.get(educatorId);
    if (institutionId === undefined) continue;
    const ofInstitution: SkillSpans = spans.get(institutionId) ?? new Map<string, { from: Day; to: Day }[]>();
    spans.set(institutionId, ofInstitution);
    const ofSkill = ofInstitution.get(skillId) ?? [];
    ofInstitution.set(skillId, ofSkill);
    ofSkill.push({ from, to: addMonths(from, CURRENCY_MONTHS) });
  }
  return spans;
}
