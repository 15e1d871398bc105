import type { Day, LocalDate } from '@throughway/vocabulary/local-date';
import type { Level } from '@throughway/vocabulary/network';

/** A network as every room names it: `networkId` in SQL, `slug` on the wire. */
export interface NetworkRecord {
  networkId: number;
  slug: string;
  name: string;
  sample: boolean;
}

export interface PathwayCohort {
  cohortId: string;
  versionId: string;
  adoptedOn: LocalDate;
  completesOn: LocalDate;
  expectedCompleters: number;
}

export interface UnitDetail {
  unitId: string;
  name: string;
  hours: number;
  skills: { skillId: string; name: string; level: Level }[];
}

export interface EducatorDetail {
  educatorId: string;
  name: string;
  skills: { skillId: string; name: string; lastIndustryContactOn: Day }[];
}
