import { Module } from '@nestjs/common';
import { AlignmentModule } from '../alignment/alignment.module.js';
import { PartnershipsModule } from '../partnerships/partnerships.module.js';
import { ProgramsModule } from '../programs/programs.module.js';
import { NetworkIntake } from './network-intake.service.js';

@Module({
  imports: [ProgramsModule, PartnershipsModule, AlignmentModule],
  providers: [NetworkIntake],
  exports: [NetworkIntake],
})
export class IntakeModule {}
