import { Module } from '@nestjs/common';
import { PartnershipsModule } from '../partnerships/partnerships.module.js';
import { ProgramsModule } from '../programs/programs.module.js';
import { AlignmentController } from './alignment.controller.js';
import { AlignmentService } from './alignment.service.js';
import { BoardService } from './board.service.js';
import { NetworkAreas } from './network-areas.js';
import { RunsService } from './runs.service.js';

@Module({
  imports: [ProgramsModule, PartnershipsModule],
  controllers: [AlignmentController],
  providers: [AlignmentService, BoardService, NetworkAreas, RunsService],
  exports: [AlignmentService],
})
export class AlignmentModule {}
