import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { createApp } from './bootstrap.js';
import { type Cell, cellsOf, Matrix, type Operation, operationsOf } from './matrix.builder.js';
import { mutants, type Mutant, roleOf } from './matrix-mutants.builder.js';
import { aWorld, type Asker, ASKERS, IMPORT_TOKEN, OWING, STRANGERS, type World } from './matrix-world.builder.js';
import { testDatabase, type TestDatabase } from './platform/database/test-database.js';
import { mountedEndpoints } from './platform/http/openapi.js';
import { reportTrust } from './trust-report.builder.js';

/** Mutants that a run of all specs tries; `npm run trust` tries them all. */
const SLICE = 60;
const isFull = process.env['TRUST'] === 'full';

const folder = mkdtempSync(join(tmpdir(), 'throughway-matrix-'));
let database: TestDatabase;
let app: NestExpressApplication;
let world: World;
let matrix: Matrix;
let operations: Operation[];

beforeAll(async () => {
  database = await testDatabase({
    NODE_ENV: 'development',
    DATA_DIR: folder,
    DATABASE_POOL_SIZE: '8',
    IMPORT_TOKEN,
  });
  app = await createApp(database.config);
  await app.listen(0, '127.0.0.1');
  world = await aWorld(app, database);
  matrix = new Matrix(app, world);
  const mounted = new Map(
    mountedEndpoints(app).map(({ endpoint, line }) => [
      `${endpoint.method} ${endpoint.path.replace(/:(\w+)/g, '{$1}')}`,
      { line, status: endpoint.status ?? 200, response: endpoint.response },
    ]),
  );
  const answer = await request(app.getHttpServer()).get('/api/docs.json').expect(200);
  operations = operationsOf(answer.body as Parameters<typeof operationsOf>[0], (name) => {
    const known = mounted.get(name);
    if (!known) throw new Error(`${name} is in the document and not mounted`);
    return known;
  });
});
afterAll(async () => {
  matrix?.close();
  await app?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** The first of the sentences, or nothing. */
const some = (deviations: readonly string[]): string => deviations.slice(0, 40).join('\n');
const say = (line: string): boolean => process.stdout.write(`\n${line}\n`);
const secondsSince = (began: number): number => Math.round((performance.now() - began) / 100) / 10;

let figure = '';
const beganAll = performance.now();

describe('Nobody reaches what is not theirs', () => {
  test('every operation, asked by everyone about everything, answers as the domain says', async () => {
    const cells = cellsOf(operations);
    const began = performance.now();
    const found = await matrix.deviations(cells);
    const objects = new Set(cells.map(({ object }) => object)).size;
    figure = `${operations.length} operations × ${ASKERS.length} askers × ${objects} objects = ${cells.length} requests, ${found.length} unexpected`;
    say(`matrix: ${figure}, ${secondsSince(began)} s`);
    expect(some(found)).toBe('');
  }, 900_000);

  test('an operation that nobody wrote an expectation for is named, and where to write one', () => {
    const more = { paths: { '/api/new-thing/{thingId}': { get: {} } } };
    expect(() => operationsOf(more, () => operations[0] as Operation)).toThrow(
      'GET /api/new-thing/{thingId}: found no expectation. Write one in api/src/matrix-expectations.builder.ts',
    );
  });

  /** Cells that somebody was let into, and that whoever they are now is not, or would see less of. */
  const lost = (now: (asker: Asker) => Asker | null, more: (cell: Cell) => boolean = () => true): Cell[] =>
    cellsOf(operations).flatMap((cell) => {
      const as = now(cell.asker);
      const may = cell.question.may[cell.object] ?? [];
      if (as === null || !may.includes(cell.asker) || !more(cell)) return [];
      return !may.includes(as) || cell.question.wrong ? [{ ...cell, as }] : [];
    });
  const withAccount = (asker: Asker): boolean => !STRANGERS.includes(asker) && !OWING.includes(asker);
  /** Whoever gave a consent still takes it back. */
  const aboutFamily = ({ object, operation }: Cell): boolean =>
    ['minor', 'all'].includes(object) &&
    /student|consent/.test(operation.path) &&
    operation.name !== 'DELETE /api/consents/{consentId}';
  const ofCode = (pattern: RegExp, objects: string[]) => (): Cell[] =>
    cellsOf(operations)
      .filter(({ operation, object }) => pattern.test(operation.path) && objects.includes(object))
      .map((cell) => ({ ...cell, as: cell.question.open ? cell.asker : 'no-role' }))
      .filter(({ asker }) => withAccount(asker))
      .map((cell) => ({ ...cell, question: { ...cell.question, may: {}, open: true } }));

  test.each<[string, string, string, () => Cell[]]>([
    [
      'whose role ended',
      'UPDATE membership SET ended_at = now() WHERE ended_at IS NULL AND person_id = ANY($1)',
      'UPDATE membership SET ended_at = NULL WHERE person_id = ANY($1)',
      () => lost((asker) => (withAccount(asker) && asker !== 'no-role' ? 'no-role' : null)),
    ],
    [
      'whose sessions ended',
      'UPDATE session SET ended_at = now() WHERE person_id = ANY($1)',
      'UPDATE session SET ended_at = NULL WHERE person_id = ANY($1)',
      () => lost((asker) => (withAccount(asker) ? 'stranger' : null)),
    ],
    [
      'who is suspended',
      'UPDATE person SET suspended_at = now() WHERE person_id = ANY($1)',
      `UPDATE person SET suspended_at = NULL WHERE person_id = ANY($1) AND name <> 'Sample suspended'`,
      () =>
        lost(
          (asker) => (withAccount(asker) ? 'suspended' : null),
          ({ operation }) => operation.method === 'GET',
        ),
    ],
    [
      'whom the record names as guardian no more',
      `UPDATE guardian SET ended_at = now() WHERE guardian_id IN (SELECT subject_id FROM membership WHERE person_id = ANY($1))`,
      'UPDATE guardian SET ended_at = NULL WHERE $1::uuid[] IS NOT NULL',
      () => lost((asker) => (asker === 'guardian' ? 'guardian-of-adult' : null), aboutFamily),
    ],
    [
      'whose consent was withdrawn',
      `UPDATE consent SET withdrawn_at = now(), withdrawn_as = 'guardian' WHERE answer = 'given' AND $1::uuid[] IS NOT NULL`,
      `UPDATE consent SET withdrawn_at = NULL, withdrawn_as = NULL WHERE $1::uuid[] IS NOT NULL`,
      ofCode(/shared-students\/|consent-by-link\/nothing/, ['minor']),
    ],
    [
      'whose link was taken back',
      'UPDATE supervisor_link SET revoked_at = now() WHERE $1::uuid[] IS NOT NULL',
      'UPDATE supervisor_link SET revoked_at = NULL WHERE $1::uuid[] IS NOT NULL',
      ofCode(/supervisor-task/, ['link']),
    ],
  ])(
    'somebody %s a moment ago is answered so at the next request',
    async (_, take, giveBack, cells) => {
      const ids = [Object.values(world.people).map(({ personId }) => personId)];
      const asked = cells();
      expect(asked.length).toBeGreaterThan(0);
      await world.source.query(take, ids);
      try {
        expect(some(await matrix.deviations(asked))).toBe('');
      } finally {
        await world.source.query(giveBack, ids);
      }
    },
    300_000,
  );
});

describe('The matrix notices', () => {
  /** What is asked to notice a mutant: its line first, and on it those whom it is about. */
  function cellsFor({ resource, line, roles }: Mutant): Cell[] {
    const isAbout = ({ asker }: Cell): boolean =>
      roles.includes(roleOf(asker) ?? 'student') && roleOf(asker) !== undefined;
    const rank = (cell: Cell): number => (cell.operation.line === line ? 0 : 2) + (isAbout(cell) ? 0 : 1);
    // Pages of a network hide what "partnership.count" does not open.
    const asked = resource === 'partnership' ? [resource, 'network'] : [resource];
    const cells = cellsOf(operations.filter((operation) => asked.includes(operation.line.split('.')[0] ?? '')));
    return cells.sort((one, other) => rank(one) - rank(other));
  }

  test('every small wrong change of the authorization table that changes anything for anybody', async () => {
    const all = mutants().filter(({ name }) => new RegExp(process.env['MUTANTS'] ?? '.').test(name));
    const live = all.filter(({ equivalent }) => !equivalent);
    const step = isFull ? 1 : Math.max(1, Math.ceil(live.length / SLICE));
    const tried = live.filter((_, place) => place % step === 0);
    const began = performance.now();
    const survivors: string[] = [];
    for (const mutant of tried) {
      const takeBack = mutant.apply();
      try {
        if ((await matrix.deviations(cellsFor(mutant), { first: true })).length === 0) survivors.push(mutant.name);
      } finally {
        takeBack();
      }
    }
    const killed = tried.length - survivors.length;
    say(
      `mutants: ${killed} of ${tried.length} noticed, ${all.length - live.length} change nothing; ${secondsSince(began)} s`,
    );
    const share = killed / tried.length;
    reportTrust({
      id: 'S1',
      promise: 'nobody reaches what is not theirs',
      figure,
      goal: '0 unexpected allow or deny; ≥ 98 % of mutants noticed',
      holds: figure.endsWith(' 0 unexpected') && share >= 0.98,
      control: {
        what: `${killed} of ${tried.length} mutants of the authorization table noticed`,
        failed: share >= 0.98,
      },
      seconds: secondsSince(beganAll),
    });
    if (survivors.length > 0) say(`not noticed: ${some(survivors)}`);
    expect(share >= 0.98 ? '' : some(survivors)).toBe('');
  }, 3_600_000);
});
