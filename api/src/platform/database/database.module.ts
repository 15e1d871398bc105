import { type DynamicModule, Global, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Transactions } from './transactions.js';

@Injectable()
class CloseDataSource implements OnApplicationShutdown {
  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }
}

@Global()
@Module({})
export class DatabaseModule {
  /** `source` is open and migrated; it is closed when the application closes. */
  static using(source: DataSource): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [{ provide: DataSource, useValue: source }, Transactions, CloseDataSource],
      exports: [Transactions, DataSource],
    };
  }
}
