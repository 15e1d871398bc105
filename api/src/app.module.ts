import { type DynamicModule, Module } from '@nestjs/common';
import { AlignmentModule } from './alignment/alignment.module.js';
import { DigestModule } from './digest/digest.module.js';
import { IdentityModule } from './identity/identity.module.js';
import { IntakeModule } from './intake/intake.module.js';
import { LaborMarketModule } from './labor-market/labor-market.module.js';
import { PartnershipsModule } from './partnerships/partnerships.module.js';
import type { Config } from './platform/config/config.js';
import type { Pools } from './platform/database/database.module.js';
import { PlatformModule } from './platform/platform.module.js';
import { ProgramsModule } from './programs/programs.module.js';
import { StudentsModule } from './students/students.module.js';

/** The rooms in story order (SHAPE.md). */
@Module({})
export class AppModule {
  static using(config: Config, pools: Pools): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.using(config, pools),
        IdentityModule,
        LaborMarketModule,
        ProgramsModule,
        PartnershipsModule,
        StudentsModule,
        AlignmentModule,
        IntakeModule,
        DigestModule,
      ],
    };
  }
}
