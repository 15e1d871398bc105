import { Module } from '@nestjs/common';
import { LaborMarketService } from './labor-market.service.js';
import { RegionsController } from './regions.controller.js';
import { RegionsService } from './regions.service.js';

@Module({
  controllers: [RegionsController],
  providers: [LaborMarketService, RegionsService],
  exports: [LaborMarketService],
})
export class LaborMarketModule {}
