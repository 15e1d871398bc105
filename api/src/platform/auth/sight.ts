import type { OrganizationKind } from '@throughway/vocabulary/roles';
import { Refusal } from '../errors/refusal.js';
import { type Actor, type HeldRole, settled, signedIn } from './actor.js';
import { AUTHORIZATION, type Grant, type Line, type Relation } from './authorization.js';

/** Who asks: someone signed in or a stranger, and what opens more than their roles do. */
export interface Asker {
  actor: Pick<Actor, 'personId' | 'roles'> | null;
  /** Whether it is whoever runs the server. */
  operator?: boolean;
  /** Employers for a task of whom they hold a link: ids of the one and of all merged with it. */
  linked?: readonly string[];
}

/** Somebody's roles: an actor's, or those of someone who is not here. */
export interface RoleHolder {
  roles: readonly Pick<HeldRole, 'role' | 'within' | 'sample' | 'kind'>[];
}

/** A condition for a `WHERE`, and its parameters, of which the first is `$1`. */
export interface Sight {
  sql: string;
  values: readonly unknown[];
}

export interface PartedSight extends Sight {
  /** What of a row is shown, a text[] in SQL: the parts named by those grants that open it. */
  parts: string;
}

/** What the terms of a sight are written with; each reading adds the parameter that it names. */
export interface Given {
  /** Ids of the organizations that the grant's roles reach downward, a uuid[]. */
  readonly within: string;
  /** Ids of the organizations in which they are held, a uuid[]. */
  readonly homes: string;
  /** Membership ids of those roles, a uuid[]. */
  readonly memberships: string;
  /** Any other value. */
  readonly value: (value: unknown, type: string) => string;
}

export type Terms = Partial<Record<Relation, (given: Given) => string>>;

export function grantsOf(line: Line): readonly Grant[] {
  const [resource, deed] = line.split('.') as [string, string];
  return (AUTHORIZATION as unknown as Record<string, Record<string, readonly Grant[]>>)[resource]?.[deed] ?? [];
}

/** Those roles of someone that a grant is for. */
export function rolesFor<R extends RoleHolder['roles'][number]>(roles: readonly R[], grant: Grant): R[] {
  return roles.filter(
    ({ role, kind }) => (grant.roles?.includes(role) ?? false) && (grant.kinds?.includes(kind) ?? true),
  );
}

/**
 * The rows that someone sees by a line of the table, as a condition: one `term` for each relation that the line may name. What no
 * grant opens is `false`. Its values follow `before`, those of the statement so far.
 * @throws Error for a relation without a term, since it would be forgotten silently
 */
export function sightOf(
  { actor, operator }: Asker,
  line: Line,
  terms: Terms,
  before: readonly unknown[] = [],
): PartedSight {
  const values = [...before];
  const opened = grantsOf(line).flatMap((grant) => {
    const term = terms[grant.relation];
    if (!term) throw new Error(`${line}: no term says what "${grant.relation}" is in SQL`);
    const held = grant.roles ? rolesFor(actor?.roles ?? [], grant) : [];
    const applies = grant.operator ? operator === true : !grant.roles || held.length > 0;
    return applies ? [{ condition: term(givenBy(held, values)), parts: grant.parts ?? [] }] : [];
  });
  const conditions = opened.map(({ condition }) => condition);
  const shown = opened.map(({ condition, parts }) => `CASE WHEN ${condition} THEN '{${parts.join(',')}}'::text[] END`);
  return {
    sql: conditions.length > 0 ? `(${conditions.join(' OR ')})` : 'false',
    values,
    parts: shown.join(' || ') || "'{}'::text[]",
  };
}

function givenBy(held: readonly HeldRole[], values: unknown[]): Given {
  const value = (given: unknown, type: string): string => `$${values.push(given)}::${type}`;
  return {
    get within() {
      return value([...new Set(held.flatMap(({ within }) => within))], 'uuid[]');
    },
    get homes() {
      return value([...new Set(held.map(({ organizationId }) => organizationId))], 'uuid[]');
    },
    get memberships() {
      return value(
        held.map(({ membershipId }) => membershipId),
        'uuid[]',
      );
    },
    value,
  };
}

/** Whether a line allows it in the organization, by a role in it or in one above it. */
export function may(actor: RoleHolder, line: Line, organizationId: string): boolean {
  return grantsOf(line).some(
    (grant) =>
      grant.relation === 'within' && rolesFor(actor.roles, grant).some(({ within }) => within.includes(organizationId)),
  );
}

/** An organization, or what belongs to it, as far as a line may ask. */
export interface Placed {
  organizationId: string;
  kind: OrganizationKind;
  sample: boolean;
  /** Whether it is the asker's: a membership that they hold, an invitation that they sent. */
  own?: boolean;
}

/** The relations by which a line allows it to someone there; none: it is not allowed. */
export function openedBy(actor: RoleHolder, line: Line, object: Placed): Relation[] {
  const isOpen = (grant: Grant): boolean => {
    const held = rolesFor(actor.roles, grant);
    if (grant.relation === 'own') return object.own === true && (!grant.roles || held.length > 0);
    if (grant.relation === 'within') return held.some(({ within }) => within.includes(object.organizationId));
    return (
      grant.relation === 'alike' && object.kind === 'employer' && held.some(({ sample }) => sample === object.sample)
    );
  };
  return grantsOf(line)
    .filter(isOpen)
    .map(({ relation }) => relation);
}

/** Whether a line allows it to one of someone's roles at all; `sample` asks about synthetic organizations, or real ones, alone. */
export function maySomewhere(actor: RoleHolder, line: Line, sample?: boolean): boolean {
  return grantsOf(line).some((grant) =>
    rolesFor(actor.roles, grant).some((held) => sample === undefined || held.sample === sample),
  );
}

/** Ids of all organizations that someone reaches downward by a line. */
export function reachedBy(actor: RoleHolder | null, line: Line): string[] {
  const held = grantsOf(line).flatMap((grant) => rolesFor(actor?.roles ?? [], grant));
  return [...new Set(held.flatMap(({ within }) => within))];
}

/** Relations for which nobody has to say who they are. */
const OPEN: readonly Relation[] = ['anyone', 'link', 'sample'];

/**
 * Stops who could not be let in whatever the object is: a stranger where no line is open to strangers, and someone whose second
 * factor is owed. @throws not-allowed for a line that grants nothing, not-signed-in, second-factor-needed
 */
export function admit(actor: Actor | null, line: Line): void {
  const grants = grantsOf(line);
  if (grants.length === 0) throw notAllowed('do this');
  if (grants.some(({ relation, operator }) => operator ?? OPEN.includes(relation))) return;
  if (grants.every(({ relation }) => relation === 'own')) signedIn(actor);
  else settled(actor);
}

/** Someone may see this and may not do what they asked for. */
export function notAllowed(what: string): Refusal {
  return new Refusal(403, 'not-allowed', `Your role does not allow you to ${what}.`);
}
