import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { ConsentAsking } from './consent-asking.service.js';
import { ConsentDecisions } from './consent-decisions.service.js';
import { ConsentEndings } from './consent-endings.js';
import { ConsentsController } from './consents.controller.js';
import { ConsentsService } from './consents.service.js';
import { RetentionJobs } from './retention.jobs.js';
import { SampleStudents } from './sample-students.js';
import { SharedStudentsService } from './shared-students.service.js';
import { StudentAccountsService } from './student-accounts.service.js';
import { StudentErasureService } from './student-erasure.service.js';
import { StudentImportService } from './student-import.service.js';
import { StudentInvitationsService } from './student-invitations.service.js';
import { StudentRecords } from './student-records.service.js';
import { StudentsController } from './students.controller.js';
import { StudentsService } from './students.service.js';

@Module({
  imports: [IdentityModule],
  controllers: [ConsentsController, StudentsController],
  providers: [
    ConsentAsking,
    ConsentDecisions,
    ConsentEndings,
    ConsentsService,
    SharedStudentsService,
    StudentsService,
    StudentImportService,
    StudentInvitationsService,
    StudentAccountsService,
    StudentErasureService,
    RetentionJobs,
    StudentRecords,
    SampleStudents,
  ],
  exports: [SampleStudents],
})
export class StudentsModule {}
