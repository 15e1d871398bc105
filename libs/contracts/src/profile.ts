import * as z from 'zod';
import { endpoint } from './endpoint.js';
import * as p from './people.js';
import { WebAuthnJson } from './session.js';
import * as w from './words.js';

export const Passkey = z.object({
  passkeyId: z.uuid(),
  name: z.string(),
  createdAt: w.Instant,
  lastUsedAt: w.Instant.nullable(),
});

/** Mails that a person can do without. Those that open an account or ask for an answer are none. */
export const OPTIONAL_MAILS = ['consent-answered', 'weekly-digest'] as const;
export type OptionalMail = (typeof OPTIONAL_MAILS)[number];

/** What a person sees and keeps of their own account. */
export const Profile = z.object({
  person: p.PersonRef.extend({ language: p.LanguageCode }),
  memberships: z.array(p.Membership),
  declinedMails: z.array(z.enum(OPTIONAL_MAILS)),
  /** Whether one of the roles needs a second factor. */
  secondFactorNeeded: z.boolean(),
  passwordSetAt: w.Instant.nullable(),
  /** Whether this session sets another password only with the current one. */
  passwordNeedsCurrent: z.boolean(),
  /** An authenticator app, once its first code was confirmed. */
  authenticatorSince: w.Instant.nullable(),
  recoveryCodesLeft: w.Count,
  passkeys: z.array(Passkey),
  identities: z.array(
    z.object({ identityId: z.uuid(), provider: z.string(), linkedAt: w.Instant, lastUsedAt: w.Instant.nullable() }),
  ),
  sessions: z.array(
    z.object({
      sessionId: z.uuid(),
      /** Browser and system in words, as far as the browser said. */
      device: z.string(),
      startedAt: w.Instant,
      lastSeenAt: w.Instant,
      here: z.boolean(),
    }),
  ),
});
export type Profile = z.infer<typeof Profile>;

export const profileApi = {
  get: endpoint({ method: 'GET', path: '/api/profile', summary: 'My account', response: Profile }),
  change: endpoint({
    method: 'PATCH',
    path: '/api/profile',
    summary: 'Change my name, language, or which optional mails I decline',
    body: z.object({
      name: p.PersonName.optional(),
      language: p.LanguageCode.optional(),
      declinedMails: z.array(z.enum(OPTIONAL_MAILS)).optional(),
    }),
    response: Profile,
  }),
  /** In the address, as mail programs ask for it with one click (RFC 8058), and whatever the body is. */
  stopMails: endpoint({
    method: 'POST',
    path: '/api/mails/stop',
    summary:
      'Turn one kind of optional mail off by the link in its end or its List-Unsubscribe header; needs no sign-in',
    query: z.object({ token: p.LinkToken }),
    response: z.object({ mail: z.enum(OPTIONAL_MAILS) }),
  }),
  erase: endpoint({
    method: 'DELETE',
    path: '/api/profile',
    summary: 'Delete my account; refused to the last one who manages the people of an organization',
    response: z.object({ erased: z.literal(true) }),
  }),
  setPassword: endpoint({
    method: 'PUT',
    path: '/api/profile/password',
    summary: 'Set or change my password; the other sessions end',
    body: z.object({ current: z.string().max(1000).optional(), password: z.string().min(1).max(1000) }),
    response: Profile,
  }),
  passkeyOptions: endpoint({
    method: 'POST',
    path: '/api/profile/passkeys/options',
    summary: 'Begin adding a passkey',
    response: WebAuthnJson,
  }),
  addPasskey: endpoint({
    method: 'POST',
    path: '/api/profile/passkeys',
    summary: 'Add a passkey; it settles the second factor',
    body: z.object({ name: z.string().trim().min(1).max(100), response: WebAuthnJson }),
    response: Profile,
  }),
  removePasskey: endpoint({
    method: 'DELETE',
    path: '/api/profile/passkeys/:passkeyId',
    summary: 'Remove a passkey',
    params: z.object({ passkeyId: z.uuid() }),
    response: Profile,
  }),
  startAuthenticator: endpoint({
    method: 'POST',
    path: '/api/profile/authenticator',
    summary: 'Begin setting up an authenticator app (TOTP, RFC 6238)',
    response: z.object({
      secret: z.string(),
      url: z.string(),
      /** The URL as a picture for the phone's camera: a PNG data URL. */
      picture: z.string(),
    }),
  }),
  confirmAuthenticator: endpoint({
    method: 'POST',
    path: '/api/profile/authenticator/confirm',
    summary: 'Confirm the app with its first code; answers recovery codes, shown once',
    body: z.object({
      code: z
        .string()
        .trim()
        .regex(/^\d{6}$/),
    }),
    response: z.object({ recoveryCodes: z.array(z.string()) }),
  }),
  removeAuthenticator: endpoint({
    method: 'DELETE',
    path: '/api/profile/authenticator',
    summary: 'Remove the authenticator app; refused when a role needs it and no passkey is there',
    response: Profile,
  }),
  removeIdentity: endpoint({
    method: 'DELETE',
    path: '/api/profile/identities/:identityId',
    summary: 'Unlink a sign-in service',
    params: z.object({ identityId: z.uuid() }),
    response: Profile,
  }),
  endSession: endpoint({
    method: 'DELETE',
    path: '/api/profile/sessions/:sessionId',
    summary: 'End one of my sessions',
    params: z.object({ sessionId: z.uuid() }),
    response: Profile,
  }),
};
