import { createHmac } from 'node:crypto';
import pg from 'pg';

/** Answers requests. */
export const APP_ROLE = 'throughway_app';
/** Works jobs. */
export const WORKER_ROLE = 'throughway_worker';
export type DatabaseRole = typeof APP_ROLE | typeof WORKER_ROLE;

/** One address per role on one database. */
export interface DatabaseUrls {
  DATABASE_URL: string;
  DATABASE_OWNER_URL: string;
  DATABASE_WORKER_URL: string;
}

/**
 * The address of a role where only the owner's is known. Its password follows from the owner's, so that every process that knows
 * the one knows the other and none has to be kept. @throws Error for an owner without a password in the address: what follows from
 * nothing is known to everybody
 */
export function urlAs(ownerUrl: string, role: DatabaseRole): string {
  const url = new URL(ownerUrl);
  if (url.password === '') {
    throw new Error(
      'Configuration:\n  DATABASE_URL: found no password in the owner’s address, expected one, from which the passwords of the other' +
        ' two roles follow, or the addresses of all three: DATABASE_URL, DATABASE_OWNER_URL, DATABASE_WORKER_URL',
    );
  }
  url.password = createHmac('sha256', url.password).update(role).digest('base64url');
  url.username = role;
  return url.href;
}

/** Lets both roles sign in with the passwords that follow from the owner's, where they do not yet. Callers hold the migration lock. */
export async function giveLogins(owner: pg.Client, ownerUrl: string): Promise<void> {
  for (const role of [APP_ROLE, WORKER_ROLE] as const) {
    const url = urlAs(ownerUrl, role);
    if (await signsIn(url)) continue;
    const password = pg.escapeLiteral(new URL(url).password);
    await owner.query(`ALTER ROLE ${role} LOGIN PASSWORD ${password}`);
  }
}

async function signsIn(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    // 28…: no such role, or another password.
    if (/^28/.test((error as { code?: string }).code ?? '')) return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Refuses to serve with a role that the second wall does not hold. @throws Error naming the setting */
export async function requireWalled(
  query: (sql: string) => Promise<{ unwalled: boolean }[]>,
  setting: string,
): Promise<void> {
  const [found] = await query(
    `SELECT rolsuper OR rolbypassrls OR rolcreaterole OR EXISTS (
       SELECT FROM pg_class c WHERE c.relname = 'student' AND c.relnamespace = 'public'::regnamespace
         AND pg_has_role(current_user, c.relowner, 'MEMBER')
     ) AS unwalled FROM pg_roles WHERE rolname = current_user`,
  );
  if (found?.unwalled === false) return;
  throw new Error(
    `Configuration:\n  ${setting}: found a role that owns the tables, may become one that does or passes row-level security, expected ${APP_ROLE} or ${WORKER_ROLE}`,
  );
}
