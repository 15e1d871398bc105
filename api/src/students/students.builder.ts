import type { Student, StudentImportReport, StudentSummary } from '@throughway/contracts/students';
import { aStudent, type StudentCells, studentsText } from '@throughway/formats/students.builder';
import request from 'supertest';
import type { SignedIn } from '../identity/people.builder.js';
import { asCommand } from '../platform/http/as-command.builder.js';

type Server = Parameters<typeof request>[0];
type Reader = Pick<SignedIn, 'cookie'>;

/** The students room as a reader meets it over HTTP. */
export class StudentsOverHttp {
  constructor(private readonly server: Server) {}

  upload(
    { cookie }: Reader,
    organizationId: string,
    content: string | Uint8Array,
    query: Record<string, string> = {},
  ): request.Test {
    return request(this.server)
      .post('/api/students')
      .query({ organizationId, ...query })
      .set('Cookie', cookie)
      .attach('files', Buffer.from(content), 'students.csv');
  }

  async import(
    reader: Reader,
    organizationId: string,
    students: readonly StudentCells[] | string | Uint8Array,
    query: Record<string, string> = {},
  ): Promise<StudentImportReport> {
    const isCells = (given: unknown): given is readonly StudentCells[] => Array.isArray(given);
    const content = isCells(students) ? studentsText(students) : students;
    const answer = await this.upload(reader, organizationId, content, query).expect(200);
    return answer.body as StudentImportReport;
  }

  async list(
    { cookie }: Reader,
    query: Record<string, string | number> = {},
  ): Promise<{ students: StudentSummary[]; total: number }> {
    const answer = await request(this.server).get('/api/students').query(query).set('Cookie', cookie).expect(200);
    return answer.body as { students: StudentSummary[]; total: number };
  }

  get({ cookie }: Reader, studentId: string): request.Test {
    return request(this.server).get(`/api/students/${studentId}`).set('Cookie', cookie);
  }

  async seen(reader: Reader, studentId: string): Promise<Student> {
    const answer = await this.get(reader, studentId).expect(200);
    return answer.body as Student;
  }

  async mine({ cookie }: Reader): Promise<Student[]> {
    const answer = await request(this.server).get('/api/my-students').set('Cookie', cookie).expect(200);
    return (answer.body as { students: Student[] }).students;
  }

  invite({ cookie }: Reader, studentId: string, guardianId: string | null = null, body?: object): request.Test {
    const who = guardianId === null ? '' : `/guardians/${guardianId}`;
    const post = request(this.server)
      .post(`/api/students/${studentId}${who}/invitation`)
      .set(asCommand())
      .set('Cookie', cookie);
    return body ? post.send(body) : post;
  }

  unlink({ cookie }: Reader, studentId: string, guardianId: string | null = null): request.Test {
    const who = guardianId === null ? '' : `/guardians/${guardianId}`;
    return request(this.server)
      .delete(`/api/students/${studentId}${who}/account`)
      .set(asCommand())
      .set('Cookie', cookie);
  }

  /** One student of `aStudent`'s form, imported and seen by `reader`. */
  async enroll(reader: Reader, organizationId: string, number: number, cells: StudentCells = {}): Promise<Student> {
    const given = aStudent(number, cells);
    await this.import(reader, organizationId, [given]);
    const { students } = await this.list(reader, { organizationId, q: String(given['student_id']) });
    return this.seen(reader, students[0]?.studentId ?? '');
  }
}
