import { Controller } from '@nestjs/common';
import { type NetworkList, networksApi } from '@throughway/contracts/networks';
import { Transactions } from '../platform/database/transactions.js';
import { Handles } from '../platform/http/handles.js';
import { ProgramsService } from './programs.service.js';

@Controller()
export class ProgramsController {
  constructor(
    private readonly transactions: Transactions,
    private readonly programs: ProgramsService,
  ) {}

  @Handles(networksApi.list, 'network.read')
  list(): Promise<NetworkList> {
    return this.transactions.read((em) => this.programs.listNetworks(em));
  }
}
