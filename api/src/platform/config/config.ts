import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { describeExpected } from '../errors/describe-expected.js';
import { SignInProviders } from './sign-in-providers.js';

/** The checkout's root: this file runs as api/src/platform/config/ and as api/dist/platform/config/. */
export const PROJECT_ROOT = resolve(fileURLToPath(import.meta.url), '../../../../..');

const DatabaseUrl = z.url({ protocol: /^postgres(ql)?$/ });

const ADDRESS = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
const AddressOrRange = z
  .string()
  .refine((text) => ADDRESS.safeParse(text).success, 'addresses or ranges, such as 10.0.0.5, 10.1.0.0/16');

const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  /** Address to listen on. Loopback unless told otherwise. */
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** What this process does of the server's work: answer requests, work jobs, or both. However many may do either on one database. */
  PROCESS_ROLE: z.enum(['both', 'api', 'worker']).default('both'),
  /**
   * A PostgreSQL to use; unset, an embedded one is started in DATA_DIR. With DATABASE_OWNER_URL it is what requests are answered
   * with; alone it is the owner's, who then gives the other two roles their passwords (platform/database/roles.ts).
   */
  DATABASE_URL: DatabaseUrl.optional(),
  /** Who owns the tables and migrates. */
  DATABASE_OWNER_URL: DatabaseUrl.optional(),
  /** What jobs are worked with. */
  DATABASE_WORKER_URL: DatabaseUrl.optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10),
  /** Embedded database and upload spool. */
  DATA_DIR: z.string().default(resolve(PROJECT_ROOT, '.data')),
  /** Lets an importer write from another machine; without it writes need a loopback peer. */
  IMPORT_TOKEN: z.string().min(32).optional(),
  /** Lets a monitor read /metrics from another machine. */
  METRICS_TOKEN: z.string().min(32).optional(),
  IMPORT_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .default(512 * 1024 * 1024),
  /** Where people reach the portal: in mails, for passkeys and sign-in services. Unset: localhost at the port listened on. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Proxies in front whose X-Forwarded-For is believed: addresses and CIDR ranges, separated by commas. Unset: nobody's is. */
  TRUSTED_PROXIES: z.string().default('').transform(parseList).pipe(z.array(AddressOrRange)),
  /** Seals authenticator secrets. Unset: made at the first start and kept in DATA_DIR; several hosts need one and the same. */
  SECRET_KEY: z.string().min(32).optional(),
  /** The mail server. Unset: each mail becomes a file in DATA_DIR/mail. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().default('Throughway <throughway@localhost>'),
  /** Sign-in services (OpenID Connect) as a JSON list; docs/sign-in.md. */
  SIGN_IN_PROVIDERS: z.string().default('[]').transform(parseJson).pipe(SignInProviders),
  /** Years after which a record that no import lists any more is erased, and an account of nobody's (docs/adr/0021). */
  STUDENT_RETENTION_YEARS: z.coerce.number().int().min(1).max(100).default(5),
  /** The zone whose calendar day is "today", and on whose Mondays at seven weekly digests are written. */
  TIME_ZONE: z.string().default('America/New_York').refine(isTimeZone, 'a time zone such as America/New_York'),
  /** Freezes "today" (YYYY-MM-DD) for demonstrations and tests. */
  TODAY: z.iso.date().optional(),
  /** In production every request is a line; elsewhere the console belongs to the person at it. */
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).optional(),
});

type Parsed = z.infer<typeof schema>;
export type Config = Omit<Parsed, 'LOG_LEVEL'> & { LOG_LEVEL: NonNullable<Parsed['LOG_LEVEL']> };

/**
 * The configuration that an environment means; the only reader of it. Empty values count as unset.
 * @throws Error that names every bad variable at once, what was found and what was expected.
 */
export function parseConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) {
    requireThreeUrls(parsed.data);
    const level = parsed.data.LOG_LEVEL ?? (parsed.data.NODE_ENV === 'production' ? 'info' : 'warn');
    return { ...parsed.data, LOG_LEVEL: level };
  }
  const lines = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const secret = /(TOKEN|URL|KEY|PROVIDERS)$/.test(name);
    return `  ${name}: found ${secret ? '(hidden)' : JSON.stringify(given[name])}, expected ${describeExpected(issue)}`;
  });
  throw new Error(`Configuration:\n${lines.join('\n')}`);
}

/** Who names one of the roles names all three. */
function requireThreeUrls({ DATABASE_URL, DATABASE_OWNER_URL, DATABASE_WORKER_URL }: Parsed): void {
  if (DATABASE_OWNER_URL === undefined && DATABASE_WORKER_URL === undefined) return;
  const urls = { DATABASE_URL, DATABASE_OWNER_URL, DATABASE_WORKER_URL };
  const missing = Object.entries(urls).filter(([, url]) => url === undefined);
  if (missing.length === 0) return;
  const lines = missing.map(
    ([name]) => `  ${name}: found nothing, expected the address of its role beside the other two`,
  );
  throw new Error(`Configuration:\n${lines.join('\n')}`);
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

/** Whether sample people may sign in: in development, on a server that nobody else can reach. */
export function offersSamplePeople({
  NODE_ENV,
  HOST,
  PUBLIC_URL,
}: Pick<Config, 'NODE_ENV' | 'HOST' | 'PUBLIC_URL'>): boolean {
  const isPrivate = LOOPBACK.test(HOST) && (PUBLIC_URL === undefined || LOOPBACK.test(new URL(PUBLIC_URL).hostname));
  return NODE_ENV === 'development' && isPrivate;
}

function parseList(text: string): string[] {
  return text.split(',').flatMap((part) => part.trim() || []);
}

/** What is no JSON stays as it is and fails the next check. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
