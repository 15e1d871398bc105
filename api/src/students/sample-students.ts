import { Injectable } from '@nestjs/common';
import { addMonths } from '@throughway/calendar/add-months';
import type { StudentRow } from '@throughway/formats/students-file';
import type { Day } from '@throughway/vocabulary/local-date';
import { SPECIAL_POPULATIONS } from '@throughway/vocabulary/special-populations';
import type { EntityManager } from 'typeorm';
import { StudentRecords } from './student-records.service.js';
import { hasStudents } from './student-rows.repository.js';
import { findSampleSubjects } from './sample-students.repository.js';

const SAMPLE_COUNT = 60;
const EVERY_FIELD: ReadonlySet<keyof StudentRow> = new Set<keyof StudentRow>([
  'givenName',
  'familyName',
  'email',
  'bornOn',
  'grade',
  'cohortId',
  'guardians',
  'populations',
]);

/** Plainly invented students for a sample school. */
@Injectable()
export class SampleStudents {
  constructor(private readonly records: StudentRecords) {}

  /**
   * Gives a sample school 60 students of 15 to 19 years, unless it has students already. Answers the first, who is 15 then, and
   * their guardian, for the sample people to stand for.
   */
  async prepare(
    em: EntityManager,
    organizationId: string,
    today: Day,
  ): Promise<{ studentId: string; guardianId: string } | null> {
    if (!(await hasStudents(em, organizationId))) {
      const rows = Array.from({ length: SAMPLE_COUNT }, (_, at) => sampleStudent(at + 1, today));
      await this.records.save(em, organizationId, rows, { present: EVERY_FIELD, today, importedById: null });
    }
    return findSampleSubjects(em, organizationId, sampleId(1));
  }
}

function sampleId(number: number): string {
  return `SAMPLE-${digits(number)}`;
}

/** Ages go round from 15 to 19; every third student belongs to one population, every tenth has no guardian. */
function sampleStudent(number: number, today: Day): StudentRow {
  const age = 15 + ((number - 1) % 5);
  const bornOn = addMonths(today, -12 * age - (number % 11)) - 1;
  const population = SPECIAL_POPULATIONS[number % SPECIAL_POPULATIONS.length];
  return {
    schoolStudentId: sampleId(number),
    school: null,
    givenName: 'Sample',
    familyName: `Student ${digits(number)}`,
    email: `student${digits(number)}@sample.example`,
    bornOn,
    grade: String(Math.min(12, age - 5)),
    cohortId: null,
    guardians:
      number % 10 === 0
        ? []
        : [{ name: `Sample Guardian ${digits(number)}`, email: `guardian${digits(number)}@sample.example` }],
    populations:
      number % 3 === 0 && population ? [{ population, sinceOn: addMonths(today, -18), source: 'Sample record' }] : [],
  };
}

function digits(number: number): string {
  return String(number).padStart(3, '0');
}
