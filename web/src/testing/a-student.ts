import type { Student } from '@throughway/contracts/students';
import { aSession } from './a-session';

/** A student of 16 with one guardian who has no account. */
export function aStudent(facts: Partial<Student> = {}): Student {
  return {
    studentId: '0199c0de-0000-7000-8000-000000000901',
    schoolStudentId: 'S-17',
    name: 'Sample Student',
    school: aSession(['coordinator']).memberships[0]!.organization,
    grade: '11',
    cohortId: null,
    age: 16,
    rightsHolder: 'guardian',
    account: 'none',
    bornOn: '2010-04-02',
    email: 'student@example.test',
    unreachable: null,
    guardians: [
      {
        guardianId: '0199c0de-0000-7000-8000-000000000a01',
        name: 'Sample Guardian',
        email: 'guardian@example.test',
        unreachable: null,
        account: 'none',
      },
    ],
    populations: [{ population: 'first-generation', since: '2025-08-15', source: 'school file' }],
    ...facts,
  };
}
