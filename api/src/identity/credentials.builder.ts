import { Secret, TOTP } from 'otpauth';
import type { DataSource } from 'typeorm';
import type { SignInMethod } from '../platform/auth/actor.js';
import { digestOf, newToken } from '../platform/auth/tokens.js';
import { lengthOf } from './password-rules.js';
import { Passwords } from './passwords.js';

export const SAMPLE_PASSWORD = 'four sample words stand here';

/** Hashed once per spec file: hashing is slow on purpose. */
const hashes = new Map<string, Promise<string>>();

/** A password for a person of a spec. */
export async function aPassword(source: DataSource, personId: string, password = SAMPLE_PASSWORD): Promise<void> {
  const hash = hashes.get(password) ?? new Passwords().hash(password);
  hashes.set(password, hash);
  await source.query('INSERT INTO password (person_id, hash, length_count) VALUES ($1, $2, $3)', [
    personId,
    await hash,
    lengthOf(password),
  ]);
}

/** What an authenticator app with this secret shows at an instant. */
export function codeAt(secret: string, at: Date): string {
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: at.getTime() });
}

/** The `Cookie` header of a further session of a person, opened by password and just now, with no second factor shown yet. */
export async function aPasswordSession(
  source: DataSource,
  personId: string,
  { method = 'password', minutesAgo = 0 }: { method?: SignInMethod; minutesAgo?: number } = {},
): Promise<string> {
  const token = newToken();
  await source.query(
    `INSERT INTO session (digest, person_id, method, device, started_at, expires_at)
     VALUES ($1, $2, $3, 'Firefox, Linux', now() - $4 * interval '1 minute', now() + interval '7 days')`,
    [digestOf(token), personId, method, minutesAgo],
  );
  return `throughway=${token}`;
}
