import { Secret, TOTP } from 'otpauth';
import type { DataSource } from 'typeorm';
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

/** The `Cookie` header of a further session that a person opened by password, with no second factor shown yet. */
export async function aPasswordSession(source: DataSource, personId: string): Promise<string> {
  const token = newToken();
  await source.query(
    `INSERT INTO session (digest, person_id, method, device, expires_at)
     VALUES ($1, $2, 'password', 'Firefox, Linux', now() + interval '7 days')`,
    [digestOf(token), personId],
  );
  return `throughway=${token}`;
}
