import {
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type WebAuthnCredential,
} from '@simplewebauthn/server';
import { decodeClientDataJSON } from '@simplewebauthn/server/helpers';
import * as z from 'zod';
import { badInput, refuse, Refusal } from '../platform/errors/refusal.js';
import { ceremonyOver } from './ceremonies.js';

/** The portal as passkeys know it: they are bound to `id`, a host name, and answer only pages of `origin`. */
export interface RelyingParty {
  id: string;
  origin: string;
}

const Base64Url = z.string().regex(/^[A-Za-z0-9_-]+$/);
const credential = { id: Base64Url.max(1400), rawId: Base64Url.max(1400), type: z.literal('public-key') };
/** As the browser's `toJSON` writes them (Web Authentication 3, 5.1); what else they hold is dropped. */
const Registration = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url,
    transports: z.array(z.string().max(40)).max(10).default([]),
  }),
});
const Assertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: Base64Url.nullish(),
  }),
});
export type Assertion = z.infer<typeof Assertion>;
export type Registration = z.infer<typeof Registration>;

/** @throws bad-input */
export function readAssertion(json: unknown): Assertion {
  return read(Assertion, json, 'an authentication response of WebAuthn');
}

/** @throws bad-input */
export function readRegistration(json: unknown): Registration {
  return read(Registration, json, 'a registration response of WebAuthn');
}

/** The new passkey. @throws passkey-other-origin, ceremony-over, passkey-refused */
export async function verifyRegistration(
  given: Registration,
  challenge: string,
  party: RelyingParty,
): Promise<WebAuthnCredential> {
  checkClientData(given.response.clientDataJSON, challenge, party);
  const { verified, registrationInfo } = await refusing(() =>
    verifyRegistrationResponse({
      response: { ...given, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
    }),
  );
  if (!verified) throw refused();
  return registrationInfo.credential;
}

/**
 * The signature count that the passkey signed. Whether it grew is for the row to say, once the signature is known to be good.
 * @throws passkey-other-origin, ceremony-over, passkey-refused
 */
export async function verifyAssertion(
  { response: { userHandle, ...response }, ...given }: Assertion,
  challenge: string,
  party: RelyingParty,
  { credentialId, publicKey }: { credentialId: string; publicKey: Buffer },
): Promise<number> {
  checkClientData(response.clientDataJSON, challenge, party);
  const { verified, authenticationInfo } = await refusing(() =>
    verifyAuthenticationResponse({
      response: {
        ...given,
        response: { ...response, ...(userHandle ? { userHandle } : {}) },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      credential: { id: credentialId, publicKey: new Uint8Array(publicKey), counter: 0 },
    }),
  );
  if (!verified) throw refused();
  return authenticationInfo.newCounter;
}

/** What the browser says of the page that asked; the library checks it again, with errors that have no codes. */
function checkClientData(encoded: string, challenge: string, party: RelyingParty): void {
  let data: ReturnType<typeof decodeClientDataJSON>;
  try {
    data = decodeClientDataJSON(encoded);
  } catch {
    throw refused();
  }
  if (data?.origin !== party.origin || data.crossOrigin) throw otherOrigin(party);
  if (data.challenge !== challenge) throw ceremonyOver();
}

async function refusing<T>(verify: () => Promise<T>): Promise<T> {
  try {
    return await verify();
  } catch (error) {
    if (error instanceof Error && error.name === 'UnexpectedRPIDHash') {
      throw refuse('passkey-other-origin', 'This passkey is bound to another site.');
    }
    throw refused();
  }
}

function otherOrigin({ origin }: RelyingParty): Refusal {
  return refuse('passkey-other-origin', `The passkey was used on a page of another site, expected ${origin}.`);
}

function refused(): Refusal {
  return refuse(
    'passkey-refused',
    'The passkey’s answer could not be verified. Begin anew, and unlock the passkey when asked.',
  );
}

function read<S extends z.ZodType>(schema: S, json: unknown, expected: string): z.output<S> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw badInput([{ path: 'body.response', found: `${z.prettifyError(parsed.error).slice(0, 200)}`, expected }]);
}
