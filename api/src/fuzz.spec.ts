import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Endpoint } from '@throughway/contracts/endpoint';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { createApp } from './bootstrap.js';
import { plantCanaries } from './canaries.builder.js';
import { type Finding, Fuzz } from './fuzz.builder.js';
import { KINDS } from './fuzz-cases.builder.js';
import { type Operation, operationsOf } from './matrix.builder.js';
import { aWorld, IMPORT_TOKEN, type World } from './matrix-world.builder.js';
import { testDatabase, type TestDatabase } from './platform/database/test-database.js';
import { Transactions } from './platform/database/transactions.js';
import { notFound, refuse } from './platform/errors/refusal.js';
import { mountedEndpoints } from './platform/http/openapi.js';
import { ShapeResponse } from './platform/http/shape-response.js';
import { ProgramsService } from './programs/programs.service.js';
import { isFull, reportTrust } from './trust-report.builder.js';

/** How often each kind of case is tried for each operation: 20 cases, or 100. */
const TIMES = isFull ? 5 : 1;
/** `FUZZ_SEED=… ` repeats a run to the byte; `FUZZ_ONLY='POST /api/students'` one operation of it. */
const SEED = Number(process.env['FUZZ_SEED'] ?? (isFull ? Date.now() % 2 ** 31 : 1));
const CASES = TIMES * Object.keys(KINDS).length;
const only = process.env['FUZZ_ONLY'];

const folder = mkdtempSync(join(tmpdir(), 'throughway-fuzz-'));
let database: TestDatabase;
let app: NestExpressApplication;
let world: World;
let fuzz: Fuzz;
let operations: { operation: Operation; endpoint: Endpoint }[];

beforeAll(async () => {
  database = await testDatabase({ NODE_ENV: 'development', DATA_DIR: folder, DATABASE_POOL_SIZE: '4', IMPORT_TOKEN });
  app = await createApp(database.config);
  await app.listen(0, '127.0.0.1');
  app.getHttpServer().keepAliveTimeout = 300_000;
  world = await aWorld(app, database);
  await plantCanaries(database.source, world);
  await database.source.query(
    'UPDATE consent_link l SET address_digest = address_digest(g.email) FROM guardian g WHERE g.guardian_id = l.guardian_id',
  );
  const mounted = new Map(
    mountedEndpoints(app).map(({ endpoint, line }) => [
      `${endpoint.method} ${endpoint.path.replace(/:(\w+)/g, '{$1}')}`,
      { endpoint, line, status: endpoint.status ?? 200, response: endpoint.response },
    ]),
  );
  const known = (name: string) => {
    const found = mounted.get(name);
    if (!found) throw new Error(`${name} is in the document and not mounted`);
    return found;
  };
  const answer = await request(app.getHttpServer()).get('/api/docs.json').expect(200);
  operations = operationsOf(answer.body as Parameters<typeof operationsOf>[0], known).map((operation) => ({
    operation,
    endpoint: known(operation.name).endpoint,
  }));
  fuzz = new Fuzz(app, world);
}, 120_000);
afterAll(async () => {
  fuzz?.close();
  await app?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
  const { requests, refused, findings } = measured;
  reportTrust({
    id: 'R8',
    promise: 'bad input changes nothing',
    figure: `${operations.length} operations × ${CASES} cases = ${requests} requests, ${refused} refused, ${findings} broke the promise; seed ${SEED}`,
    goal: '0 answers 5xx, off their contract or telling; no row changed by a refusal; 500 corrupt folders likewise',
    holds: findings === 0 && requests >= operations.length * CASES,
    control: {
      what: Object.entries(noticed)
        .map(([what, times]) => `a handler that ${what}: ${times}`)
        .join(', '),
      failed: Object.keys(noticed).length === 5 && Object.values(noticed).every((times) => times > 0),
    },
    seconds: secondsSince(began),
  });
});

const say = (line: string): boolean => process.stdout.write(`\n${line}\n`);
const sentence = ({ operation, kind, problem, request }: Finding): string =>
  `${operation}, ${kind}: ${problem}\n    ${request}`;

/** For the row of `npm run trust`; what was not measured is no number. */
const measured = { requests: 0, refused: 0, findings: NaN };
const noticed: Record<string, number> = {};
const began = performance.now();
const secondsSince = (from: number): number => Math.round((performance.now() - from) / 100) / 10;

describe('Bad input changes nothing', () => {
  test(`and every operation answers ${CASES} cases of it as its contract says`, async () => {
    const from = performance.now();
    const found: Finding[] = [];
    for (const [place, { operation, endpoint }] of operations.entries()) {
      if (only !== undefined && operation.name !== only) continue;
      found.push(...(await fuzz.findings(operation, endpoint, SEED + place * 1000, TIMES)));
    }
    Object.assign(measured, { requests: fuzz.requests, refused: fuzz.refused, findings: found.length });
    say(
      `fuzz: FUZZ_SEED=${SEED}, ${operations.length} operations, ${fuzz.requests} requests, ${fuzz.refused} refused, ` +
        `${found.length} findings, ${secondsSince(from)} s`,
    );
    expect(found.slice(0, 60).map(sentence).join('\n')).toBe('');
  }, 3_000_000);
});

describe('The fuzz notices a handler that', () => {
  /** What is found while the networks are listed in another way. */
  async function findingsWhile(list: () => Promise<unknown>): Promise<Finding[]> {
    const programs = app.get(ProgramsService);
    const sound = jest.spyOn(programs, 'listNetworks').mockImplementation(list as typeof programs.listNetworks);
    const of = operations.find(({ operation }) => operation.name === 'GET /api/networks');
    if (!of) throw new Error('no operation lists the networks');
    try {
      return await fuzz.findings(of.operation, of.endpoint, SEED, 1);
    } finally {
      sound.mockRestore();
    }
  }

  const write = (): Promise<unknown> =>
    app.get(Transactions).run((em) => em.query('UPDATE person SET name = name WHERE suspended_at IS NULL'));

  test.each<[string, RegExp, () => Promise<unknown>]>([
    ['throws', /^500 /, () => Promise.reject(new Error('a bug'))],
    [
      'answers what its contract does not say',
      /holds more than its contract/,
      () => Promise.resolve({ networks: [], more: 1 }),
    ],
    ['refuses and has written all the same', /wrote to person/, () => write().then(() => Promise.reject(notFound()))],
    [
      'tells what it asked the database',
      /tells how the server is made/,
      () => Promise.reject(refuse('odd', 'SELECT 1 FROM student')),
    ],
    ["tells somebody's data", /tells somebody's data/, () => Promise.reject(refuse('odd', 'Found canary00001x.'))],
  ])('%s', async (what, expected, list) => {
    const cut = jest.spyOn(ShapeResponse.prototype, 'intercept').mockImplementation((_, next) => next.handle());
    try {
      const found = await findingsWhile(list);
      noticed[what] = found.filter(({ problem }) => expected.test(problem)).length;
    } finally {
      cut.mockRestore();
    }
    expect(noticed[what]).toBeGreaterThan(0);
  });
});
