import { AlignmentService } from '../alignment/alignment.service.js';
import { NetworkAreas } from '../alignment/network-areas.js';
import { EmployerIdentitiesService } from '../identity/employer-identities.service.js';
import { LaborMarketService } from '../labor-market/labor-market.service.js';
import { ImportedEmployers } from '../partnerships/imported-employers.service.js';
import { PartnershipsService } from '../partnerships/partnerships.service.js';
import { Clock } from '../platform/clock/clock.js';
import type { Config } from '../platform/config/config.js';
import { ProgramsService } from '../programs/programs.service.js';

/** The services behind an alignment, put together without the server. */
export function composeAlignment(config: Config): {
  programs: ProgramsService;
  partnerships: PartnershipsService;
  alignment: AlignmentService;
} {
  const programs = new ProgramsService();
  const partnerships = new PartnershipsService(new ImportedEmployers(new EmployerIdentitiesService()));
  const areas = new NetworkAreas(new LaborMarketService());
  return { programs, partnerships, alignment: new AlignmentService(programs, partnerships, areas, new Clock(config)) };
}
