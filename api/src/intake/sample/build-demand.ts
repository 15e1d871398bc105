import type { Day } from '@throughway/vocabulary/local-date';
import type { Level, Network, Requirement, Vote } from '@throughway/vocabulary/network';
import { EMPLOYERS, employerOf, type EmployerKey, type Need } from './employers.js';
import type { SampleMarket } from './market.js';
import type { SeededRandom } from './seeded-random.js';
import { CREDENTIALS, SKILLS, type CredentialKey, type SkillKey } from './skills.js';
import { TRADES, tradeOf, type Trade, type TradeKey } from './trades.js';
import { weekdayOnOrBefore } from './weekdays.js';
import { workSkillId, workSkillsOf } from './work-skills.js';

type DemandRows = Pick<
  Network,
  'employers' | 'sites' | 'skills' | 'credentials' | 'requirements' | 'requirementSkills' | 'requirementCredentials'
>;

/** The employers, their sites, and what each of their roles requires. */
export function buildDemand(market: SampleMarket, asOf: Day, random: SeededRandom): DemandRows {
  const rows: DemandRows = {
    employers: [],
    sites: [],
    skills: Object.entries(SKILLS).map(([skillId, name]) => ({ skillId, name })),
    credentials: Object.entries(CREDENTIALS).map(([credentialId, name]) => ({ credentialId, name })),
    requirements: [],
    requirementSkills: [],
    requirementCredentials: [],
  };
  for (const name of new Set(Object.values(TRADES).flatMap(({ soc }) => workSkillsOf(market, soc))))
    rows.skills.push({ skillId: workSkillId(name), name });
  for (const key of Object.keys(EMPLOYERS) as EmployerKey[]) addEmployer(rows, key, market, asOf, random);
  return rows;
}

/** The id of what an employer requires for a trade. */
export function requirementIdOf(employer: EmployerKey, trade: TradeKey): string {
  return `req-${employer}-${trade}`;
}

/** The id of an employer's first site, or of its second. */
export function siteIdOf(employer: EmployerKey, which: 1 | 2 = 1): string {
  return `site-${employer}-${which}`;
}

function addEmployer(rows: DemandRows, key: EmployerKey, market: SampleMarket, asOf: Day, random: SeededRandom): void {
  const { name, naics, countyFips, alsoIn, needs } = employerOf(key);
  rows.employers.push({
    employerId: key,
    name,
    naics,
    contactEmail: `hiring@sample-${key}.example`,
    ein: null,
    website: `https://sample-${key}.example/`,
  });
  const timeZone = LOUISVILLE_TIME.has(countyFips) ? 'America/Kentucky/Louisville' : 'America/New_York';
  rows.sites.push({ siteId: siteIdOf(key), employerId: key, name: `${name}, main site`, countyFips, timeZone });
  if (alsoIn !== undefined)
    rows.sites.push({
      siteId: siteIdOf(key, 2),
      employerId: key,
      name: `${name}, second site`,
      countyFips: alsoIn,
      timeZone,
    });
  for (const need of needs) addRequirement(rows, key, need, market, asOf, random);
}

/** IANA keeps Louisville's clock apart from New York's. */
const LOUISVILLE_TIME = new Set(['21029', '21111', '21185', '21211']);

function addRequirement(
  rows: DemandRows,
  employer: EmployerKey,
  need: Need,
  market: SampleMarket,
  asOf: Day,
  random: SeededRandom,
): void {
  const trade = tradeOf(need.trade);
  const requirementId = requirementIdOf(employer, need.trade);
  const recordedOn = weekdayOnOrBefore(asOf - need.recordedDaysAgo);
  const site = siteIdOf(employer, need.atSecondSite === true ? 2 : 1);
  const countyFips = rows.sites.find(({ siteId }) => siteId === site)?.countyFips ?? '';
  const requirement: Requirement = {
    requirementId,
    employerId: employer,
    siteId: site,
    soc: trade.soc,
    title: trade.job,
    headcountPerYear: need.headcount,
    wageFloorHourlyCents: wageFloor(market, countyFips, trade.soc, random),
    recordedOn,
    effectiveOn: recordedOn + random.between(7, 30),
    reviewBy: asOf + (need.reviewInDays ?? random.between(180, 360)),
  };
  rows.requirements.push(requirement);
  addSkillLines(rows, requirementId, need, trade, random);
  for (const name of workSkillsOf(market, trade.soc))
    rows.requirementSkills.push({
      requirementId,
      skillId: workSkillId(name),
      level: 2,
      necessity: 'preferred',
      vote: null,
    });
  const ask = (credentialId: CredentialKey, necessity: 'required' | 'preferred'): void => {
    rows.requirementCredentials.push({ requirementId, credentialId, necessity });
  };
  for (const credential of [...trade.required, ...(need.alsoRequires ?? [])]) ask(credential, 'required');
  for (const credential of trade.preferred) if (!need.alsoRequires?.includes(credential)) ask(credential, 'preferred');
}

/** Half of the employers have voted; a vote says essential for about a third of the lines. */
function addSkillLines(rows: DemandRows, requirementId: string, need: Need, trade: Trade, random: SeededRandom): void {
  const voted = random.between(0, 1) === 1;
  for (const [skillId, level] of taughtLevels(trade)) {
    const insisted = need.insistsOn?.[skillId];
    const necessity = insisted === undefined ? (trade.later[skillId] ?? 'day-one') : 'day-one';
    const votes: readonly Vote[] =
      necessity === 'day-one' ? ['essential', 'important', 'important'] : ['useful', 'important'];
    rows.requirementSkills.push({
      requirementId,
      skillId,
      level: insisted ?? level,
      necessity,
      vote: voted ? random.pick(votes) : null,
    });
  }
}

/** A trade's skills in the order in which they are taught. */
export function taughtLevels(trade: Trade): [SkillKey, Level][] {
  return trade.units.flatMap((unit) => Object.entries(unit.skills) as [SkillKey, Level][]);
}

/**
 * An entry wage of 72 to 96 percent of the area's real median, in quarters of a dollar; null when the area publishes none.
 * The invented firms pay what the place pays: never a floor above the median of their own area.
 */
function wageFloor(market: SampleMarket, countyFips: string, soc: string, random: SeededRandom): number | null {
  const percent = random.between(72, 96);
  const area = market.areas.find(({ counties }) => counties.includes(countyFips));
  const median = market.occupations.find(
    (row) => row.areaId === area?.areaId && row.soc === soc,
  )?.medianWageHourlyCents;
  return median == null ? null : Math.floor((median * percent) / 100 / 25) * 25;
}
