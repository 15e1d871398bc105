import type { EntityManager } from 'typeorm';
import type { Line } from '../auth/authorization.js';
import { type Asker, grantsOf, reachedBy, rolesFor } from '../auth/sight.js';

/**
 * What the second wall lets a transaction see: settings that end with it, from which the policies of every tenant table are made
 * (migration 1795651201000). Unset lets nothing through. Derived from the authorization table, coarser than the conditions of the
 * queries: a policy asks whose the row is, a condition also what of it is asked for.
 */
export interface Reach {
  /** Schools whose students' records may be read. */
  students: string[];
  /** Student and guardian rows that the asker stands for. */
  subjects: string[];
  /** Employers whose people the asker is one of. */
  employers: string[];
  /** Organizations whose audit may be read. */
  audited: string[];
  /** Tenants whose networks may be read, and organizations whose own tenants', above them, may. */
  tenants: string[];
  homes: string[];
  /** Networks of nobody; every network. */
  unclaimed: boolean;
  every: boolean;
}

export function reachOf({ actor, operator = false }: Asker): Reach {
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
  return {
    students: withinBy(actor, 'student.read'),
    subjects: subjectRoles.flatMap(({ subjectId }) => (subjectId === null ? [] : [subjectId])),
    employers: grantsOf('partnership.read')
      .filter(({ relation }) => relation === 'party')
      .flatMap((grant) => rolesFor(roles, grant))
      .flatMap(({ within }) => within),
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

/** Sets what the transaction sees, in one statement. */
export async function setReach(em: EntityManager, asker: Asker, { readOnly }: { readOnly: boolean }): Promise<void> {
  const reach = reachOf(asker);
  await em.query(
    `SELECT set_config('throughway.person', $1, true), set_config('throughway.students', $2::uuid[]::text, true),
       set_config('throughway.subjects', $3::uuid[]::text, true), set_config('throughway.employers', $4::uuid[]::text, true),
       set_config('throughway.audited', $5::uuid[]::text, true),
       set_config('throughway.networks', networks_of($6, $7, $8, $9)::text, true),
       set_config('throughway.partner_networks', partner_networks_of($4)::text, true),
       set_config('transaction_read_only', $10, true)`,
    [
      asker.actor?.personId ?? '',
      reach.students,
      reach.subjects,
      reach.employers,
      reach.audited,
      reach.tenants,
      reach.homes,
      reach.unclaimed,
      reach.every,
      readOnly ? 'on' : 'off',
    ],
  );
}
