import * as z from 'zod';
import { endpoint } from './endpoint.js';
import * as p from './people.js';

/**
 * What still stands between a sign-in and the person's rights: nothing; a code from their authenticator app (or a recovery
 * code); or setting up a second factor first, which staff roles need.
 */
export const SECOND_FACTOR_STATES = ['settled', 'code-needed', 'enrollment-needed'] as const;

/** Who is asking, and as whom. Without a session `person` is null and `memberships` empty. */
export const Session = z.object({
  person: p.PersonRef.extend({ language: p.LanguageCode, sample: z.boolean() }).nullable(),
  /** Empty until the second factor is settled. */
  memberships: z.array(p.Membership),
  secondFactor: z.enum(SECOND_FACTOR_STATES),
  /** Whether this server offers its sample people for signing in (development only). */
  development: z.boolean(),
});
export type Session = z.infer<typeof Session>;

/** WebAuthn's own JSON (W3C Web Authentication 3, `toJSON` forms); checked by the library, not here. */
export const WebAuthnJson = z.record(z.string(), z.unknown());

const Sent = z.object({ sent: z.literal(true) });

export const sessionApi = {
  get: endpoint({ method: 'GET', path: '/api/session', summary: 'Who is signed in here', response: Session }),
  withPassword: endpoint({
    method: 'POST',
    path: '/api/session/password',
    summary: 'Sign in with mail address and password',
    body: z.object({ email: p.MailAddress, password: z.string().min(1).max(1000) }),
    response: Session,
  }),
  sendLink: endpoint({
    method: 'POST',
    path: '/api/session/link',
    summary: 'Mail a one-time sign-in link; the answer is the same whether the address is known or not',
    body: z.object({ email: p.MailAddress }),
    status: 202,
    response: Sent,
  }),
  withLink: endpoint({
    method: 'POST',
    path: '/api/session/link/open',
    summary: 'Sign in with a one-time link',
    body: z.object({ token: p.LinkToken }),
    response: Session,
  }),
  passkeyOptions: endpoint({
    method: 'POST',
    path: '/api/session/passkey/options',
    summary: 'Begin signing in with a passkey',
    response: WebAuthnJson,
  }),
  withPasskey: endpoint({
    method: 'POST',
    path: '/api/session/passkey',
    summary: 'Sign in with a passkey',
    body: z.object({ response: WebAuthnJson }),
    response: Session,
  }),
  providers: endpoint({
    method: 'GET',
    path: '/api/session/providers',
    summary: 'School and company sign-in services that this server knows (OpenID Connect)',
    response: z.object({ providers: z.array(z.object({ providerId: z.string(), name: z.string() })) }),
  }),
  startProvider: endpoint({
    method: 'POST',
    path: '/api/session/providers/:providerId/start',
    summary: 'Begin signing in at a sign-in service; the browser goes to `url` next',
    params: z.object({ providerId: z.string().min(1).max(60) }),
    response: z.object({ url: z.url() }),
  }),
  withProvider: endpoint({
    method: 'POST',
    path: '/api/session/providers/:providerId',
    summary:
      'Finish signing in with what the sign-in service sent back; signed in already, it is linked to this person',
    params: z.object({ providerId: z.string().min(1).max(60) }),
    body: z.object({
      code: z.string().min(1).max(4000),
      state: z.string().min(1).max(500),
      iss: z.string().max(500).optional(),
    }),
    response: Session,
  }),
  secondFactor: endpoint({
    method: 'POST',
    path: '/api/session/second-factor',
    summary: 'Settle the second factor with a code of the authenticator app, or a recovery code',
    body: z.object({ code: z.string().trim().min(6).max(40) }),
    response: Session,
  }),
  end: endpoint({ method: 'DELETE', path: '/api/session', summary: 'Sign out here', response: Session }),
  endAll: endpoint({ method: 'DELETE', path: '/api/sessions', summary: 'Sign out everywhere', response: Session }),
  samplePeople: endpoint({
    method: 'GET',
    path: '/api/development/people',
    summary: 'One sample person per role (development only)',
    response: z.object({
      people: z.array(p.PersonRef.extend({ memberships: z.array(p.Membership) })),
    }),
  }),
  asSamplePerson: endpoint({
    method: 'POST',
    path: '/api/development/session',
    summary: 'Sign in as a sample person (development only)',
    body: z.object({ personId: z.uuid() }),
    response: Session,
  }),
};
