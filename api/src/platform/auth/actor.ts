import type { SECOND_FACTOR_STATES } from '@throughway/contracts/session';
import type { OrganizationKind, Role } from '@throughway/vocabulary/roles';
import type { Request } from 'express';
import { Refusal } from '../errors/refusal.js';

export type SignInMethod = 'password' | 'link' | 'invitation' | 'passkey' | 'provider' | 'sample';

/** One role in one organization, which reaches the organizations below it and those merged with them. */
export interface HeldRole {
  membershipId: string;
  role: Role;
  /** The student or guardian row that this person stands for; null in every other role. */
  subjectId: string | null;
  since: string;
  organizationId: string;
  name: string;
  kind: OrganizationKind;
  sample: boolean;
  /** Ids of `organizationId` itself and of all that the role reaches. */
  within: readonly string[];
}

/** Who asks. Read from the session at each request, so that a right taken away is felt at the next one. */
export interface Actor {
  sessionId: string;
  personId: string;
  name: string;
  email: string | null;
  language: 'en' | 'es';
  sample: boolean;
  /** How and when this session began. */
  method: SignInMethod;
  startedAt: string;
  secondFactor: (typeof SECOND_FACTOR_STATES)[number];
  /** Whether the person has a passkey and this session showed neither it nor another second factor. */
  passkeyOwed: boolean;
  /** What counts now: nothing until the second factor is settled. */
  roles: readonly HeldRole[];
  /** What will count then. */
  pendingRoles: readonly HeldRole[];
}

const actors = new WeakMap<Request, Actor>();

/** Null makes a stranger of who asks. */
export function setActor(request: Request, actor: Actor | null): void {
  if (actor) actors.set(request, actor);
  else actors.delete(request);
}

/** Who asks, or null for a stranger. */
export function actorOf(request: Request): Actor | null {
  return actors.get(request) ?? null;
}

/** Who asks, whatever is still to be proved. @throws not-signed-in */
export function signedIn(actor: Actor | null): Actor {
  if (actor) return actor;
  throw new Refusal(401, 'not-signed-in', 'This needs a sign-in.');
}

/** Who asks, with nothing left to prove. @throws not-signed-in, second-factor-needed */
export function settled(actor: Actor | null): Actor {
  const someone = signedIn(actor);
  if (someone.secondFactor === 'settled') return someone;
  throw new Refusal(403, 'second-factor-needed', 'This role needs a second factor: a code, or a passkey.');
}

/**
 * Who asks, unless a second factor that they have is still to be shown: who only knows the password must not see or change how the
 * person signs in. Somebody who has none yet may set one up. A passkey counts also where no role asks for it.
 * @throws not-signed-in, second-factor-needed, passkey-needed
 */
export function ownAccount(actor: Actor | null): Actor {
  const someone = signedIn(actor);
  return someone.secondFactor === 'enrollment-needed' ? someone : settledAccount(someone);
}

/** As {@link ownAccount}, with nothing left to set up: for taking away. @throws not-signed-in, second-factor-needed, passkey-needed */
export function settledAccount(actor: Actor | null): Actor {
  const someone = settled(actor);
  if (!someone.passkeyOwed) return someone;
  throw new Refusal(
    403,
    'passkey-needed',
    'You have a passkey: sign in with it to see or change your account. If it is lost, ask your organization for help.',
  );
}
