import { Stopped } from './problem';

type Json = Record<string, unknown>;

/** Whether passkeys can work at this address: WebAuthn knows names, not numbers, and only over a safe connection. */
export function passkeysAt(place: Location): 'possible' | 'needs-a-name' | 'not-possible' {
  if (/^(\d+\.){3}\d+$|^\[/.test(place.hostname)) return 'needs-a-name';
  return typeof PublicKeyCredential === 'function' ? 'possible' : 'not-possible';
}

/** The same page at `localhost`, for a portal that runs on the reader's own computer; else null. */
export function namedAddress(place: Location): string | null {
  if (!/^(127\.(\d+\.){2}\d+|\[::1\])$/.test(place.hostname)) return null;
  return `${place.protocol}//localhost:${place.port}${place.pathname}${place.search}${place.hash}`;
}

/** Has the device prove a passkey. @throws Stopped */
export async function provePasskey(options: Json): Promise<Json> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  return ceremony(() => startAuthentication({ optionsJSON: options as never }));
}

/** Has the device make a passkey. @throws Stopped */
export async function makePasskey(options: Json): Promise<Json> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  return ceremony(() => startRegistration({ optionsJSON: options as never }));
}

/** Browsers say little about why, on purpose: a person who chose "cancel" and one who has no passkey look alike. */
async function ceremony(work: () => Promise<unknown>): Promise<Json> {
  try {
    return (await work()) as Json;
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'InvalidStateError') throw new Stopped('passkey-already-here');
    if (name === 'NotAllowedError' || name === 'AbortError') throw new Stopped('passkey-cancelled');
    throw new Stopped('passkey-impossible');
  }
}
