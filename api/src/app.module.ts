import { type DynamicModule, Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Config } from './platform/config/config.js';
import { PlatformModule } from './platform/platform.module.js';

/** The rooms in story order (SHAPE.md). */
@Module({})
export class AppModule {
  static using(config: Config, source: DataSource): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.using(config, source)],
    };
  }
}
