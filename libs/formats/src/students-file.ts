import type { Day } from '@throughway/vocabulary/local-date';
import { day, type Column } from './columns.js';
import { guardianContacts, type GuardianContact } from './guardian-contacts.js';
import { optionalMailAddress, optionalPlainText, plainId, plainName } from './person-columns.js';
import { specialPopulations, type PopulationEntry } from './special-population-entries.js';

/** A student as the school's file has them. */
export interface StudentRow {
  /** The id by which the school's own system knows the student. */
  schoolStudentId: string;
  school: string | null;
  givenName: string;
  familyName: string;
  email: string | null;
  bornOn: Day;
  grade: string | null;
  cohortId: string | null;
  guardians: GuardianContact[];
  populations: PopulationEntry[];
}

interface StudentsFile {
  readonly name: string;
  readonly personal: true;
  readonly key: readonly (keyof StudentRow)[];
  readonly columns: { readonly [Field in keyof StudentRow]-?: Column<StudentRow[Field]> };
}

const ID_LIMIT = 200;
const NAME_LIMIT = 100;
const GRADE_LIMIT = 40;
const COHORT_ID = plainId('cohort_id', ID_LIMIT);

/**
 * students.csv of one school. It stands by itself: it belongs to a school, not to a network, and is never part of the folder, which
 * names no student. Source: docs/csv-folder.md, docs/adr/0016.
 */
export const STUDENTS_FILE: StudentsFile = {
  name: 'students.csv',
  personal: true,
  key: ['schoolStudentId'],
  columns: {
    schoolStudentId: plainId('student_id', ID_LIMIT),
    school: optionalPlainText('school', ID_LIMIT),
    givenName: plainName('given_name', NAME_LIMIT),
    familyName: plainName('family_name', NAME_LIMIT),
    email: optionalMailAddress('email'),
    bornOn: day('birth_date'),
    grade: optionalPlainText('grade', GRADE_LIMIT),
    // Never trimmed, since cohorts.csv does not trim it either.
    cohortId: { ...optionalPlainText('cohort_id', ID_LIMIT), read: (cell) => COHORT_ID.read(cell) },
    guardians: guardianContacts('guardian_contacts'),
    populations: specialPopulations('special_populations'),
  },
};
