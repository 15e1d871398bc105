import * as z from 'zod';
import { endpoint } from './endpoint.js';
import * as p from './people.js';
import * as w from './words.js';
import { ImportError } from './imports.js';
import { RIGHTS_HOLDERS } from '@throughway/vocabulary/rights-holder';
import { SPECIAL_POPULATIONS } from '@throughway/vocabulary/special-populations';

export const Guardian = z.object({
  guardianId: z.uuid(),
  name: z.string(),
  email: z.string(),
  unreachable: p.Unreachable,
  account: z.enum(['none', 'invited', 'linked']),
});

export const StudentSummary = z.object({
  studentId: z.uuid(),
  /** The id by which the school's own system knows the student. */
  schoolStudentId: z.string(),
  name: z.string(),
  school: p.OrganizationRef,
  grade: z.string().nullable(),
  cohortId: z.string().nullable(),
  age: w.Count,
  rightsHolder: z.enum(RIGHTS_HOLDERS),
  account: z.enum(['none', 'invited', 'linked']),
});
export type StudentSummary = z.infer<typeof StudentSummary>;

export const Student = StudentSummary.extend({
  bornOn: w.LocalDate,
  email: z.string().nullable(),
  unreachable: p.Unreachable,
  /** For a guardian, their own entry alone. */
  guardians: z.array(Guardian),
  populations: z.array(z.object({ population: z.enum(SPECIAL_POPULATIONS), since: w.LocalDate, source: z.string() })),
});
export type Student = z.infer<typeof Student>;

export const StudentImportReport = z.object({
  state: z.enum(['done', 'refused']),
  rowsRead: w.Count,
  added: w.Count,
  changed: w.Count,
  unchanged: w.Count,
  errorCount: w.Count,
  /** The first 1,000. Values of cells that name a person are not repeated here. */
  errors: z.array(ImportError),
  notices: z.array(z.string()),
});
export type StudentImportReport = z.infer<typeof StudentImportReport>;

/** Records that no import has listed for years: erased soon, unless one lists them again. */
export const RetentionOutlook = z.object({
  /** Erased by the runs of the next `days` days. */
  dueCount: w.Count,
  days: w.Count,
  /** Without a listing, after which a record is erased. */
  years: w.Count,
  nextRunOn: w.LocalDate,
});
export type RetentionOutlook = z.infer<typeof RetentionOutlook>;

export const StudentList = z.object({
  students: z.array(StudentSummary),
  total: w.Count,
  page: w.Count,
  size: w.Count,
  /** Of all records that the reader may erase; null for who may erase none. */
  retention: RetentionOutlook.nullable(),
});
export type StudentList = z.infer<typeof StudentList>;

const ById = z.object({ studentId: z.uuid() });
/** The language of the mail; a record names none. */
const InvitationBody = z.object({ language: p.LanguageCode.default('en') }).prefault({});

export const studentsApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/students',
    summary: 'Students of the schools where the reader is administrator or coordinator',
    query: z.object({
      organizationId: z.uuid().optional(),
      q: z.string().trim().max(100).optional(),
      page: w.Page,
      size: w.PageSize,
    }),
    response: StudentList,
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/students/:studentId',
    summary: 'One student, for their school, the student, and until 18 their guardians',
    params: ById,
    response: Student,
  }),
  mine: endpoint({
    method: 'GET',
    path: '/api/my-students',
    summary: 'The records that stand for the reader: their own, or those of their children under 18',
    response: z.object({ students: z.array(Student) }),
  }),
  import: endpoint({
    method: 'POST',
    path: '/api/students',
    summary: 'Upload students.csv of one school; whole or not at all',
    query: z.object({ organizationId: z.uuid(), partial: z.enum(['yes', 'no']).default('no') }),
    bodyMedia: 'multipart/form-data',
    response: StudentImportReport,
  }),
  inviteStudent: endpoint({
    method: 'POST',
    path: '/api/students/:studentId/invitation',
    summary: 'Invite a student to their account, at the address in the record',
    params: ById,
    body: InvitationBody,
    idempotent: true,
    ifMatch: true,
    response: Student,
  }),
  inviteGuardian: endpoint({
    method: 'POST',
    path: '/api/students/:studentId/guardians/:guardianId/invitation',
    summary: 'Invite a guardian, at the address in the record; refused once the student is 18',
    params: ById.extend({ guardianId: z.uuid() }),
    body: InvitationBody,
    idempotent: true,
    ifMatch: true,
    response: Student,
  }),
  erase: endpoint({
    method: 'DELETE',
    path: '/api/students/:studentId',
    summary: "Erase a student's record, whole and for good; for administrators of the school",
    params: ById,
    idempotent: true,
    ifMatch: true,
    response: z.object({ erased: z.literal(true) }),
  }),
  unlinkStudent: endpoint({
    method: 'DELETE',
    path: '/api/students/:studentId/account',
    summary: "End what an account may see of a student's record, and any open invitation; for the school",
    params: ById,
    idempotent: true,
    ifMatch: true,
    response: Student,
  }),
  unlinkGuardian: endpoint({
    method: 'DELETE',
    path: '/api/students/:studentId/guardians/:guardianId/account',
    summary: "Likewise a guardian's",
    params: ById.extend({ guardianId: z.uuid() }),
    idempotent: true,
    ifMatch: true,
    response: Student,
  }),
};
