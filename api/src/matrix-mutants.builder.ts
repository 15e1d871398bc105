import { type OrganizationKind, type Role, ROLES, ROLES_OF } from '@throughway/vocabulary/roles';
import type { Asker } from './matrix-world.builder.js';
import { AUTHORIZATION, type Grant, type Relation } from './platform/auth/authorization.js';

/** One small wrong change of the authorization table, made in this process and taken back. */
export interface Mutant {
  name: string;
  resource: string;
  line: string;
  /** Roles whose holders are asked first, since the change is about them; none: about everyone. */
  roles: readonly Role[];
  /** Why nobody can tell the changed table from the true one; absent: it has to be noticed. */
  equivalent?: string;
  /** Makes the change; the answer takes it back. */
  apply(): () => void;
}

/** Relations that stand in for each other: those that one resource's conditions know, of a network the next wider and narrower. */
const NEIGHBORS: Readonly<Record<string, readonly Relation[]>> = {
  public: ['anyone', 'own'],
  session: ['anyone', 'own'],
  invitation: ['own', 'within', 'alike'],
  organization: ['own', 'within', 'alike'],
  student: ['within', 'record', 'ward'],
  consent: ['within', 'record', 'ward', 'eligible'],
  disclosure: ['within', 'record', 'ward'],
  network: ['within', 'tenant'],
  partnership: ['within', 'tenant'],
};

/** Parts that the answers of a line tell apart. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  'student.read': ['guardians', 'own-guardian', 'populations'],
  'student.read-own': ['guardians', 'own-guardian', 'populations'],
  'consent.read': ['signer'],
  'consent.read-own': ['signer'],
};

type Table = Record<string, Record<string, readonly Grant[]>>;

/** Every mutant of every line, in the order of the table. */
export function mutants(): Mutant[] {
  const table = AUTHORIZATION as unknown as Table;
  return Object.entries(table).flatMap(([resource, deeds]) =>
    Object.entries(deeds).flatMap(([deed, grants]) =>
      grants.flatMap((grant, place) =>
        changesOf(`${resource}.${deed}`, resource, grant).map(({ what, changed, roles }): Mutant => {
          const line = `${resource}.${deed}`;
          const equivalent = equivalence(line, grant, changed);
          return {
            name: `${line}: ${describe(grant)}: ${what}`,
            resource,
            line,
            roles,
            ...(equivalent ? { equivalent } : {}),
            apply: () => {
              deeds[deed] = grants.flatMap((other, at) => (at === place ? (changed ? [changed] : []) : [other]));
              return () => {
                deeds[deed] = grants;
              };
            },
          };
        }),
      ),
    ),
  );
}

interface Change {
  what: string;
  /** Null: the grant is dropped. */
  changed: Grant | null;
  roles: readonly Role[];
}

function changesOf(line: string, resource: string, grant: Grant): Change[] {
  const { relation, roles, kinds, operator, parts, ...rest } = grant;
  const held = roles ?? [];
  const known = PARTS[line] ?? [];
  return [
    { what: 'dropped', changed: null, roles: held },
    ...held.map((role) => ({
      what: `without ${role}`,
      changed: { ...grant, roles: held.filter((other) => other !== role) },
      roles: [role],
    })),
    ...(roles ? ROLES : [])
      .filter((role) => !held.includes(role))
      .map((role) => ({ what: `with ${role}`, changed: { ...grant, roles: [...held, role] }, roles: [role] })),
    ...(kinds
      ? [{ what: 'of any kind', changed: withoutUndefined({ ...rest, relation, roles, operator, parts }), roles: held }]
      : []),
    ...(operator
      ? [
          {
            what: 'not the operator alone',
            changed: withoutUndefined({ ...rest, relation, roles, kinds, parts }),
            roles: held,
          },
        ]
      : []),
    ...(NEIGHBORS[resource]?.includes(relation) ? (NEIGHBORS[resource] ?? []) : [])
      .filter((other) => other !== relation)
      .map((other) => ({ what: `as ${other}`, changed: { ...grant, relation: other }, roles: held })),
    ...(parts ?? [])
      .filter((part) => known.includes(part))
      .map((part) => ({
        what: `hides ${part}`,
        changed: { ...grant, parts: (parts ?? []).filter((one) => one !== part) },
        roles: held,
      })),
    ...known
      .filter((part) => !parts?.includes(part))
      .map((part) => ({ what: `shows ${part}`, changed: { ...grant, parts: [...(parts ?? []), part] }, roles: held })),
  ];
}

function withoutUndefined(grant: { [Key in keyof Grant]: Grant[Key] | undefined }): Grant {
  return Object.fromEntries(Object.entries(grant).filter(([, value]) => value !== undefined)) as unknown as Grant;
}

function describe({ relation, roles, kinds, operator }: Grant): string {
  const who = operator ? 'the operator' : (roles ?? ['everyone']).join(' ');
  return `${relation} (${who}${kinds ? ` of a ${kinds.join(' ')}` : ''})`;
}

/** Why a change changes nothing for anybody, if it does. */
function equivalence(line: string, grant: Grant, changed: Grant | null): string | undefined {
  const added = changed?.roles?.find((role) => !grant.roles?.includes(role));
  const taken = grant.roles?.find((role) => changed?.roles?.includes(role) === false);
  const isEmployers = added !== undefined && hasRole(['employer'], added);
  const isUnclaimed = grant.relation === 'unclaimed';
  const isWider =
    added !== undefined || (changed !== null && changed.relation === grant.relation && taken === undefined);
  if (added && grant.kinds && !hasRole(grant.kinds, added))
    return `no ${grant.kinds.join(' or ')} has the role ${added}`;
  if (line === 'supervisor-link.manage' && added && !isEmployers) return 'such links are employers’ alone';
  if (!/^(network|partnership)/.test(line)) return undefined;
  if (isEmployers && line !== 'network.claim') return 'an employer keeps no network and is no institution of one';
  if (grant.relation === 'party' && added) return 'only employers are partners';
  if (line === 'network.read' && grant.relation === 'within' && (added === 'student' || added === 'guardian'))
    return 'nothing is below a learner’s school, and what is its own they see as what is at or above it';
  if (line === 'partnership.read' && grant.relation === 'tenant' && taken === 'educator')
    return 'educators are in schools, colleges and districts, for whom "within" says the same';
  if (isUnclaimed && isWider && line === 'network.claim')
    return 'who may not read a network, or has no organization to claim it for, claims none';
  if (isUnclaimed && isWider && line === 'partnership.count')
    return 'who may not read a network learns no number of it';
  if (isUnclaimed && isWider && line === 'network.read' && grant.operator)
    return 'the second wall shows such a network to the operator and to who has a role for it';
  return undefined;
}

const hasRole = (kinds: readonly OrganizationKind[], role: Role): boolean =>
  kinds.some((kind) => ROLES_OF[kind].includes(role));

/** The role by which someone of the matrix asks; undefined for who has none. */
export function roleOf(asker: Asker): Role | undefined {
  if (asker.startsWith('student')) return 'student';
  if (asker.startsWith('guardian')) return 'guardian';
  return ROLES.find((role) => asker === role || asker.endsWith(`-${role}`));
}
