import type { Profile } from '@throughway/contracts/profile';
import { aSession } from './a-session';

/** A coordinator's account with one passkey, an authenticator app and two sessions. */
export function aProfile(facts: Partial<Profile> = {}): Profile {
  return {
    person: {
      personId: '0199c0de-0000-7000-8000-00000000000a',
      name: 'Sample Person',
      email: 'sample-person@example.test',
      language: 'en',
    },
    memberships: aSession(['coordinator']).memberships,
    declinedMails: [],
    secondFactorNeeded: true,
    passwordSetAt: '2026-01-10T15:00:00Z',
    passwordNeedsCurrent: true,
    authenticatorSince: '2026-01-10T15:05:00Z',
    recoveryCodesLeft: 9,
    passkeys: [
      {
        passkeyId: '0199c0de-0000-7000-8000-000000000701',
        name: 'Work laptop',
        createdAt: '2026-01-10T15:10:00Z',
        lastUsedAt: null,
      },
    ],
    identities: [],
    sessions: [
      {
        sessionId: '0199c0de-0000-7000-8000-000000000801',
        device: 'Firefox, Linux',
        startedAt: '2026-03-01T15:00:00Z',
        lastSeenAt: '2026-03-01T16:00:00Z',
        here: true,
      },
      {
        sessionId: '0199c0de-0000-7000-8000-000000000802',
        device: 'Safari, iPhone',
        startedAt: '2026-02-01T15:00:00Z',
        lastSeenAt: '2026-02-02T16:00:00Z',
        here: false,
      },
    ],
    ...facts,
  };
}
