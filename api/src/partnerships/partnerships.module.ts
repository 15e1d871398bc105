import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { LaborMarketModule } from '../labor-market/labor-market.module.js';
import { ProgramsModule } from '../programs/programs.module.js';
import { DuplicateEmployers } from './duplicate-employers.service.js';
import { EmployerDuplicatesController } from './employer-duplicates.controller.js';
import { ImportedEmployers } from './imported-employers.service.js';
import { PartnershipsService } from './partnerships.service.js';
import { SupervisorTasksController } from './supervisor-tasks.controller.js';
import { SupervisorTasks } from './supervisor-tasks.service.js';

@Module({
  imports: [IdentityModule, LaborMarketModule, ProgramsModule],
  controllers: [EmployerDuplicatesController, SupervisorTasksController],
  providers: [DuplicateEmployers, ImportedEmployers, PartnershipsService, SupervisorTasks],
  exports: [ImportedEmployers, PartnershipsService],
})
export class PartnershipsModule {}
