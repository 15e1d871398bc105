import {
  authorizationCodeGrant,
  ClientError,
  type Configuration,
  fetchUserInfo,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import type { SignInProvider } from '../platform/config/sign-in-providers.js';
import { refuse, Refusal } from '../platform/errors/refusal.js';
import type { CeremonyDetails } from './ceremonies.repository.js';
import type { ExternalIdentity } from './identities.repository.js';

/** Codes of openid-client for a service that did not answer, or answered something other than OpenID Connect. */
const NO_ANSWER = [
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
];

/**
 * Exchanges the code that a service sent back for the identity that it vouches for; every check of OpenID Connect Core 3.1.3.7
 * (signature, issuer, audience, time, nonce) and PKCE is the library's.
 * @throws what openid-client throws; provider-refused when the service does not name the district that it is asked for
 */
export async function askProvider(
  configuration: Configuration,
  { providerId, name, districtClaim }: SignInProvider,
  { state, nonce, verifier, redirectUri }: CeremonyDetails['provider-sign-in'],
  given: { code: string; iss?: string | undefined },
): Promise<ExternalIdentity> {
  const back = new URL(redirectUri);
  back.search = new URLSearchParams({ code: given.code, state, ...(given.iss ? { iss: given.iss } : {}) }).toString();
  const tokens = await authorizationCodeGrant(configuration, back, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
  });
  const claims = tokens.claims();
  if (!claims) throw refusedByProvider(name);
  const { iss: issuer, sub: subject } = claims;
  if (districtClaim === undefined) return { providerId, issuer, subject, district: '' };
  let named = claims[districtClaim];
  if (named === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined) {
    named = (await fetchUserInfo(configuration, tokens.access_token, subject))[districtClaim];
  }
  const district = typeof named === 'number' || typeof named === 'string' ? String(named) : '';
  // Without it two people of two districts could be one.
  if (district === '') {
    throw refuse('provider-refused', `${name} did not say which district you belong to (claim ${districtClaim}).`);
  }
  return { providerId, issuer, subject, district };
}

/** The refusal that a failed request to a service is answered with, and a word for the log. */
export function providerProblem(error: unknown, name: string): { refusal: Refusal; reason: string } {
  if (error instanceof Refusal) return { refusal: error, reason: error.code };
  if (error instanceof ResponseBodyError) {
    const refusal = error.status >= 500 ? unavailable(name) : refusedByProvider(name);
    return { refusal, reason: `${error.status} ${error.error.slice(0, 60)}` };
  }
  if (error instanceof WWWAuthenticateChallengeError) {
    return { refusal: refusedByProvider(name), reason: `${error.status}` };
  }
  if (error instanceof ClientError && error.code !== undefined) {
    const refusal = NO_ANSWER.includes(error.code) ? unavailable(name) : refusedByProvider(name);
    return { refusal, reason: error.code };
  }
  // What else a request throws is what `fetch` throws when it cannot connect; the library wraps it, or not.
  if (error instanceof ClientError || (error instanceof TypeError && error.cause !== undefined)) {
    return { refusal: unavailable(name), reason: 'no connection' };
  }
  throw error;
}

export function unavailable(name: string): Refusal {
  return new Refusal(503, 'provider-unavailable', `${name} does not answer. Try again later, or sign in another way.`);
}

function refusedByProvider(name: string): Refusal {
  return refuse('provider-refused', `${name} did not confirm this sign-in. Begin anew.`);
}
