import { type DynamicModule, Global, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Transactions, WorkTransactions } from './transactions.js';

/** Open pools, one per role that the server runs as. */
export interface Pools {
  /** As `throughway_app`. */
  app: DataSource;
  /** As `throughway_worker`. */
  worker: DataSource;
}

const POOLS = Symbol('pools');

@Injectable()
class ClosePools implements OnApplicationShutdown {
  constructor(@Inject(POOLS) private readonly pools: Pools) {}

  async onApplicationShutdown(): Promise<void> {
    for (const source of Object.values(this.pools) as DataSource[]) if (source.isInitialized) await source.destroy();
  }
}

@Global()
@Module({})
export class DatabaseModule {
  /** The pools are closed when the application closes. */
  static using(pools: Pools): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        { provide: POOLS, useValue: pools },
        { provide: DataSource, useValue: pools.app },
        { provide: WorkTransactions, useValue: new WorkTransactions(pools.worker) },
        Transactions,
        ClosePools,
      ],
      exports: [Transactions, WorkTransactions, DataSource],
    };
  }
}
