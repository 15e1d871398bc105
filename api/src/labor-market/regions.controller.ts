import { Controller } from '@nestjs/common';
import { type RegionListed, type RegionPage, regionsApi } from '@throughway/contracts/regions';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { Handles, type Input } from '../platform/http/handles.js';
import { RegionsService } from './regions.service.js';

@Controller()
export class RegionsController {
  constructor(
    private readonly transactions: Transactions,
    private readonly regions: RegionsService,
    private readonly clock: Clock,
  ) {}

  @Handles(regionsApi.list, 'public.read')
  list(): Promise<{ regions: RegionListed[] }> {
    return this.transactions.read((em) => this.regions.list(em, this.clock.todayAsDay()));
  }

  @Handles(regionsApi.get, 'public.read')
  get({ params, query }: Input<typeof regionsApi.get>): Promise<RegionPage> {
    return this.transactions.read((em) => this.regions.get(em, params.areaId, query, this.clock.todayAsDay()));
  }
}
