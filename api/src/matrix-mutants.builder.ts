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
  const shown = changed?.parts?.find((part) => !grant.parts?.includes(part));
  if (added && grant.kinds && !hasRole(grant.kinds, added))
    return `no ${grant.kinds.join(' or ')} has the role ${added}`;
  if (added && line === 'supervisor-link.manage' && !hasRole(['employer'], added))
    return 'such links are employers’ alone';
  if (added && line === 'organization.invite' && grant.relation === 'alike')
    return 'whom "organization.see" shows no employer but their own invites nobody to another';
  if (added && line === 'invitation.resend')
    return 'who mails it again must also be one who could send it, by "organization.invite"';
  if (added && line.startsWith('job.') && hasRole(['employer'], added)) return 'no job is of an employer’s network';
  if (added && grant.relation === 'consent') return 'consents name employers';
  if (shown === 'own-guardian' && grant.parts?.includes('guardians')) return 'all guardians are shown already';
  if (shown === 'guardians' && grant.relation === 'ward')
    return 'the second wall shows a guardian none of the other guardians';
  if (/^(student|consent|disclosure)/.test(line)) return equivalenceOfRecords(line, grant, changed, added);
  if (/^(network|partnership)/.test(line)) return equivalenceOfNetworks(line, grant, changed, added);
  return undefined;
}

function equivalenceOfRecords(
  line: string,
  grant: Grant,
  changed: Grant | null,
  added: Role | undefined,
): string | undefined {
  if (added && (grant.relation === 'record' || grant.relation === 'eligible'))
    return 'the role student alone stands for a record';
  if (added && grant.relation === 'ward') return 'the role guardian alone is one whom a record names';
  if (added && grant.relation === 'giver') return 'the second wall shows a consent to those alone who see its record';
  if (added && line === 'student.erase')
    return 'who erases a record must also be one who keeps it, by "student.manage"';
  if (added && grant.relation === 'within' && hasRole(['employer'], added)) return 'no student is below an employer';
  if (grant.relation === 'within' && (added === 'educator' || added === 'leader') && line !== 'student.read')
    return 'the second wall shows records to those alone who read them by "student.read"';
  const isOfStudent =
    grant.relation === 'within' ? added === 'student' : changed?.relation === 'within' && grant.relation === 'record';
  if (isOfStudent && /^(student\.read-own|consent\.read|consent\.read-own|disclosure\.read)$/.test(line))
    return 'the second wall shows a student the rows of their own record alone';
  return undefined;
}

function equivalenceOfNetworks(
  line: string,
  grant: Grant,
  changed: Grant | null,
  added: Role | undefined,
): string | undefined {
  const taken = grant.roles?.find((role) => changed?.roles?.includes(role) === false);
  const isEmployers = added !== undefined && hasRole(['employer'], added);
  const isUnclaimed = grant.relation === 'unclaimed';
  const isWider =
    added !== undefined || (changed !== null && changed.relation === grant.relation && taken === undefined);
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
