import type { StudentRow } from '@throughway/formats/students-file';
import { formatDay, type Day } from '@throughway/vocabulary/local-date';
import type { EntityManager } from 'typeorm';

/** First key of the lock that a school's records are written under; any constant that nothing else uses. */
const STUDENTS_LOCK = 7_433_300;
const EPOCH = `DATE '1970-01-01'`;

type Columns = readonly [field: keyof StudentRow, column: string, type: string, value?: string][];

/** What of a row stands in `student` beside its key. */
const VALUES: Columns = [
  ['givenName', 'given_name', 'text'],
  ['familyName', 'family_name', 'text'],
  ['email', 'email', 'text'],
  ['bornOn', 'born_on', 'integer', `${EPOCH} + r."bornOn"`],
  ['grade', 'grade', 'text'],
  ['cohortId', 'cohort_id', 'text'],
];

/** Lets one command at a time write a school's records, until its transaction ends. */
export async function lockSchool(em: EntityManager, organizationId: string): Promise<void> {
  await em.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [STUDENTS_LOCK, organizationId]);
}

export async function hasStudents(em: EntityManager, organizationId: string): Promise<boolean> {
  const rows: unknown[] = await em.query('SELECT FROM student WHERE organization_id = $1 LIMIT 1', [organizationId]);
  return rows.length > 0;
}

export interface WrittenStudent {
  studentId: string;
  isNew: boolean;
  hasOtherEmail: boolean;
}

/**
 * Adds the students that are new and changes those that differ, in one statement; answers those alone. A column that is not `present`
 * keeps its value.
 */
export function upsertStudents(
  em: EntityManager,
  organizationId: string,
  rows: readonly StudentRow[],
  { present, at }: { present: ReadonlySet<keyof StudentRow>; at: Date },
): Promise<WrittenStudent[]> {
  const columns = VALUES.filter(([field]) => present.has(field));
  const names = columns.map(([, column]) => column);
  const list = (alias: string): string => names.map((name) => `${alias}.${name}`).join(', ');
  const given = rows.map((row) => ({ id: row.schoolStudentId, ...pick(row, columns) }));
  return em.query(
    `WITH saved AS (
       INSERT INTO student AS t (organization_id, school_student_id, ${names.join(', ')}, created_at, changed_at)
       SELECT $1::uuid, r.id, ${columns.map(([field, , , value]) => value ?? `r."${field}"`).join(', ')},
         $3::timestamptz, $3::timestamptz
       FROM json_to_recordset($2::json) AS r(id text, ${columns.map(([field, , type]) => `"${field}" ${type}`).join(', ')})
       ON CONFLICT (organization_id, school_student_id)
       DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}, changed_at = excluded.changed_at
       WHERE (${list('t')}) IS DISTINCT FROM (${list('excluded')})
       RETURNING t.student_id, t.email
     )
     SELECT saved.student_id AS "studentId", old.student_id IS NULL AS "isNew",
       old.student_id IS NOT NULL AND lower(old.email) IS DISTINCT FROM lower(saved.email) AS "hasOtherEmail"
     FROM saved LEFT JOIN student old ON old.student_id = saved.student_id`,
    [organizationId, JSON.stringify(given), at],
  );
}

/**
 * Makes the guardians of these students those of the rows, by address: others end, and one who comes back is a new guardian, who has to
 * be invited anew. Answers the students touched and the guardians who ended.
 */
export async function replaceGuardians(
  em: EntityManager,
  organizationId: string,
  rows: readonly StudentRow[],
  at: Date,
): Promise<{ studentIds: string[]; endedIds: string[] }> {
  const touched: { studentId: string; endedId: string | null }[] = await em.query(
    `WITH ${LISTED('name text, email text')},
     ended AS (
       UPDATE guardian g SET ended_at = $4 FROM mentioned m
       WHERE g.student_id = m.student_id AND g.ended_at IS NULL
         AND NOT EXISTS (SELECT FROM listed l WHERE l.student_id = g.student_id AND lower(l.email) = lower(g.email))
       RETURNING g.student_id, g.guardian_id
     ),
     saved AS (
       INSERT INTO guardian AS g (student_id, organization_id, name, email) SELECT student_id, $1, name, email FROM listed
       ON CONFLICT (student_id, lower(email)) WHERE ended_at IS NULL
       DO UPDATE SET name = excluded.name, email = excluded.email
       WHERE (g.name, g.email) IS DISTINCT FROM (excluded.name, excluded.email)
       RETURNING g.student_id
     )
     SELECT student_id AS "studentId", guardian_id AS "endedId" FROM ended
     UNION ALL SELECT student_id, NULL FROM saved`,
    [organizationId, ...listsOf(rows, ({ guardians }) => guardians), at],
  );
  return {
    studentIds: touched.map(({ studentId }) => studentId),
    endedIds: touched.flatMap(({ endedId }) => (endedId === null ? [] : [endedId])),
  };
}

/** Makes the populations of these students those of the rows: others end today. Answers the students touched. */
export async function replacePopulations(
  em: EntityManager,
  organizationId: string,
  rows: readonly StudentRow[],
  today: Day,
): Promise<string[]> {
  const touched: { studentId: string }[] = await em.query(
    `WITH ${LISTED('population text, "sinceOn" integer, source text')},
     ended AS (
       UPDATE student_population p SET until_on = $4::date FROM mentioned m
       WHERE p.student_id = m.student_id AND p.until_on IS NULL AND NOT EXISTS (
         SELECT FROM listed l
         WHERE l.student_id = p.student_id AND l.population = p.population AND ${EPOCH} + l."sinceOn" = p.since_on)
       RETURNING p.student_id
     ),
     saved AS (
       INSERT INTO student_population AS p (student_id, organization_id, population, since_on, source)
       SELECT student_id, $1, population, ${EPOCH} + "sinceOn", source FROM listed
       ON CONFLICT (student_id, population, since_on) DO UPDATE SET source = excluded.source, until_on = NULL
       WHERE p.source IS DISTINCT FROM excluded.source OR p.until_on IS NOT NULL
       RETURNING p.student_id
     )
     SELECT student_id AS "studentId" FROM ended UNION SELECT student_id FROM saved`,
    [organizationId, ...listsOf(rows, ({ populations }) => populations), formatDay(today)],
  );
  return touched.map(({ studentId }) => studentId);
}

/** Notes when the lists of these students changed. */
export async function markChanged(em: EntityManager, studentIds: readonly string[], at: Date): Promise<void> {
  await em.query('UPDATE student SET changed_at = $2 WHERE student_id = ANY($1) AND changed_at <> $2', [
    studentIds,
    at,
  ]);
}

/** Notes that the school listed these students, changed or not; on one day once. */
export async function markListed(
  em: EntityManager,
  organizationId: string,
  schoolStudentIds: readonly string[],
  today: Day,
): Promise<void> {
  await em.query(
    `UPDATE student SET listed_on = $3::date
     WHERE organization_id = $1 AND school_student_id = ANY($2::text[]) AND listed_on <> $3::date`,
    [organizationId, schoolStudentIds, formatDay(today)],
  );
}

/** Without statistics the first pages after a large import would be planned for empty tables. */
export async function analyze(em: EntityManager): Promise<void> {
  await em.query(`SELECT refresh_statistics('student', 'guardian', 'student_population')`);
}

/** Students of $1 whom the ids in $2 name, and what $3 lists for them. */
const LISTED = (columns: string): string => `
  mentioned AS (
    SELECT student_id, school_student_id FROM student WHERE organization_id = $1 AND school_student_id = ANY($2::text[])
  ),
  listed AS (
    SELECT m.student_id, r.* FROM json_to_recordset($3::json) AS r(id text, ${columns})
    JOIN mentioned m ON m.school_student_id = r.id
  )`;

function listsOf(rows: readonly StudentRow[], of: (row: StudentRow) => readonly object[]): [string[], string] {
  const listed = rows.flatMap((row) => of(row).map((entry) => ({ id: row.schoolStudentId, ...entry })));
  return [rows.map(({ schoolStudentId }) => schoolStudentId), JSON.stringify(listed)];
}

function pick(row: StudentRow, columns: Columns): Partial<StudentRow> {
  return Object.fromEntries(columns.map(([field]) => [field, row[field]]));
}
