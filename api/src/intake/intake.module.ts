import { Module } from '@nestjs/common';
import { AlignmentModule } from '../alignment/alignment.module.js';
import { PartnershipsModule } from '../partnerships/partnerships.module.js';
import { ProgramsModule } from '../programs/programs.module.js';
import { FirstData } from './first-data.service.js';
import { NetworkIntake } from './network-intake.service.js';

@Module({
  imports: [ProgramsModule, PartnershipsModule, AlignmentModule],
  providers: [NetworkIntake, FirstData],
  exports: [NetworkIntake, FirstData],
})
export class IntakeModule {}
