import { Controller } from '@nestjs/common';
import { type Student, type StudentImportReport, type StudentList, studentsApi } from '@throughway/contracts/students';
import { Handles, type Input } from '../platform/http/handles.js';
import { StudentAccountsService } from './student-accounts.service.js';
import { StudentErasureService } from './student-erasure.service.js';
import { StudentImportService } from './student-import.service.js';
import { StudentInvitationsService } from './student-invitations.service.js';
import { StudentsService } from './students.service.js';

@Controller()
export class StudentsController {
  constructor(
    private readonly students: StudentsService,
    private readonly imports: StudentImportService,
    private readonly invitations: StudentInvitationsService,
    private readonly accounts: StudentAccountsService,
    private readonly erasure: StudentErasureService,
  ) {}

  @Handles(studentsApi.list, 'student.search')
  list({ actor, query }: Input<typeof studentsApi.list>): Promise<StudentList> {
    return this.students.list(actor, query);
  }

  @Handles(studentsApi.mine, 'student.read-own')
  mine({ actor }: Input<typeof studentsApi.mine>): Promise<{ students: Student[] }> {
    return this.students.mine(actor);
  }

  @Handles(studentsApi.get, 'student.read')
  get({ actor, params }: Input<typeof studentsApi.get>): Promise<Student> {
    return this.students.get(actor, params.studentId);
  }

  @Handles(studentsApi.import, 'student.manage')
  import({ actor, query, request }: Input<typeof studentsApi.import>): Promise<StudentImportReport> {
    return this.imports.import(request, actor, { ...query, partial: query.partial === 'yes' });
  }

  @Handles(studentsApi.inviteStudent, 'student.manage')
  inviteStudent({ actor, params, body, seen, request }: Input<typeof studentsApi.inviteStudent>): Promise<Student> {
    return this.invitations.inviteStudent(request, actor, params.studentId, { ...body, seen });
  }

  @Handles(studentsApi.inviteGuardian, 'student.manage')
  inviteGuardian({ actor, params, body, seen, request }: Input<typeof studentsApi.inviteGuardian>): Promise<Student> {
    return this.invitations.inviteGuardian(request, actor, params, { ...body, seen });
  }

  @Handles(studentsApi.unlinkStudent, 'student.manage')
  unlinkStudent({ actor, params, seen }: Input<typeof studentsApi.unlinkStudent>): Promise<Student> {
    return this.accounts.unlink(actor, params.studentId, null, seen);
  }

  @Handles(studentsApi.unlinkGuardian, 'student.manage')
  unlinkGuardian({ actor, params, seen }: Input<typeof studentsApi.unlinkGuardian>): Promise<Student> {
    return this.accounts.unlink(actor, params.studentId, params.guardianId, seen);
  }

  @Handles(studentsApi.erase, 'student.erase')
  erase({ asker, params, seen }: Input<typeof studentsApi.erase>): Promise<{ erased: true }> {
    return this.erasure.erase(asker, params.studentId, seen);
  }
}
