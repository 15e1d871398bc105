import type { OrganizationKind, Role } from '@throughway/vocabulary/roles';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { HeldRole } from '../auth/actor.js';
import type { Asker } from '../auth/sight.js';

/** A school with a network of its own, students, and one of each who asks there. Every name says Sample. */
export interface Tenant {
  organizationId: string;
  networkId: number;
  studentIds: string[];
  coordinator: Asker;
  educator: Asker;
  student: Asker;
  guardian: Asker;
}

const STUDENTS_EACH = 3;

/** Writes this many tenants as the owner, who sees all of them. */
export async function tenants(source: DataSource, count: number): Promise<Tenant[]> {
  const made: Tenant[] = [];
  for (let number = 1; number <= count; number++) made.push(await aTenant(source, number));
  return made;
}

async function aTenant(source: DataSource, number: number): Promise<Tenant> {
  const one = async <T>(sql: string, values: unknown[]): Promise<T> =>
    (await source.query<[{ it: T }]>(sql, values))[0].it;
  const organizationId = await one<string>(
    `INSERT INTO organization (kind, name) VALUES ('school', $1) RETURNING organization_id AS it`,
    [`Sample School ${number}`],
  );
  const networkId = await one<number>(
    'INSERT INTO network (slug, name, organization_id) VALUES ($1, $2, $3) RETURNING network_id AS it',
    [`sample-${number}`, `Sample Network ${number}`, organizationId],
  );
  await source.query(`INSERT INTO skill (network_id, skill_id, name) VALUES ($1, 'weld', 'Sample Skill')`, [networkId]);
  await source.query(`INSERT INTO employer (network_id, employer_id, name) VALUES ($1, 'works', 'Sample Works')`, [
    networkId,
  ]);
  await source.query(
    `INSERT INTO import_run (network_id, partial, state, bytes_total) VALUES ($1, false, 'received', 0)`,
    [networkId],
  );
  const rows: { studentId: string; guardianId: string }[] = await source.query(
    `WITH made AS (
       INSERT INTO student (organization_id, school_student_id, given_name, family_name, born_on)
       SELECT $1, n, 'Sample', 'Student ' || n, '2010-03-01' FROM generate_series(1, $2::integer) n
       RETURNING student_id, school_student_id
     ), kept AS (
       INSERT INTO student_population (student_id, organization_id, population, since_on, source)
       SELECT student_id, $1, 'rural', '2025-08-01', 'Sample' FROM made
     )
     INSERT INTO guardian (student_id, organization_id, name, email)
     SELECT student_id, $1, 'Sample Guardian', school_student_id || '@sample.example' FROM made
     RETURNING student_id AS "studentId", guardian_id AS "guardianId"`,
    [organizationId, STUDENTS_EACH],
  );
  const [first] = rows;
  if (!first) throw new Error('a tenant has students');
  return {
    organizationId,
    networkId,
    studentIds: rows.map(({ studentId }) => studentId),
    coordinator: anAsker('coordinator', { organizationId }),
    educator: anAsker('educator', { organizationId }),
    student: anAsker('student', { organizationId, subjectId: first.studentId }),
    guardian: anAsker('guardian', { organizationId, subjectId: first.guardianId }),
  };
}

/** Someone with this one role, as a session would say it. */
export function anAsker(role: Role, held: Partial<HeldRole> = {}): Asker & { actor: { roles: HeldRole[] } } {
  const organizationId = held.organizationId ?? randomUUID();
  const kind: OrganizationKind = role.startsWith('employer') ? 'employer' : 'school';
  const given = {
    membershipId: randomUUID(),
    role,
    subjectId: null,
    since: '2026-01-01T00:00:00Z',
    organizationId,
    kind,
  };
  const rest = { name: 'Sample', sample: false, within: [organizationId] };
  return { actor: { personId: randomUUID(), roles: [{ ...given, ...rest, ...held }] } };
}
