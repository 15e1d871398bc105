import { Module } from '@nestjs/common';
import { LaborMarketModule } from '../labor-market/labor-market.module.js';
import { PartnershipsModule } from '../partnerships/partnerships.module.js';
import { ProgramsModule } from '../programs/programs.module.js';
import { AlignmentController } from './alignment.controller.js';
import { AlignmentJobs } from './alignment.jobs.js';
import { AlignmentService } from './alignment.service.js';
import { BoardService } from './board.service.js';
import { NetworkAreas } from './network-areas.js';
import { PartnershipPagesService } from './partnership-pages.service.js';
import { PathwayPageService } from './pathway-page.service.js';
import { ReceiptsService } from './receipts.service.js';
import { RunsService } from './runs.service.js';

@Module({
  imports: [LaborMarketModule, ProgramsModule, PartnershipsModule],
  controllers: [AlignmentController],
  providers: [
    AlignmentJobs,
    AlignmentService,
    BoardService,
    NetworkAreas,
    PartnershipPagesService,
    PathwayPageService,
    ReceiptsService,
    RunsService,
  ],
  exports: [AlignmentService],
})
export class AlignmentModule {}
