import { latestBirth } from '@throughway/calendar/latest-birth';
import type { OrganizationRef, Unreachable } from '@throughway/contracts/people';
import { formatDay, type Day, type LocalDate } from '@throughway/vocabulary/local-date';
import { AGE_OF_RIGHTS } from '@throughway/vocabulary/rights-holder';
import type { SpecialPopulation } from '@throughway/vocabulary/special-populations';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../platform/auth/actor.js';
import type { Line } from '../platform/auth/authorization.js';
import { type PartedSight, type Sight, sightOf, type Terms } from '../platform/auth/sight.js';
import { unreachableAt } from '../platform/mail/unreachable.js';

/**
 * Whom someone sees or keeps by a line of the table, as a condition on `student s JOIN organization o`, and on what `more` speaks of.
 * Its values follow `before`. A guardian is one whom the record names, until rights move (34 CFR 99.5). Nobody is both for one
 * record: the link that came first counts, and an address that the record gives to the student too makes nobody a guardian.
 */
export function studentSight(
  actor: Pick<Actor, 'personId' | 'roles'>,
  line: Extract<Line, `${'student' | 'consent' | 'disclosure'}.${string}`>,
  today: Day,
  { more = {}, before = [] }: { more?: Terms; before?: readonly unknown[] } = {},
): PartedSight {
  const adultIfBornBy = formatDay(latestBirth(AGE_OF_RIGHTS, today));
  const record = (memberships: string): string => `s.student_id = ANY(ARRAY(${AS_STUDENT(memberships)}))`;
  const terms: Terms = {
    within: ({ within }) => `s.organization_id = ANY(${within})`,
    record: ({ memberships }) => record(memberships),
    ward: ({ memberships, value }) =>
      `s.student_id = ANY(ARRAY(${AS_GUARDIAN(memberships, value(adultIfBornBy, 'date'))}))`,
    eligible: ({ memberships, value }) =>
      `(${record(memberships)} AND (o.kind = 'college' OR s.born_on <= ${value(adultIfBornBy, 'date')}))`,
    ...more,
  };
  return sightOf({ actor }, line, terms, before);
}

/** A membership that makes its holder a guardian, with the record's student. */
const GUARDIAN_LINK = `membership m JOIN guardian g ON m.role = 'guardian' AND g.guardian_id = m.subject_id AND g.ended_at IS NULL
  JOIN student w ON w.student_id = g.student_id AND w.organization_id = m.organization_id`;

const AS_STUDENT = (links: string): string => `
  SELECT c.subject_id FROM membership c JOIN student w ON w.student_id = c.subject_id AND w.organization_id = c.organization_id
  WHERE c.membership_id = ANY(${links}) AND c.ended_at IS NULL AND c.role = 'student' AND NOT EXISTS (
    SELECT FROM ${GUARDIAN_LINK}
    WHERE m.person_id = c.person_id AND m.ended_at IS NULL AND g.student_id = c.subject_id AND m.granted_at < c.granted_at)`;

const AS_GUARDIAN = (links: string, adultIfBornBy: string): string => `
  SELECT g.student_id FROM ${GUARDIAN_LINK} JOIN organization k ON k.organization_id = w.organization_id
  WHERE m.membership_id = ANY(${links}) AND m.ended_at IS NULL AND k.kind <> 'college' AND w.born_on > ${adultIfBornBy}
    AND lower(g.email) IS DISTINCT FROM lower(w.email) AND NOT EXISTS (
    SELECT FROM membership c
    WHERE c.person_id = m.person_id AND c.ended_at IS NULL AND c.role = 'student' AND c.subject_id = g.student_id
      AND c.granted_at <= m.granted_at)`;

export interface StudentRecord {
  studentId: string;
  schoolStudentId: string;
  givenName: string;
  familyName: string;
  email: string | null;
  bornOn: LocalDate;
  grade: string | null;
  cohortId: string | null;
  school: OrganizationRef;
}

/** With what of it is shown to whom it was read for. */
export interface SeenStudent extends StudentRecord {
  unreachable: Unreachable;
  parts: string[];
}

export interface GuardianRecord {
  guardianId: string;
  studentId: string;
  name: string;
  email: string;
  unreachable: Unreachable;
}

export interface PopulationRecord {
  studentId: string;
  population: SpecialPopulation;
  since: LocalDate;
  source: string;
}

const RECORD = `s.student_id AS "studentId", s.school_student_id AS "schoolStudentId", s.given_name AS "givenName",
  s.family_name AS "familyName", s.email, to_char(s.born_on, 'YYYY-MM-DD') AS "bornOn", s.grade, s.cohort_id AS "cohortId",
  json_build_object('organizationId', o.organization_id, 'name', o.name, 'kind', o.kind, 'sample', o.sample) AS school`;
const STUDENTS = 'student s JOIN organization o USING (organization_id)';

export async function findStudent(
  em: EntityManager,
  sight: PartedSight,
  studentId: string,
): Promise<SeenStudent | null> {
  const rows: SeenStudent[] = await em.query(
    `SELECT ${RECORD}, ${unreachableAt('s.email')} AS unreachable, ${sight.parts} AS parts FROM ${STUDENTS}
     WHERE s.student_id = $${sight.values.length + 1} AND ${sight.sql}`,
    [...sight.values, studentId],
  );
  return rows[0] ?? null;
}

/** By name. */
export function listStudents(em: EntityManager, sight: PartedSight): Promise<SeenStudent[]> {
  return em.query(
    `SELECT ${RECORD}, ${unreachableAt('s.email')} AS unreachable, ${sight.parts} AS parts FROM ${STUDENTS} WHERE ${sight.sql}
     ORDER BY s.family_name, s.given_name, s.student_id`,
    [...sight.values],
  );
}

export interface StudentSearch {
  /** That organization, and those below it. */
  organizationId: string | undefined;
  /** Part of a name, or the beginning of the school's own id. */
  q: string | undefined;
  limit: number;
  offset: number;
}

/** One page, by name, and how many there are in all. */
export async function searchStudents(
  em: EntityManager,
  sight: Sight,
  { organizationId, q, limit, offset }: StudentSearch,
): Promise<{ students: StudentRecord[]; total: number }> {
  const values = [...sight.values];
  const conditions = [sight.sql];
  if (organizationId) {
    conditions.push(`s.organization_id IN (SELECT organizations_within($${values.push(organizationId)}::uuid))`);
  }
  if (q) {
    const literal = q.replace(/[\\%_]/g, '\\$&');
    const part = `$${values.push(`%${literal}%`)}`;
    const start = `$${values.push(`${literal}%`)}`;
    conditions.push(`(s.given_name || ' ' || s.family_name ILIKE ${part} OR s.school_student_id ILIKE ${start})`);
  }
  const where = conditions.join(' AND ');
  const counted: { total: number }[] = await em.query(
    `SELECT count(*)::integer AS total FROM ${STUDENTS} WHERE ${where}`,
    values,
  );
  const students: StudentRecord[] = await em.query(
    `SELECT ${RECORD} FROM ${STUDENTS} WHERE ${where} ORDER BY s.family_name, s.given_name, s.student_id
     LIMIT ${limit} OFFSET ${offset}`,
    values,
  );
  return { students, total: counted[0]?.total ?? 0 };
}

/** Those whom the records name now. */
export function listGuardians(em: EntityManager, studentIds: readonly string[]): Promise<GuardianRecord[]> {
  return em.query(
    `SELECT guardian_id AS "guardianId", student_id AS "studentId", name, email, ${unreachableAt('email')} AS unreachable FROM guardian
     WHERE student_id = ANY($1) AND ended_at IS NULL ORDER BY name, guardian_id`,
    [studentIds],
  );
}

/** Those that hold now. */
export function listPopulations(em: EntityManager, studentIds: readonly string[]): Promise<PopulationRecord[]> {
  return em.query(
    `SELECT student_id AS "studentId", population, to_char(since_on, 'YYYY-MM-DD') AS since, source FROM student_population
     WHERE student_id = ANY($1) AND until_on IS NULL ORDER BY population`,
    [studentIds],
  );
}

/** A school, or another organization, by id. */
export async function findSchool(em: EntityManager, organizationId: string): Promise<OrganizationRef | null> {
  const rows: OrganizationRef[] = await em.query(
    'SELECT organization_id AS "organizationId", name, kind, sample FROM organization WHERE organization_id = $1',
    [organizationId],
  );
  return rows[0] ?? null;
}

/**
 * Whether an address is on both sides of a record: the student's, or of someone linked as the student, and a guardian's, or of someone
 * linked as a guardian whom the record names.
 */
export async function isAddressShared(
  em: EntityManager,
  studentId: string,
  email: string,
  side: 'student' | 'guardian',
): Promise<boolean> {
  const other =
    side === 'guardian'
      ? `SELECT s.email FROM student s WHERE s.student_id = $1
         UNION ALL SELECT p.email FROM membership m JOIN person p USING (person_id)
         WHERE m.role = 'student' AND m.subject_id = $1 AND m.ended_at IS NULL`
      : `SELECT g.email FROM guardian g WHERE g.student_id = $1 AND g.ended_at IS NULL
         UNION ALL SELECT p.email FROM guardian g
         JOIN membership m ON m.role = 'guardian' AND m.subject_id = g.guardian_id AND m.ended_at IS NULL
         JOIN person p USING (person_id) WHERE g.student_id = $1 AND g.ended_at IS NULL`;
  const rows: unknown[] = await em.query(
    `SELECT FROM (${other}) AS other(email) WHERE lower(email) = lower($2) LIMIT 1`,
    [studentId, email],
  );
  return rows.length > 0;
}
