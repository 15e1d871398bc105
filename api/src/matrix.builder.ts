import type { NestExpressApplication } from '@nestjs/platform-express';
import { Problem } from '@throughway/contracts/problem';
import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DataSource } from 'typeorm';
import type * as z from 'zod';
import { type Answer, EXPECTATIONS, type Fill, type Question } from './matrix-expectations.builder.js';
import { type Asker, ASKERS, OWING, type Person, STRANGERS, type World } from './matrix-world.builder.js';
import { asCommand } from './platform/http/as-command.builder.js';
import { rollBackEverything } from './roll-back-everything.builder.js';

/** An operation of the OpenAPI document that the running application serves. */
export interface Operation {
  /** `METHOD /path`, as the document has it. */
  name: string;
  method: string;
  path: string;
  /** Its line of the authorization table. */
  line: string;
  status: number;
  response: z.ZodType;
}

/** One request of the matrix: an operation's question, about one object, by one asker. */
export interface Cell {
  operation: Operation;
  question: Question;
  object: string;
  asker: Asker;
  /** Whose answers are expected, where it is not the asker's own: they lost what they had a moment ago. */
  as?: Asker;
}

export interface Heard {
  status: number;
  body: Answer;
}

const AT_ONCE = 6;
const BOUNDARY = 'sample-boundary';

/** What a document does not say of an operation, asked of the application. */
export type Known = Pick<Operation, 'line' | 'status' | 'response'>;

/** Every operation of the document. @throws Error for one that no expectation is written for, or an expectation for none */
export function operationsOf(
  document: { paths: Record<string, Record<string, unknown>> },
  known: (name: string) => Known,
): Operation[] {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((key): Operation => {
      const method = key.toUpperCase();
      return { ...known(`${method} ${path}`), name: `${method} ${path}`, method, path };
    }),
  );
  const names = new Set(operations.map(({ name }) => name));
  const missing = [...names].filter((name) => !(name in EXPECTATIONS));
  const gone = Object.keys(EXPECTATIONS).filter((name) => !names.has(name));
  const complaints = [
    ...missing.map(
      (name) =>
        `${name}: found no expectation. Write one in api/src/matrix-expectations.builder.ts: whom the domain lets do this, to which objects.`,
    ),
    ...gone.map((name) => `${name}: found an expectation, and no such operation. Remove it.`),
  ];
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
  return operations;
}

export function cellsOf(operations: readonly Operation[]): Cell[] {
  return operations.flatMap((operation) =>
    (EXPECTATIONS[operation.name] ?? []).flatMap((question) =>
      Object.keys(question.about).flatMap((object) => ASKERS.map((asker) => ({ operation, question, object, asker }))),
    ),
  );
}

/**
 * Asks the running application. Every transaction of a request ends by being rolled back, when it is whole and its constraints hold:
 * so each request finds the same world, in whatever order, and a delete can be asked for by thirty.
 */
export class Matrix {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  asked = 0;

  constructor(
    private readonly app: NestExpressApplication,
    private readonly world: World,
  ) {
    rollBackEverything(app.get(DataSource));
  }

  /** What is unexpected about the cells, as sentences; with `first`, no more than one of them and no request after it. */
  async deviations(cells: readonly Cell[], { first = false } = {}): Promise<string[]> {
    await this.world.source.query('DELETE FROM rate_limit');
    const found: string[] = [];
    const heard = new Map<string, Heard>();
    const queue = [...cells];
    const work = async (): Promise<void> => {
      for (let cell = queue.shift(); cell; cell = queue.shift()) {
        const answer = await this.ask(cell);
        const problem = judge(cell, answer, this.world) ?? differs(cell, answer, heard);
        if (problem) found.push(`${cell.operation.name} about "${cell.object}" as ${cell.asker}: ${problem}`);
        if (problem && first) queue.length = 0;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return found;
  }

  ask({ operation, question, object, asker }: Cell): Promise<Heard> {
    this.asked++;
    const person = this.world.people[asker];
    const fill = question.about[object]?.(this.world, person) ?? {};
    return this.send(operation, person, fill);
  }

  private send({ method, path }: Operation, person: Person, { params = {}, query, body, files }: Fill): Promise<Heard> {
    const { port } = this.app.getHttpServer().address() as AddressInfo;
    const place = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    const search = query ? `?${new URLSearchParams(query).toString()}` : '';
    const [type, content] = files ? [`multipart/form-data; boundary=${BOUNDARY}`, multipart(files)] : json(body);
    const headers = {
      ...asCommand(),
      ...person.headers,
      ...(content === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(content) }),
    };
    return new Promise((resolve, reject) => {
      const sent = request(
        { agent: this.agent, host: '127.0.0.1', port, method, path: `${place}${search}`, headers },
        (response) => {
          const pieces: Buffer[] = [];
          const isStream = response.headers['content-type']?.startsWith('text/event-stream') ?? false;
          const answered = (text: string): void =>
            resolve({ status: response.statusCode ?? 0, body: text === '' ? {} : (JSON.parse(text) as Answer) });
          response.on('error', reject);
          response.on('data', (piece: Buffer) => {
            pieces.push(piece);
            if (!isStream) return;
            // Of a stream the first event; it may go on for as long as there is something to tell.
            const [, first] = /^data: (.*)\n\n/.exec(Buffer.concat(pieces).toString()) ?? [];
            if (first === undefined) return;
            answered(first);
            sent.destroy();
          });
          response.on('end', () => {
            if (!isStream) answered(Buffer.concat(pieces).toString());
          });
        },
      );
      sent.setTimeout(60_000, () =>
        sent.destroy(new Error(`${method} ${place}${search} was not answered in a minute`)),
      );
      sent.on('error', reject);
      sent.end(content);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

const json = (body: unknown): [string, string | undefined] => [
  'application/json',
  body === undefined ? undefined : JSON.stringify(body),
];

function multipart(files: Readonly<Record<string, string>>): string {
  const parts = Object.entries(files).map(
    ([name, content]) =>
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\n` +
      `Content-Type: text/csv\r\n\r\n${content}\r\n`,
  );
  return `${parts.join('')}--${BOUNDARY}--\r\n`;
}

/** What is wrong with an answer, if anything. */
function judge(
  { operation, question, object, asker, as: expectedAs = asker }: Cell,
  { status, body }: Heard,
  world: World,
): string | undefined {
  const code = status >= 400 ? String(body['code']) : '';
  const told = `${status} ${code}`.trimEnd();
  if (status >= 400 && !Problem.safeParse(body).success) return `${told} is no problem as the contract has it`;
  if (question.may[object]?.includes(expectedAs)) {
    if (status >= 400) return question.later?.includes(code) ? undefined : `found ${told}, expected to be allowed`;
    if (status !== operation.status) return `found ${told}, expected ${operation.status}`;
    const parsed = operation.response.safeParse(body);
    if (!parsed.success) return `the answer does not fit its contract: ${parsed.error.message}`;
    if (JSON.stringify(parsed.data) !== JSON.stringify(body)) return 'the answer holds more than its contract';
    return question.wrong?.(body, expectedAs, object, world, world.people[asker]);
  }
  const expected = refusals(question, object, expectedAs);
  return expected.includes(told) ? undefined : `found ${told}, expected ${expected.join(' or ')}`;
}

const STATUS: Readonly<Record<string, number>> = { 'may-not-import': 403, 'not-allowed': 403, 'wrong-password': 401 };

/** How somebody may be told that they may not. */
function refusals({ open, seen, may, refused = ['not-found'] }: Question, object: string, asker: Asker): string[] {
  const isKnown = Object.values(may).some((askers) => askers.includes(asker));
  if (!open && !isKnown && STRANGERS.includes(asker)) return ['401 not-signed-in'];
  if (open !== true && !isKnown && OWING.includes(asker)) return ['403 second-factor-needed'];
  const told = refused.map((code) => `${STATUS[code] ?? 404} ${code}`);
  if (seen === true) return ['403 not-allowed'];
  return seen?.[object]?.includes(asker) ? [...told, '403 not-allowed'] : told;
}

/**
 * Whether an object that is another's is answered otherwise than one that is not there: the same status and the same body, but for the
 * request's own id. `heard` keeps the one of the two that came first.
 */
function differs(
  { operation, object, asker }: Cell,
  { status, body }: Heard,
  heard: Map<string, Heard>,
): string | undefined {
  if (status < 400 || !/(foreign|none)$/.test(object)) return undefined;
  const place = `${operation.name} ${asker} ${object.replace(/(foreign|none)$/, '')}`;
  const plain = { status, body: { ...body, requestId: '' } };
  const other = heard.get(place);
  heard.set(place, plain);
  if (!other || JSON.stringify(other) === JSON.stringify(plain)) return undefined;
  return `another's is told from none: ${JSON.stringify(other)} against ${JSON.stringify(plain)}`;
}
