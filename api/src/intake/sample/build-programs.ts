import { formatDay, type Day } from '@throughway/vocabulary/local-date';
import type { Level, Network, PathwayVersion } from '@throughway/vocabulary/network';
import { buildEducators } from './build-educators.js';
import { curriculumOf } from './curriculum.js';
import { INSTITUTIONS, type InstitutionKey, type SampleInstitution } from './institutions.js';
import type { SampleMarket } from './market.js';
import { PATHWAYS, pathwayOf, type PathwayKey, type SamplePathway } from './pathways.js';
import type { SeededRandom } from './seeded-random.js';
import type { SkillKey } from './skills.js';
import { termDates } from './term-dates.js';
import { tradeOf } from './trades.js';
import { weekdayOnOrBefore } from './weekdays.js';
import { workSkillId, workSkillsOf } from './work-skills.js';

export type ProgramRows = Pick<
  Network,
  | 'institutions'
  | 'pathways'
  | 'versions'
  | 'units'
  | 'unitSkills'
  | 'versionCredentials'
  | 'cohorts'
  | 'educators'
  | 'educatorSkills'
>;

/** The schools, what they teach and have taught, who completes when, and who teaches. */
export function buildPrograms(market: SampleMarket, asOf: Day, random: SeededRandom): ProgramRows {
  const rows: ProgramRows = {
    institutions: [],
    pathways: [],
    versions: [],
    units: [],
    unitSkills: [],
    versionCredentials: [],
    cohorts: [],
    educators: [],
    educatorSkills: [],
  };
  for (const key of Object.keys(INSTITUTIONS) as InstitutionKey[]) {
    const institution: SampleInstitution = INSTITUTIONS[key];
    const { name, countyFips } = institution;
    rows.institutions.push({ institutionId: key, name, countyFips, reach: declaredReach(institution, market) });
  }
  for (const key of Object.keys(PATHWAYS) as PathwayKey[]) addPathway(rows, key, market, asOf, random);
  return rows;
}

function declaredReach(institution: SampleInstitution, market: SampleMarket): string[] | null {
  if (institution.reachZonesOf === undefined) return null;
  const zones = new Set(institution.reachZonesOf.map((fips) => market.commutingZones.get(fips)));
  const area = market.areas.find(({ counties }) => counties.includes(institution.countyFips));
  const inZones = (area?.counties ?? []).filter((fips) => zones.has(market.commutingZones.get(fips)));
  return [...new Set([...institution.reachZonesOf, ...inZones])].sort();
}

function addPathway(rows: ProgramRows, key: PathwayKey, market: SampleMarket, asOf: Day, random: SeededRandom): void {
  const pathway = pathwayOf(key);
  const trade = tradeOf(pathway.trade);
  rows.pathways.push({
    pathwayId: key,
    institutionId: pathway.at,
    name: `${trade.program} (Sample)`,
    cip: trade.cip,
    targetSocs: [trade.soc, ...(trade.relatedSocs ?? [])],
  });
  const versions = pathway.adoptedDaysAgo.map((daysAgo, i) => ({
    versionId: `${key}-v${i + 1}`,
    pathwayId: key,
    adoptedOn: weekdayOnOrBefore(asOf - daysAgo),
  }));
  rows.versions.push(...versions);
  versions.forEach(({ versionId }, i) => addCurriculum(rows, versionId, pathway, market, i === versions.length - 1));
  addCohorts(rows, key, pathway, versions, asOf, random);
  buildEducators(rows, pathway, asOf, random);
}

/** An earlier version taught a tenth fewer hours, and its first skill one level lower: what the revision changed. */
function addCurriculum(
  rows: ProgramRows,
  versionId: string,
  pathway: SamplePathway,
  market: SampleMarket,
  latest: boolean,
): void {
  const trade = tradeOf(pathway.trade);
  const lesser = latest ? undefined : (Object.keys(trade.units[0]?.skills ?? {}) as SkillKey[])[0];
  curriculumOf(pathway).forEach((unit, i) => {
    const unitId = `${versionId}-u${i + 1}`;
    rows.units.push({
      unitId,
      versionId,
      name: `${unit.name} (Sample)`,
      hours: latest ? unit.hours : Math.round(unit.hours * 0.9),
    });
    for (const [skillId, level] of Object.entries(unit.skills))
      rows.unitSkills.push({
        unitId,
        skillId,
        level: skillId === lesser && level > 1 ? ((level - 1) as Level) : level,
      });
  });
  const workSkills = workSkillsOf(market, trade.soc);
  if (workSkills.length > 0) {
    const unitId = `${versionId}-work`;
    rows.units.push({ unitId, versionId, name: 'Working life (Sample)', hours: 30 });
    for (const name of workSkills) rows.unitSkills.push({ unitId, skillId: workSkillId(name), level: 2 });
  }
  const awarded = [...trade.required, ...trade.preferred].filter((id) => !pathway.notAwarded?.includes(id));
  for (const credentialId of [...awarded, ...(pathway.alsoAwarded ?? [])])
    rows.versionCredentials.push({ versionId, credentialId });
}

/** A cohort needs this many days under a curriculum to count as taught by it. */
const DAYS_UNDER_VERSION = 120;

function addCohorts(
  rows: ProgramRows,
  key: PathwayKey,
  pathway: SamplePathway,
  versions: PathwayVersion[],
  asOf: Day,
  random: SeededRandom,
): void {
  for (const completesOn of termDates(pathway.terms, asOf, pathway.past ?? 0, pathway.planned ?? 0)) {
    const version = versions.findLast(({ adoptedOn }) => adoptedOn + DAYS_UNDER_VERSION <= completesOn) ?? versions[0];
    if (version === undefined) throw new RangeError(`${key} has no curriculum`);
    rows.cohorts.push({
      cohortId: `${key}-${formatDay(completesOn).slice(0, 7)}`,
      versionId: version.versionId,
      completesOn,
      expectedCompleters: completesOn < asOf ? pathway.completers + random.between(-2, 2) : pathway.completers,
    });
  }
}
