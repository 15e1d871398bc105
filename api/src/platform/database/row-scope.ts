import pg from 'pg';
import type { Line } from '../auth/authorization.js';
import { type Asker, grantsOf, reachedBy, rolesFor } from '../auth/sight.js';

/**
 * What the second wall lets a transaction see: settings that end with it, from which the policies of every tenant table are made
 * (migration 1795651201000). Unset lets nothing through. Derived from the authorization table, coarser than the conditions of the
 * queries: a policy asks whose the row is, a condition also what of it is asked for.
 */
export interface RowScope {
  /** The person who asks. */
  person: string | null;
  /** Schools whose students' records may be read. */
  students: string[];
  /** Student and guardian rows that the asker stands for. */
  subjects: string[];
  /** Employers whose people the asker is one of. */
  employers: string[];
  /** Those, and employers a link of whom the asker holds: what a network's rows are about. */
  partners: string[];
  /** Organizations whose audit may be read. */
  audited: string[];
  /** Tenants whose networks may be read, and organizations whose own tenants', above them, may. */
  tenants: string[];
  homes: string[];
  /** Networks of nobody; every network. */
  unclaimed: boolean;
  every: boolean;
}

export function rowScopeOf({ actor, operator = false, linked = [] }: Asker): RowScope {
  const roles = actor?.roles ?? [];
  const applies = (line: Line, relation: 'unclaimed' | 'every'): boolean =>
    grantsOf(line).some(
      (grant) =>
        grant.relation === relation && (grant.operator ? operator : grant.roles && rolesFor(roles, grant).length > 0),
    );
  const subjectRoles = grantsOf('student.read')
    .filter(({ relation }) => relation === 'record' || relation === 'ward')
    .flatMap((grant) => rolesFor(roles, grant));
  const homes = grantsOf('network.read')
    .filter(({ relation }) => relation === 'above')
    .flatMap((grant) => rolesFor(roles, grant));
  const employers = [...grantsOf('partnership.read'), ...grantsOf('shared-student.read')]
    .filter(({ relation }) => relation === 'party' || relation === 'consent')
    .flatMap((grant) => rolesFor(roles, grant))
    .flatMap(({ within }) => within);
  return {
    person: actor?.personId ?? null,
    students: withinBy(actor, 'student.read'),
    subjects: subjectRoles.flatMap(({ subjectId }) => (subjectId === null ? [] : [subjectId])),
    employers: [...new Set(employers)],
    partners: [...new Set([...employers, ...linked])],
    audited: reachedBy(actor, 'audit.search'),
    tenants: withinBy(actor, 'network.read'),
    homes: homes.map(({ organizationId }) => organizationId),
    unclaimed: applies('network.read', 'unclaimed'),
    every: applies('network.import', 'every'),
  };
}

function withinBy(actor: Asker['actor'], line: Line): string[] {
  return grantsOf(line)
    .filter(({ relation }) => relation === 'within')
    .flatMap((grant) => rolesFor(actor?.roles ?? [], grant))
    .flatMap(({ within }) => within);
}

/** Everything that {@link rowScopeStatement} sets. */
const SETTINGS = 'person students subjects employers partners audited networks partner_networks'.split(' ');

/** The statement after which a transaction sees no row of any tenant, whatever it was told before. */
export const NO_ROWS = `SELECT ${SETTINGS.map((name) => `set_config('throughway.${name}', '', true)`).join(', ')}`;

/** The statement that lets the transaction see this much; every value in it is an id that the database made, or a yes or no. */
export function rowScopeStatement(scope: RowScope): string {
  const set = (name: string, value: string): string => `set_config('throughway.${name}', ${value}, true)`;
  const list = (ids: readonly string[]): string => pg.escapeLiteral(`{${ids.join(',')}}`);
  const networks = [list(scope.tenants), list(scope.homes), scope.unclaimed, scope.every].join(', ');
  return `SELECT ${[
    set('person', pg.escapeLiteral(scope.person ?? '')),
    set('students', list(scope.students)),
    set('subjects', list(scope.subjects)),
    set('employers', list(scope.employers)),
    set('partners', list(scope.partners)),
    set('audited', list(scope.audited)),
    set('networks', `networks_of(${networks})::text`),
    set('partner_networks', `partner_networks_of(${list(scope.partners)})::text`),
  ].join(', ')}`;
}
