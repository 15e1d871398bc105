import { Controller } from '@nestjs/common';
import { type NetworkList, networksApi } from '@throughway/contracts/networks';
import { Transactions } from '../platform/database/transactions.js';
import { Handles, type Input } from '../platform/http/handles.js';
import { ProgramsService } from './programs.service.js';

@Controller()
export class ProgramsController {
  constructor(
    private readonly transactions: Transactions,
    private readonly programs: ProgramsService,
  ) {}

  @Handles(networksApi.list, 'network.read')
  list({ asker }: Input<typeof networksApi.list>): Promise<NetworkList> {
    return this.transactions.readInTenant(asker, (em) => this.programs.listNetworks(em, asker));
  }
}
