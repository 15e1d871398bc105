import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { PartnershipLadder, PartnershipPage } from '@throughway/contracts/partnerships';
import type { PathwayPage } from '@throughway/contracts/pathways';
import request from 'supertest';
import { aTown, dayOf, together } from '../../../test/support/a-network.js';
import { createApp } from '../bootstrap.js';
import type { SignedIn } from '../identity/people.builder.js';
import { NetworkIntake } from '../intake/network-intake.service.js';
import { testDatabase, type TestDatabase } from '../platform/database/test-database.js';
import { aKeeper } from '../programs/networks.builder.js';
import { ProgramsService } from '../programs/programs.service.js';

let database: TestDatabase;
let app: NestExpressApplication;
let keeper: SignedIn;

const hazard = aTown({ name: 'Hazard', countyFips: '21193', taught: 2 });
const network = together(
  {
    ...hazard,
    evidence: [
      ...hazard.evidence,
      {
        evidenceId: 'Hazard-unconfirmed',
        employerId: 'Hazard-employer',
        pathwayId: 'Hazard-welding',
        siteId: 'Hazard-site',
        kind: 'equipment',
        occurredOn: dayOf('2026-05-01'),
        recordedOn: dayOf('2026-05-01'),
        confirmedOn: null,
        secondPerson: false,
        quantity: 1,
        agreementOn: null,
        evaluatedOn: null,
      },
    ],
  },
  aTown({ name: 'Paducah', countyFips: '21145' }),
);

beforeAll(async () => {
  database = await testDatabase();
  app = await createApp(database.config);
  await database.asOwner.run(async (em) => {
    for (const [slug, rows] of [
      ['main', network],
      ['other', aTown({ name: 'Elsewhere', countyFips: '21001' })],
    ] as const) {
      const { networkId } = await app.get(ProgramsService).ensureNetwork(em, { slug, name: slug, sample: false });
      await app.get(NetworkIntake).saveAndAlign(em, networkId, rows, 'import');
    }
  });
  keeper = await aKeeper(database.source, 'main');
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const ask = (path: string) => request(app.getHttpServer()).get(path).set('Cookie', keeper.cookie);

async function get<T>(path: string, query: Record<string, string> = {}): Promise<T> {
  const answer = await ask(path).query(query).expect(200);
  return answer.body as T;
}

describe("a pathway's page", () => {
  test('sets each asked skill beside its taught level, with the gap, the seats and the next step', async () => {
    const page = await get<PathwayPage>('/api/pathways/Hazard-welding');
    expect(page.matches).toHaveLength(1);
    expect(page.matches[0]).toMatchObject({
      requirementId: 'Hazard-welder',
      employerName: 'Sample Hazard Works',
      mine: true,
      ready: false,
      seated: 0,
      skills: [{ name: 'Welding', required: 3, taught: 2, necessity: 'day-one', vote: 'essential' }],
    });
    expect(page.matches[0]?.coverage).toBeCloseTo(2 / 3, 12);
    expect(page.cohort.nextSteps).toEqual([
      {
        requirementId: 'Hazard-welder',
        requirementTitle: 'Welder',
        employerName: 'Sample Hazard Works',
        skillId: 'Hazard-weld',
        skillName: 'Welding',
        toLevel: 3,
        coverageAfter: 1,
      },
    ]);
    expect(page.demand).toMatchObject({
      postedHeadcount: 3,
      promised: [{ kind: 'direct-hire', seats: 2, jobSeats: true }],
    });
  });

  test('names the rows that raise a flag', async () => {
    const { cohort } = await get<PathwayPage>('/api/pathways/Hazard-welding');
    expect(cohort.flags.find(({ code }) => code === 'skills-gap')?.because).toEqual([
      { id: 'Hazard-welder', kind: 'requirement', label: 'Welder · Sample Hazard Works' },
    ]);
  });

  test('says which units nobody asks for, which credentials are asked, and who is current', async () => {
    const page = await get<PathwayPage>('/api/pathways/Hazard-welding');
    expect(page.units.map(({ unitId, orphan }) => [unitId, orphan])).toEqual([
      ['Hazard-arc', false],
      ['Hazard-verse', true],
    ]);
    expect(page.cohort.orphanHours).toBe(30.5);
    expect(page.credentials).toEqual([{ credentialId: 'Hazard-card', name: 'Welding card', asked: true }]);
    expect(page.educators[0]?.skills).toEqual([
      { skillId: 'Hazard-weld', name: 'Welding', lastIndustryContactOn: '2025-09-01', current: true },
    ]);
  });
});

describe('the ladder', () => {
  test('counts every rung and lists the dated flags', async () => {
    const ladder = await get<PartnershipLadder>('/api/partnerships');
    expect(ladder.rungCounts.map(({ rung }) => rung)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(ladder.rungCounts.reduce((sum, { count }) => sum + count, 0)).toBe(2);
    expect(ladder.rowCount).toBe(2);
    expect(ladder.rows[0]).toMatchObject({ employerName: 'Sample Hazard Works', lastEvidenceOn: '2026-04-02' });
  });

  test('advisory-only stands first', async () => {
    const main = await database.asOwner.run((em) => app.get(ProgramsService).findNetwork(em, 'main'));
    const talk = {
      evidenceId: 'talk',
      employerId: 'Paducah-employer',
      pathwayId: 'Hazard-welding',
      siteId: null,
      kind: 'meeting',
      occurredOn: dayOf('2026-05-02'),
      recordedOn: dayOf('2026-05-02'),
      confirmedOn: dayOf('2026-05-02'),
      secondPerson: false,
      quantity: 0,
      agreementOn: null,
      evaluatedOn: null,
    } as const;
    await database.asOwner.run((em) =>
      app.get(NetworkIntake).saveAndAlign(em, main?.networkId ?? 0, { evidence: [talk] }, 'change'),
    );
    const ladder = await get<PartnershipLadder>('/api/partnerships');
    expect(ladder.rows[0]).toMatchObject({
      employerId: 'Paducah-employer',
      pathwayId: 'Hazard-welding',
      rung: 1,
      flags: [{ code: 'advisory-only', since: '2026-05-02' }],
    });
    expect((await get<PartnershipLadder>('/api/partnerships', { flag: 'advisory-only' })).rowCount).toBe(1);
    expect((await get<PartnershipLadder>('/api/partnerships', { rung: '1', q: 'paducah' })).rowCount).toBe(1);
  });
});

describe("a partnership's page", () => {
  test('shows which evidence counted and what became of each call on a promise', async () => {
    const page = await get<PartnershipPage>('/api/partnerships/Hazard-employer/Hazard-welding');
    expect(page.evidence.map(({ evidenceId, counted, confirmedOn }) => [evidenceId, counted, confirmedOn])).toEqual([
      ['Hazard-unconfirmed', false, null],
      ['Hazard-meeting', true, '2026-04-05'],
    ]);
    expect(page.activations).toMatchObject([{ disposition: 'declined', state: 'kept' }]);
    expect(page.kept).toEqual({ kept: 1, due: 1 });
    expect(page.rung).toBe(4);
  });
});

describe('what is not there', () => {
  test('unknown ids and ids of another network answer alike', async () => {
    const answers = await Promise.all(
      [
        '/api/pathways/nowhere',
        '/api/pathways/Elsewhere-welding',
        '/api/pathways/Hazard-welding?cohort=nobody',
        '/api/pathways/Hazard-welding?cohort=Paducah-2026',
        '/api/partnerships/Hazard-employer/nowhere',
        '/api/partnerships/Elsewhere-employer/Elsewhere-welding',
        '/api/partnerships/Hazard-employer/Paducah-welding',
      ].map((path) => ask(path)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(7).fill(404));
    const bodies = answers.map(({ body }) => ({ ...(body as object), requestId: '' }));
    expect(bodies[1]).toEqual(bodies[0]);
    expect(bodies[3]).toEqual(bodies[2]);
    expect(bodies[5]).toEqual(bodies[4]);
    expect(bodies[6]).toEqual(bodies[4]);
  });

  test('a zero character is bad input wherever it stands', async () => {
    for (const path of [
      '/api/board?q=%00',
      '/api/board?region=a%00',
      '/api/pathways/%00',
      '/api/partnerships/a/b%00',
    ]) {
      const answer = await ask(path).expect(400);
      expect(answer.body).toMatchObject({ code: 'bad-input' });
    }
  });
});
