import type { DataSource } from 'typeorm';
import { lengthOf } from './password-rules.js';
import { Passwords } from './passwords.js';
import { Secret, TOTP } from 'otpauth';

export const SAMPLE_PASSWORD = 'four sample words stand here';

/** A password for a person of a spec. */
export async function aPassword(source: DataSource, personId: string, password = SAMPLE_PASSWORD): Promise<void> {
  await source.query('INSERT INTO password (person_id, hash, length_count) VALUES ($1, $2, $3)', [
    personId,
    await new Passwords().hash(password),
    lengthOf(password),
  ]);
}

/** What an authenticator app with this secret shows at an instant. */
export function codeAt(secret: string, at: Date): string {
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: at.getTime() });
}
