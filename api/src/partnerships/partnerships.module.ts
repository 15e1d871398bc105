import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { DuplicateEmployers } from './duplicate-employers.service.js';
import { EmployerDuplicatesController } from './employer-duplicates.controller.js';
import { ImportedEmployers } from './imported-employers.service.js';
import { PartnershipsService } from './partnerships.service.js';

@Module({
  imports: [IdentityModule],
  controllers: [EmployerDuplicatesController],
  providers: [DuplicateEmployers, ImportedEmployers, PartnershipsService],
  exports: [ImportedEmployers, PartnershipsService],
})
export class PartnershipsModule {}
