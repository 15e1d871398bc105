import type { NestExpressApplication } from '@nestjs/platform-express';
import { PinoLogger } from 'nestjs-pino';
import type { DataSource } from 'typeorm';
import type { World } from './matrix-world.builder.js';
import { MAIL_TEMPLATES } from './platform/mail/mail-templates.js';
import { Outbox } from './platform/mail/outbox.js';

/** Tables whose every text is looked at: what is not planted must be listed as open, with the reason. */
const TABLES = ['student', 'guardian', 'student_population', 'employer', 'person'] as const;

/** Columns of these tables that anybody who sees the row may see, and why; a new column is planted until it stands here. */
const OPEN: Readonly<Record<string, string>> = {
  'employer.employer_id': "the tenant's own id of an employer",
  'employer.name': 'employers are a directory',
  'employer.naics': 'an industry',
  'employer.ein': 'employers are found by it',
  'employer.website': 'public',
  'person.name': 'who did something is named to those who see it',
  'person.language': 'en or es',
  'person.declined_mails': 'words of the program, not of a person',
};

/** Where a canary was planted: `table.column` and the row, by the name that the world gives it. */
export interface Nest {
  field: string;
  /** A student's name in the world, or the person's or employer's id. */
  row: string;
}

export type Canaries = ReadonlyMap<string, Nest>;

const DATES: Readonly<Record<string, (index: number, isAdult: boolean) => string>> = {
  'student.born_on': (index, isAdult) => `${isAdult ? 2006 : 2011}-04-${String(index + 1).padStart(2, '0')}`,
  'student_population.since_on': (index) => `1999-03-${String(index + 1).padStart(2, '0')}`,
};

/**
 * Writes a canary into every text and every date of birth or belonging, each row its own, and answers what stands where. Populations
 * are words of the program: the source and the day beside them tell them apart.
 */
export async function plantCanaries(source: DataSource, world: World): Promise<Canaries> {
  const planted = new Map<string, Nest>();
  const students = new Map(Object.entries(world.students).map(([name, { studentId }]) => [studentId, name]));
  const columns: { table: string; column: string; type: string }[] = await source.query(
    `SELECT table_name AS table, column_name AS column, data_type AS type FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = ANY($1) AND (data_type IN ('text', 'jsonb', 'ARRAY', 'character varying')
       OR table_name || '.' || column_name = ANY($2)) ORDER BY 1, 2`,
    [TABLES, Object.keys(DATES)],
  );
  for (const { table, column, type } of columns) {
    const field = `${table}.${column}`;
    if (field in OPEN || field === 'student_population.population') continue;
    if (type !== 'text' && type !== 'date')
      throw new Error(`${field}: found a ${type}, and no way to plant a canary in it`);
    const rows: { place: string; row: string; isSecond: boolean }[] = await source.query(
      `SELECT t.ctid::text AS place, ${ROW[table] ?? "''"} AS row,
         ${table === 'guardian' ? `t.name LIKE '%Other%' OR t.email LIKE 'second-%'` : 'false'} AS "isSecond"
       FROM ${table} t ORDER BY 2, 1`,
    );
    for (const [index, { row, place, isSecond }] of rows.entries()) {
      const name = students.get(row) ?? row;
      const token = `canary${String(planted.size).padStart(5, '0')}x`;
      const value =
        DATES[field]?.(index, name === 'adult') ??
        (column === 'email' || column === 'contact_email' ? `${token}@example.test` : token);
      if (type === 'text' && isSecond && column === 'email')
        await plant(source, table, column, place, `second-${value}`);
      else await plant(source, table, column, place, value);
      planted.set(type === 'date' ? value : token, { field: isSecond ? `second-${field}` : field, row: name });
    }
  }
  return planted;
}

/** Whose row it is. */
const ROW: Readonly<Record<string, string>> = {
  student: 't.student_id::text',
  guardian: 't.student_id::text',
  student_population: 't.student_id::text',
  person: 't.person_id::text',
  employer: 't.employer_id',
};

async function plant(source: DataSource, table: string, column: string, place: string, value: string): Promise<void> {
  await source.query(`UPDATE ${table} SET ${column} = $1 WHERE ctid = $2::tid`, [value, place]);
}

/** The canaries that stand in a text, each once. */
export function canariesIn(text: string, canaries: Canaries): Nest[] {
  const tokens = new Set(
    text.match(/canary\d{5}x|(?:2006|2011)-04-\d\d|1999-03-\d\d/gi)?.map((token) => token.toLowerCase()),
  );
  return [...tokens].flatMap((token) => canaries.get(token) ?? []);
}

/** Every line that the server writes to its log from now on, at the finest level, and to the console. */
export function hearLogs(): string[] {
  const lines: string[] = [];
  const root = PinoLogger.root as unknown as Record<symbol, unknown> & { level: string };
  const stream = Object.getOwnPropertySymbols(root).find(({ description }) => description === 'pino.stream');
  if (!stream) throw new Error('the log has no stream to listen to');
  root[stream] = { write: (line: string) => lines.push(line) };
  root.level = 'trace';
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    console[level] = (...said: unknown[]) => void lines.push(said.map((each) => JSON.stringify(each) ?? '').join(' '));
  }
  return lines;
}

/** Every mail that is written from now on, in both languages, as it would arrive; not whom it is for. */
export function hearMails(app: NestExpressApplication): string[] {
  const mails: string[] = [];
  const outbox = app.get(Outbox);
  const send = outbox.send.bind(outbox);
  outbox.send = (em, mail) => {
    for (const language of ['en', 'es'] as const) {
      const letter = MAIL_TEMPLATES[mail.template](mail.detail as never, language);
      mails.push(`${mail.template}: ${JSON.stringify(letter)}`);
    }
    return send(em, mail);
  };
  return mails;
}
