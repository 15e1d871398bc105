import { Secret, TOTP } from 'otpauth';

/** RFC 6238 as every authenticator app speaks it: SHA-1, six digits, half a minute; one step early or late is forgiven (5.2). */
const PERIOD_SECONDS = 30;
const WINDOW = 1;

/** 160 random bits in base32 (RFC 4226, R6). */
export function newAuthenticatorSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What an app reads from the picture. */
export function authenticatorUrl(secret: string, label: string): string {
  return new TOTP({ issuer: 'Throughway', label, secret, period: PERIOD_SECONDS }).toString();
}

/** The time step that the code belongs to, or null when it is none of those about `at`. */
export function stepOfCode(secret: string, code: string, at: Date): number | null {
  const timestamp = at.getTime();
  const delta = new TOTP({ secret, period: PERIOD_SECONDS }).validate({ token: code, timestamp, window: WINDOW });
  return delta === null ? null : TOTP.counter({ period: PERIOD_SECONDS, timestamp }) + delta;
}
