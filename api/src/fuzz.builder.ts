import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Endpoint } from '@throughway/contracts/endpoint';
import { Problem } from '@throughway/contracts/problem';
import * as fc from 'fast-check';
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DataSource } from 'typeorm';
import { type Aim, KINDS, type Shot } from './fuzz-cases.builder.js';
import { EXPECTATIONS } from './matrix-expectations.builder.js';
import type { Operation } from './matrix.builder.js';
import { type Asker, ASKERS, type World } from './matrix-world.builder.js';
import { rollBackEverything } from './roll-back-everything.builder.js';
import { changedBetween, fingerprinter, type Fingerprints } from './row-fingerprints.builder.js';

export interface Told {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** One request of the fuzz, and who sends it. */
export interface FuzzCase {
  asker: Asker;
  object: string;
  shot: Shot;
}

/** Tables that a refused request may write to, and why. */
export const REFUSED_MAY_WRITE: Readonly<Record<string, string>> = {
  rate_limit: 'a try counts, whatever comes of it',
  session: 'when its person was last seen is noted before what they ask is read',
};

/** A promise of TRUST R8 broken: by which case, and how to run it again. */
export interface Finding {
  operation: string;
  kind: string;
  problem: string;
  request: string;
}

/** What no error tells: how the server is made, and anybody's data. */
const INSIDES =
  /\n\s+at |node_modules|\.(js|ts):\d|(Query|Type|Range|Reference)Error|violates|invalid input|relation "|\bSELECT\b.*\bFROM\b|\b(INSERT INTO|DELETE FROM)\b|Cannot read prop|is not a function/;

/** Sends the cases of every operation to the running application, one after the other. Each request finds the same world. */
export class Fuzz {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });
  private written: string[] = [];
  private look: (() => Promise<Fingerprints>) | undefined;
  requests = 0;
  refused = 0;

  constructor(
    private readonly app: NestExpressApplication,
    private readonly world: World,
  ) {
    rollBackEverything(app.get(DataSource), (tables) => this.written.push(...tables));
  }

  /** Tries each kind `times` times; answers what was found, each as small as it could be made. */
  async findings(operation: Operation, endpoint: Endpoint, seed: number, times: number): Promise<Finding[]> {
    await this.world.source.query('DELETE FROM rate_limit');
    this.look ??= await fingerprinter(this.world.source);
    const before = await this.look();
    const found: Finding[] = [];
    for (const [place, [kind, shots]] of Object.entries(KINDS).entries()) {
      const cases = this.aims(operation, endpoint).chain(({ aim, ...of }) =>
        shots(aim).map((shot): FuzzCase => ({ ...of, shot })),
      );
      let problem = '';
      const property = fc.asyncProperty(cases, async (each) => {
        const heard = await this.problemWith(operation, each);
        if (heard) problem = heard;
        return heard === undefined;
      });
      const { failed, counterexample } = await fc.check(property, {
        seed: seed + place,
        numRuns: times,
        endOnFailure: true,
      });
      if (!failed || !counterexample) continue;
      const [smallest] = counterexample;
      found.push({ operation: operation.name, kind, problem, request: describeCase(operation, smallest) });
    }
    const changed = changedBetween(before, await this.look()).filter((table) => !(table in REFUSED_MAY_WRITE));
    const problem = `changed ${changed.join(', ')} outside any transaction that was to be rolled back`;
    if (changed.length > 0) found.push({ operation: operation.name, kind: 'any', problem, request: '' });
    return found;
  }

  /** Requests of the matrix: mostly by somebody who may, so that more than the door is tried. */
  private aims({ name }: Operation, endpoint: Endpoint): fc.Arbitrary<{ aim: Aim; asker: Asker; object: string }> {
    const asked = (EXPECTATIONS[name] ?? []).flatMap((question) =>
      Object.keys(question.about).map((object) => ({ question, object, may: question.may[object] ?? [] })),
    );
    const allowed = asked.filter(({ may }) => may.length > 0);
    const fill = (
      { question, object }: (typeof asked)[number],
      asker: Asker,
    ): { aim: Aim; asker: Asker; object: string } => {
      const {
        params = {},
        query = {},
        body,
        files,
      } = question.about[object]?.(this.world, this.world.people[asker]) ?? {};
      return { aim: { endpoint, params, query, body, files }, asker, object };
    };
    const may = fc
      .constantFrom(...(allowed.length > 0 ? allowed : asked))
      .chain((one) => fc.constantFrom(...(one.may.length > 0 ? one.may : ASKERS)).map((asker) => fill(one, asker)));
    const mayNot = fc.constantFrom(...asked).chain((one) => {
      const others = ASKERS.filter((asker) => !one.may.includes(asker));
      return fc.constantFrom(...(others.length > 0 ? others : ASKERS)).map((asker) => fill(one, asker));
    });
    const stranger = fc.constantFrom(...asked).map((one) => fill(one, 'stranger'));
    return fc.oneof(
      { weight: 4, arbitrary: may },
      { weight: 1, arbitrary: mayNot },
      { weight: 1, arbitrary: stranger },
    );
  }

  /** What is wrong with how a case is answered, if anything; a case that is answered is one request. */
  private async problemWith(operation: Operation, each: FuzzCase): Promise<string | undefined> {
    this.requests++;
    this.written = [];
    const told = await this.send(operation, each).catch((error: unknown) => error as Error);
    if (told instanceof Error) return `was not answered: ${told.message}`;
    if (told.status >= 400) {
      this.refused++;
      const written = [...new Set(this.written)].filter((table) => !(table in REFUSED_MAY_WRITE));
      if (written.length > 0) return `${told.status} ${told.text.slice(0, 300)}, and wrote to ${written.join(', ')}`;
    }
    return judge(operation, told, each);
  }

  private send({ method }: Operation, { asker, shot: { path, headers, content } }: FuzzCase): Promise<Told> {
    const { port } = this.app.getHttpServer().address() as AddressInfo;
    const person = this.world.people[asker].headers;
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          agent: this.agent,
          host: '127.0.0.1',
          port,
          method,
          path,
          headers: { ...person, ...headers, ...(content ? { 'Content-Length': content.length } : {}) } as never,
        },
        (response) => {
          const pieces: Buffer[] = [];
          const isStream = response.headers['content-type']?.startsWith('text/event-stream') ?? false;
          const answered = (text: string): void =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
          response.on('error', reject);
          response.on('data', (piece: Buffer) => {
            pieces.push(piece);
            if (!isStream) return;
            const [, first] = /^data: (.*)\n\n/.exec(Buffer.concat(pieces).toString()) ?? [];
            if (first === undefined) return;
            answered(first);
            sent.destroy();
          });
          response.on('end', () => answered(Buffer.concat(pieces).toString()));
        },
      );
      sent.setTimeout(10_000, () => sent.destroy(new Error('nothing came in 10 s')));
      sent.on('error', reject);
      sent.end(content ?? undefined);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

/** What is wrong with an answer, whatever was asked: every one fits its contract or is a problem, and tells nothing else. */
export function judge(operation: Operation, told: Told, { shot }: FuzzCase): string | undefined {
  const { status, headers, text } = told;
  const said = `${status} ${text.slice(0, 300)}`;
  if (status >= 500) return said;
  if (status === 304 && text === '') return operation.method === 'GET' ? undefined : said;
  const isProblem = status >= 400;
  const type = headers['content-type'] ?? 'no content';
  const expected = isProblem ? 'application/problem+json' : 'application/json';
  const isEvent = !isProblem && type.startsWith('text/event-stream');
  if (!type.startsWith(expected) && !isEvent) return `${said}: found ${type}, expected ${expected}`;
  const body: unknown = JSON.parse(text);
  if (!isProblem && status !== operation.status) return `found ${said}, expected ${operation.status}`;
  const parsed = (isProblem ? Problem : operation.response).safeParse(body);
  if (!parsed.success) return `${said}: does not fit its contract: ${parsed.error.message}`;
  if (JSON.stringify(parsed.data) !== JSON.stringify(body)) return `${said}: holds more than its contract`;
  if (!isProblem) return undefined;
  const problem = body as Problem;
  if (problem.status !== status) return `${said}: the problem has another status`;
  if (problem.requestId !== headers['x-request-id']) return `${said}: the problem has another request's id`;
  if (problem.title === 'Something went wrong') return `${said}: the problem has no title of its own`;
  const isSent = (piece: string): boolean => `${shot.path} ${shot.content?.toString() ?? ''}`.includes(piece);
  const [insides] = INSIDES.exec(text) ?? [];
  if (insides !== undefined && !isSent(insides)) return `${said}: tells how the server is made: ${insides}`;
  const canary = text.match(/canary\d{5}x|(?:2006|2011)-04-\d\d|1999-03-\d\d/gi)?.find((one) => !isSent(one));
  return canary === undefined ? undefined : `${said}: tells somebody's data: ${canary}`;
}

function describeCase({ method }: Operation, { asker, object, shot }: FuzzCase): string {
  const short = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)}… (${text.length})` : text);
  const content = shot.content === null ? '' : short(JSON.stringify(shot.content.toString('latin1')));
  return `${method} ${short(shot.path)} as ${asker} about "${object}" ${short(JSON.stringify(shot.headers))} ${content}`;
}
