import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { Server } from 'node:http';
import request from 'supertest';
import { parseDay } from '@throughway/vocabulary/local-date';
import { type RegionPage, regionsApi } from '@throughway/contracts/regions';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { Transactions } from '../platform/database/transactions.js';
import { ProblemFilter } from '../platform/errors/problem.filter.js';
import { PlatformModule } from '../platform/platform.module.js';
import { LaborMarketModule } from './labor-market.module.js';
import { LaborMarketService } from './labor-market.service.js';
import { loadStarterRegion } from './starter-region.js';

let database: TestDatabase;
let app: INestApplication<Server>;

beforeAll(async () => {
  database = await testDatabase();
  await new Transactions(database.source).run((em) => loadStarterRegion(em));
  const module = await Test.createTestingModule({
    imports: [
      PlatformModule.using(database.config, { app: database.source, worker: database.source }),
      LaborMarketModule,
    ],
  }).compile();
  app = module.createNestApplication<INestApplication<Server>>();
  app.useGlobalFilters(new ProblemFilter(() => []));
  await app.init();
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

async function region(areaId: string, query: Record<string, string> = {}): Promise<RegionPage> {
  const answer = await request(app.getHttpServer()).get(`/api/regions/${areaId}`).query(query).expect(200);
  return regionsApi.get.response.parse(answer.body);
}

const titles = (page: RegionPage): string[] => page.occupations.map((row) => row.title);

describe('the regions', () => {
  test('are listed by name with their size, their openings in persons per year and their source', async () => {
    const answer = await request(app.getHttpServer()).get('/api/regions').expect(200);
    const { regions } = regionsApi.list.response.parse(answer.body);
    expect(regions).toEqual([
      expect.objectContaining({ areaId: 'ky-ekcep', countyCount: 23, occupationCount: 386, annualOpenings: 12783 }),
      expect.objectContaining({ areaId: 'ky-kentuckiana-works', countyCount: 7, occupationCount: 544 }),
    ]);
    expect(regions[0]?.source).toEqual({
      source: 'Kentucky Center for Statistics (KYSTATS), Occupational Outlook, state and local workforce areas',
      vintage: '2022–2032',
      attribution: 'Kentucky Center for Statistics (KYSTATS)',
      overdue: false,
    });
  });

  test('name the roles that lead each region’s own page, with what they pay', async () => {
    const answer = await request(app.getHttpServer()).get('/api/regions').expect(200);
    const { regions } = regionsApi.list.response.parse(answer.body);
    for (const { areaId, topRoles } of regions) {
      const { occupations } = await region(areaId, { size: '3' });
      expect(topRoles).toEqual(
        occupations.map(({ soc, title, annualOpenings, medianWageHourlyCents }) => ({
          ...{ soc, title, annualOpenings, medianWageHourlyCents },
        })),
      );
      expect(topRoles.every(({ medianWageHourlyCents }) => (medianWageHourlyCents ?? 0) > 0)).toBe(true);
    }
  });

  test('an area that nobody knows is not found', async () => {
    await request(app.getHttpServer()).get('/api/regions/ky-nowhere').expect(404);
  });
});

describe('an area with two vintages', () => {
  const addVintage = async (sourceId: string, vintageOn: string): Promise<void> => {
    await database.source.query(
      `INSERT INTO reference_source VALUES ($1, 'Sample publisher', 'Sample outlook', $1, $2, 24, 'Sample', 'Sample')`,
      [sourceId, vintageOn],
    );
    await database.source.query(
      `INSERT INTO labor_projection (area_id, soc, source_id, title, annual_openings, is_median_wage_top_coded)
       VALUES ('ky-ekcep', '29-1141', $1, 'Registered Nurses', 1, false)`,
      [sourceId],
    );
  };
  afterAll(async () => {
    await database.source.query(`DELETE FROM labor_projection WHERE source_id LIKE 'sample-%'`);
    await database.source.query(`DELETE FROM reference_source WHERE source_id LIKE 'sample-%'`);
  });

  test('is read in the one that ends last, and the two are never added up', async () => {
    await addVintage('sample-older', '2020-12-31');
    expect((await region('ky-ekcep')).area).toMatchObject({ occupationCount: 386, annualOpenings: 12783 });
    await addVintage('sample-newer', '2024-12-31');
    expect((await region('ky-ekcep')).area).toMatchObject({ occupationCount: 1, annualOpenings: 1 });
    const page = await region('ky-ekcep', { growing: 'no' });
    // The newer source prints no total, so no median is known and no gate is made up.
    expect(page.wageGate).toBeNull();
    expect(page.occupations.map((row) => row.vintage)).toEqual(['sample-newer']);
  });
});

describe('growing roles of a region', () => {
  test('cashiers do not win: they shrink and pay less than half of all jobs do', async () => {
    const page = await region('ky-ekcep', { size: '100' });
    expect(page.wageGate).toEqual({ hourlyCents: 1766, basis: 'area-median' });
    expect(titles(page)).not.toContain('Cashiers');
    expect(page.occupations.every((row) => (row.employmentChange ?? 0) > 0)).toBe(true);
    expect(page.occupations.every((row) => (row.medianWageHourlyCents ?? 0) >= 1766)).toBe(true);
    // Without any gate they lead, which is why there are gates.
    const open = await region('ky-ekcep', { minWageHourlyCents: '0', growing: 'no', size: '5' });
    expect(titles(open)).toContain('Cashiers');
  });

  test('stand with the most openings first, and every occupation is either shown or counted at one gate', async () => {
    const page = await region('ky-kentuckiana-works', { maxEducation: 'associate', size: '100' });
    const openings = page.occupations.map((row) => row.annualOpenings);
    expect(openings).toEqual([...openings].sort((a, b) => b - a));
    const { belowWage, aboveEducation, notGrowing, wageUnknown } = page.leftOut;
    expect(page.rowCount + belowWage + aboveEducation + notGrowing + wageUnknown).toBe(544);
    expect(page.occupations.some((row) => row.entryEducation === 'bachelor')).toBe(false);
    expect(aboveEducation).toBeGreaterThan(0);
  });

  test('can be ordered by growth, wage or name, what is not known last', async () => {
    const everything = { growing: 'no', minWageHourlyCents: '0', size: '100', page: '1' };
    const wages = [...Array(4).keys()].map((page) =>
      region('ky-ekcep', { ...everything, sort: 'wage', page: String(page + 1) }),
    );
    const paid = (await Promise.all(wages)).flatMap((page) => page.occupations.map((row) => row.medianWageHourlyCents));
    expect(paid.at(-1)).toBeNull();
    expect(paid).toEqual([...paid].sort((a, b) => (b ?? -1) - (a ?? -1)));
    const grown = (await region('ky-ekcep', { sort: 'growth' })).occupations.map((row) => row.growthShare ?? -1);
    expect(grown).toEqual([...grown].sort((a, b) => b - a));
    const named = titles(await region('ky-ekcep', { sort: 'role', size: '10' }));
    expect(named[0]).toBe('Accountants and Auditors');
  });

  test('a chosen wage moves the gate, and an unknown wage never passes one', async () => {
    const page = await region('ky-ekcep', { minWageHourlyCents: '3000', growing: 'no', size: '100' });
    expect(page.wageGate).toEqual({ hourlyCents: 3000, basis: 'chosen' });
    expect(page.occupations.map((row) => row.medianWageHourlyCents ?? 0).every((cents) => cents >= 3000)).toBe(true);
    expect(page.leftOut.wageUnknown).toBeGreaterThan(0);
  });

  test('are found by part of a title, in which % and _ are only themselves', async () => {
    const nurses = await region('ky-ekcep', { q: 'registered nurse' });
    expect(titles(nurses)).toEqual(['Registered Nurses']);
    expect((await region('ky-ekcep', { q: '%', growing: 'no', minWageHourlyCents: '0' })).rowCount).toBe(0);
  });

  test('come in pages that neither repeat nor lose a role', async () => {
    const first = await region('ky-ekcep', { page: '1', size: '20' });
    const second = await region('ky-ekcep', { page: '2', size: '20' });
    const all = await region('ky-ekcep', { size: '40' });
    expect([...titles(first), ...titles(second)]).toEqual(titles(all));
  });

  test('a role shows what O*NET rates highest, and a hybrid code what its occupations share', async () => {
    const page = await region('ky-ekcep', { q: 'registered nurses' });
    expect(page.occupations[0]).toMatchObject({ soc: '29-1141', jobZone: 4, entryEducation: 'bachelor' });
    expect(page.occupations[0]?.topSkills[0]).toEqual({
      name: 'Psychology',
      importance: 4.58,
      level: 6.08,
    });
    const hybrid = await region('ky-ekcep', { q: '31-1120', growing: 'no', minWageHourlyCents: '0' });
    expect(hybrid.occupations[0]).toMatchObject({ soc: '31-1120', title: 'Home Health and Personal Care Aides' });
    expect(hybrid.occupations[0]?.topSkills).toHaveLength(6);
  });

  test('every figure on the page names its source, and a vintage past its review is called overdue', async () => {
    const page = await region('ky-ekcep', { size: '1' });
    expect(page.occupations[0]).toMatchObject({ vintage: '2022–2032' });
    const attributions = page.sources.map((source) => source.attribution);
    expect(attributions).toContain('Kentucky Center for Statistics (KYSTATS)');
    expect(attributions.some((text) => text.includes('Used under the CC BY 4.0 license'))).toBe(true);
    // Today is 2026-06-30 in this spec: LAUS 2023 ran out in April 2025, the outlook does so the day after.
    const overdue = page.sources.filter((source) => source.overdue).map((source) => source.source);
    expect(overdue).toContain('U.S. Bureau of Labor Statistics, Local Area Unemployment Statistics');
    expect(overdue).not.toContain(page.area.source.source);
  });

  test('wrong input is refused by name', async () => {
    const answer = await request(app.getHttpServer()).get('/api/regions/ky-ekcep?minWageHourlyCents=-1').expect(400);
    expect(answer.body).toMatchObject({ code: 'bad-input', fields: [{ path: 'query.minWageHourlyCents' }] });
  });
});

describe('what other rooms ask', () => {
  const laborMarket = new LaborMarketService();

  test('counties have names and commuting zones; unknown ones are absent', async () => {
    const em = database.source.manager;
    const counties = await laborMarket.countiesOf(em, ['21193', '99999']);
    expect(counties.map(({ fips, name, state }) => ({ fips, name, state }))).toEqual([
      { fips: '21193', name: 'Perry County', state: 'KY' },
    ]);
    expect(await laborMarket.commutingZones(em, ['21193', '99999'])).toEqual(new Map([['21193', '229']]));
  });

  test('occupations have titles under SOC, hybrid and O*NET codes, programs under CIP', async () => {
    const em = database.source.manager;
    const found = await laborMarket.occupationTitles(em, ['29-1141', '29-1141.00', '21-1018', '99-9999']);
    expect([...found].sort()).toEqual([
      ['21-1018', 'Substance Abuse, Behavioral Disorder, and Mental Health Counselors'],
      ['29-1141', 'Registered Nurses'],
      ['29-1141.00', 'Registered Nurses'],
    ]);
    expect(await laborMarket.cipTitle(em, '51.3801')).toBe('Registered Nursing/Registered Nurse');
    expect(await laborMarket.cipTitle(em, '00.0000')).toBeNull();
  });

  test('an occupation published under a hybrid code has the openings of its group', async () => {
    const em = database.source.manager;
    const projections = await laborMarket.projections(em, ['ky-ekcep']);
    const aides = projections.filter((row) => row.soc.startsWith('31-112'));
    expect(aides.map((row) => row.soc)).toEqual(['31-1121', '31-1122']);
    expect(new Set(aides.map((row) => row.annualOpenings)).size).toBe(1);
  });

  test('an area is found by any of its counties and brings them all', async () => {
    const areas = await laborMarket.areasOf(database.source.manager, ['21111']);
    expect(areas.map(({ areaId, countyFips }) => [areaId, countyFips.length])).toEqual([['ky-kentuckiana-works', 7]]);
  });
});

describe('projected openings', () => {
  test('say whether newer figures are due, which nobody knows of a source that a network brought itself', async () => {
    const { labels, found } = await new Transactions(database.source).read(async (em) => {
      const service = app.get(LaborMarketService);
      const [first] = await service.projections(em, ['ky-ekcep']);
      const known = { source: first?.source ?? '', vintage: first?.vintage ?? '' };
      const rows = [known, { source: 'Sample office', vintage: '2025' }, { ...known, vintage: '1999' }];
      const ask = (today: string) => service.withOverdue(em, rows, parseDay(today) ?? 0);
      return { labels: known, found: [await ask('2023-01-01'), await ask('2040-01-01')] };
    });
    expect(labels.vintage).toBe('2022–2032');
    expect(found.map((rows) => rows.map(({ overdue }) => overdue))).toEqual([
      [false, null, null],
      [true, null, null],
    ]);
  });
});
