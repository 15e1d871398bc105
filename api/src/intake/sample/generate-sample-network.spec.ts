import { beforeAll, describe, expect, test } from '@jest/globals';
import { alignCohorts, type CohortAlignment } from '@throughway/alignment/align-cohorts';
import { digestNetwork } from '@throughway/formats/digest-network';
import { NetworkReader } from '@throughway/formats/network-reader';
import { serializeNetwork } from '@throughway/formats/serialize-network';
import { assessPartnerships } from '@throughway/partnership/assess-partnerships';
import {
  COHORT_FLAG_CODES,
  PARTNERSHIP_FLAG_CODES,
  PARTNERSHIP_STEP_CODES,
  type PartnershipResult,
} from '@throughway/vocabulary/alignment-result';
import { parseDay, type Day } from '@throughway/vocabulary/local-date';
import { COMMITMENT_KINDS, EVIDENCE_KINDS, type Network } from '@throughway/vocabulary/network';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../platform/config/config.js';
import { generateSampleNetwork } from './generate-sample-network.js';
import type { SampleMarket } from './market.js';
import { readSampleMarket } from './read-sample-market.js';

/** Month ends, a leap day, new year, a graduation day, and the day after one whose next lies 365 days ahead. */
const DAYS = [
  '2026-06-30',
  '2026-11-23',
  '2026-12-31',
  '2027-01-01',
  '2027-02-28',
  '2027-05-15',
  '2027-05-16',
  '2028-02-29',
  '2029-08-07',
];
const RURAL = 'ky-ekcep';
const URBAN = 'ky-kentuckiana-works';

/** Why each pathway whose table entry says something is wrong is flagged, and a few in which nothing is. */
const PLANTED: Record<string, string[]> = {
  'hollow-nursing': [],
  'falls-machining': [],
  'fork-maintenance': [],
  'hollow-computer-support': ['empty-highway'],
  'falls-carpentry': ['empty-highway'],
  'hollow-heavy-equipment': ['built-outward'],
  'fork-welding': ['credential-missing', 'educator-gap', 'empty-highway', 'skills-gap'],
  'fork-phlebotomy': ['empty-highway', 'oversupplied'],
  'summit-pharmacy': ['educator-gap'],
  'meadow-hvac': ['educator-gap'],
  'meadow-welding': ['credential-missing'],
  'gap-web-design': ['empty-highway', 'no-local-demand'],
  'gap-hvac': ['demand-stale', 'empty-highway'],
  'corners-early-childhood': ['credential-missing'],
  'corners-medical-office': ['credential-unasked'],
  'knob-logistics': ['credential-unasked'],
  'falls-cybersecurity': ['built-outward', 'credential-missing', 'educator-gap', 'empty-highway', 'skills-gap'],
};

let market: SampleMarket;
beforeAll(async () => {
  market = await readSampleMarket(join(PROJECT_ROOT, 'api', 'data', 'starter-region'));
});

describe('the sample network', () => {
  test('is large enough to be interesting in both regions', () => {
    const network = sample('2026-11-23');
    expect(network.employers.length).toBeGreaterThanOrEqual(30);
    expect(network.pathways.length).toBeGreaterThanOrEqual(16);
    expect(network.cohorts.length).toBeGreaterThanOrEqual(40);
    for (const area of [RURAL, URBAN]) {
      const counties = countiesOf(area);
      const schools = network.institutions.filter(({ countyFips }) => counties.has(countyFips));
      expect(schools.length).toBeGreaterThanOrEqual(4);
      expect(network.sites.filter(({ countyFips }) => counties.has(countyFips)).length).toBeGreaterThanOrEqual(15);
    }
    const days = network.evidence.map(({ occurredOn }) => occurredOn);
    expect(Math.max(...days) - Math.min(...days)).toBeGreaterThan(1000);
    expect(dayOf('2026-11-23') - Math.min(...days)).toBeGreaterThanOrEqual(3 * 365);
  });

  test('holds commitments and evidence of every kind, answers of every kind, and calls that wait', () => {
    const network = sample('2026-11-23');
    expect(new Set(network.commitments.map(({ kind }) => kind))).toEqual(new Set(COMMITMENT_KINDS));
    expect(new Set(network.evidence.map(({ kind }) => kind))).toEqual(new Set(EVIDENCE_KINDS));
    expect(new Set(network.activations.map(({ disposition }) => disposition))).toEqual(
      new Set(['interview', 'offer', 'hired', 'declined', 'withdrawn', null]),
    );
    expect(network.commitments.some(({ pathwayId }) => pathwayId === null)).toBe(true);
  });

  test('says Sample in every name that it invents', () => {
    const network = sample('2026-11-23');
    const invented = [
      ...network.employers,
      ...network.sites,
      ...network.institutions,
      ...network.pathways,
      ...network.units,
      ...network.educators,
    ];
    expect(invented.map(({ name }) => name).filter((name) => !name.includes('Sample'))).toEqual([]);
    expect(network.educators.every(({ name }) => /^Sample educator \d+$/.test(name))).toBe(true);
    expect(network.employers.every(({ ein }) => ein === null)).toBe(true);
  });

  test('is the same for the same seed and day, and another for another seed', () => {
    expect(sample('2026-11-23', 7)).toEqual(sample('2026-11-23', 7));
    expect(sample('2026-11-23', 7)).not.toEqual(sample('2026-11-23', 8));
  });

  test('moves its dates with the day on which it is made', () => {
    const [early, late] = [sample('2026-06-30'), sample('2026-07-28')];
    const shift = 28;
    expect(late.requirements.map(({ recordedOn }) => recordedOn - shift)).toEqual(
      early.requirements.map(({ recordedOn }) => recordedOn),
    );
    expect(late.versions.map(({ adoptedOn }) => adoptedOn - shift)).toEqual(
      early.versions.map(({ adoptedOn }) => adoptedOn),
    );
    expect(late.evidence.length).toBe(early.evidence.length);
  });

  test('knows nothing of the future but plans, reviews and windows', () => {
    for (const day of DAYS) {
      const network = sample(day);
      const asOf = dayOf(day);
      const past = [
        ...network.requirements.flatMap((row) => [row.recordedOn, row.effectiveOn]),
        ...network.versions.map((row) => row.adoptedOn),
        ...network.evidence.flatMap((row) => [row.occurredOn, row.recordedOn, row.confirmedOn, row.evaluatedOn]),
        ...network.commitments.map((row) => row.opensOn),
        ...network.activations.flatMap((row) => [row.activatedOn, row.answeredOn]),
        ...network.educatorSkills.map((row) => row.lastIndustryContactOn),
      ];
      expect(past.filter((known) => known !== null && known > asOf)).toEqual([]);
    }
  });

  test('reads back from the CSV folder whole, without an error or a notice', () => {
    for (const day of DAYS) {
      const network = sample(day);
      const read = readBack(network);
      expect(read.errors).toEqual([]);
      expect(read.notices).toEqual([]);
      expect(digestNetwork(read.network, sha256)).toBe(digestNetwork(network, sha256));
    }
  });

  test('pays what the place pays: no wage floor above the median of its own area, and rural floors below urban ones', () => {
    const network = sample('2026-11-23');
    const countyOf = new Map(network.sites.map((site) => [site.siteId, site.countyFips]));
    const rural = countiesOf(RURAL);
    const floors: Record<string, number[]> = { [RURAL]: [], [URBAN]: [] };
    for (const { siteId, soc, wageFloorHourlyCents } of network.requirements) {
      const areaId = rural.has(countyOf.get(siteId) ?? '') ? RURAL : URBAN;
      const median = network.projections.find((row) => row.areaId === areaId && row.soc === soc)?.medianWageHourlyCents;
      expect(wageFloorHourlyCents).not.toBeNull();
      expect(wageFloorHourlyCents).toBeLessThanOrEqual(median ?? 0);
      floors[areaId]?.push(wageFloorHourlyCents ?? 0);
    }
    const mean = (cents: number[] = []): number => cents.reduce((sum, one) => sum + one, 0) / cents.length;
    expect(mean(floors[RURAL])).toBeLessThan(mean(floors[URBAN]));
  });

  test("carries the areas' real counties and figures unchanged", () => {
    const network = sample('2026-11-23');
    expect(network.areas.filter(({ areaId }) => areaId === RURAL)).toHaveLength(23);
    expect(network.areas.filter(({ areaId }) => areaId === URBAN)).toHaveLength(7);
    // KYSTATS 2022–2032: 323 openings over ten years for welders in EKCEP, median 44,532 dollars a year.
    expect(network.projections).toContainEqual({
      areaId: RURAL,
      soc: '51-4121',
      annualOpenings: 32.3,
      medianWageHourlyCents: 2141,
      source: 'Kentucky Center for Statistics (KYSTATS), Occupational Outlook, state and local workforce areas',
      vintage: '2022–2032',
    });
  });
});

describe('what the engines find in it', () => {
  test.each(DAYS)('on %s every flag, rung and step occurs, and every flag is absent somewhere', (day) => {
    const { alignment, partnerships } = assess(sample(day), dayOf(day));
    for (const code of COHORT_FLAG_CODES) {
      const flagged = alignment.cohorts.filter(({ flags }) => flags.some((flag) => flag.code === code));
      expect({ code, occurs: flagged.length > 0, absent: flagged.length < alignment.cohorts.length }).toEqual(
        occursAndIsAbsent(code),
      );
    }
    for (const code of PARTNERSHIP_FLAG_CODES) {
      const flagged = partnerships.filter(({ flags }) => flags.some((flag) => flag.code === code));
      expect({ code, occurs: flagged.length > 0, absent: flagged.length < partnerships.length }).toEqual(
        occursAndIsAbsent(code),
      );
    }
    expect(new Set(partnerships.map(({ rung }) => rung))).toEqual(new Set([0, 1, 2, 3, 4, 5]));
    expect(new Set(partnerships.flatMap(({ nextSteps }) => nextSteps))).toEqual(new Set(PARTNERSHIP_STEP_CODES));
    expect(alignment.cohorts.some(({ nextSteps }) => nextSteps.length > 0)).toBe(true);
  });

  test.each([1, 2, 3, 42, 4_294_967_295])('seed %i tells the same stories', (seed) => {
    const asOf = dayOf('2026-11-23');
    expect(story(sample('2026-11-23', seed), asOf)).toEqual(story(sample('2026-11-23', 1), asOf));
  });

  test('about half of the cohorts about to complete are healthy', () => {
    for (const day of DAYS) {
      const { alignment } = assess(sample(day), dayOf(day));
      const inRun = alignment.cohorts.filter(({ seatShare }) => seatShare !== null);
      const healthy = inRun.filter(({ flags }) => flags.length === 0);
      expect(healthy.length / inRun.length).toBeGreaterThan(0.4);
      expect(healthy.length / inRun.length).toBeLessThan(0.65);
    }
  });

  test.each(Object.entries(PLANTED))('%s tells the story that was planted', (pathway, codes) => {
    const { alignment } = assess(sample('2026-11-23'), dayOf('2026-11-23'));
    const cohort = alignment.cohorts.find(({ cohortId }) => cohortId === `${pathway}-2027-05`);
    expect(cohort?.flags.map(({ code }) => code)).toEqual(codes);
  });

  test('it keeps working as the days go by after it was made', () => {
    const made = dayOf('2026-11-23');
    const network = sample('2026-11-23');
    for (const later of [1, 30, 90, 120]) {
      const { alignment, partnerships } = assess(network, made + later);
      expect(alignment.cohorts).toHaveLength(network.cohorts.length);
      expect(partnerships.length).toBeGreaterThan(50);
      expect(alignment.totals.seated).toBeGreaterThan(0);
    }
  });
});

function sample(day: string, seed = 1): Network {
  return generateSampleNetwork({ seed, asOf: dayOf(day), market });
}

function assess(network: Network, asOf: Day): { alignment: CohortAlignment; partnerships: PartnershipResult[] } {
  const commutingZoneOf = (fips: string): string | null => market.commutingZones.get(fips) ?? null;
  return {
    alignment: alignCohorts(network, { asOf, threshold: { numerator: 4n, denominator: 5n }, commutingZoneOf }),
    partnerships: assessPartnerships(network, { asOf, commutingZoneOf }),
  };
}

/** Flags and rungs without dates or reasons: what the planted tables decide. */
function story(network: Network, asOf: Day): unknown {
  const { alignment, partnerships } = assess(network, asOf);
  return {
    cohorts: alignment.cohorts.map(({ cohortId, flags }) => [cohortId, ...flags.map(({ code }) => code)]),
    partnerships: partnerships.map(({ employerId, pathwayId, rung, flags, nextSteps }) => [
      ...[employerId, pathwayId, rung],
      ...flags.map(({ code }) => code),
      ...nextSteps,
    ]),
  };
}

function readBack(network: Network): ReturnType<NetworkReader['finish']> {
  const reader = new NetworkReader();
  for (const { name, text } of serializeNetwork(network)) {
    const rows = reader.file(name);
    rows?.push(Buffer.from(text));
    rows?.end();
  }
  return reader.finish();
}

function occursAndIsAbsent(code: string): { code: string; occurs: boolean; absent: boolean } {
  return { code, occurs: true, absent: true };
}

function countiesOf(area: string): Set<string> {
  return new Set(market.areas.find(({ areaId }) => areaId === area)?.counties);
}

function dayOf(text: string): Day {
  const day = parseDay(text);
  if (day === null) throw new RangeError(text);
  return day;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
