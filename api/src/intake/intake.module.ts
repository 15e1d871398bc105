import { Module } from '@nestjs/common';
import { AlignmentModule } from '../alignment/alignment.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { PartnershipsModule } from '../partnerships/partnerships.module.js';
import { ProgramsModule } from '../programs/programs.module.js';
import { StudentsModule } from '../students/students.module.js';
import { FirstData } from './first-data.service.js';
import { ImportJobs } from './import.jobs.js';
import { ImportService } from './import.service.js';
import { ImportWork } from './import-work.service.js';
import { ImportsController } from './imports.controller.js';
import { ImportsService } from './imports.service.js';
import { NetworkIntake } from './network-intake.service.js';
import { SampleTenant } from './sample-tenant.service.js';

@Module({
  imports: [IdentityModule, ProgramsModule, PartnershipsModule, StudentsModule, AlignmentModule],
  controllers: [ImportsController],
  providers: [NetworkIntake, FirstData, SampleTenant, ImportService, ImportsService, ImportWork, ImportJobs],
  exports: [NetworkIntake, FirstData, ImportService, ImportJobs],
})
export class IntakeModule {}
