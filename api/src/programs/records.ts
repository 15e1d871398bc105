import type { Day, LocalDate } from '@throughway/vocabulary/local-date';
import type { Level } from '@throughway/vocabulary/network';

/** A network as every room names it: `networkId` in SQL, `slug` on the wire. */
export interface NetworkRecord {
  networkId: number;
  slug: string;
  name: string;
  sample: boolean;
  /** The tenant; null while nobody has claimed it. */
  organizationId: string | null;
  /** What of the tenant's the rows come from, as the tenant calls it; ids are unique within tenant and source. */
  source: string;
}

/** A network to be; without a tenant unless one is given, from a folder unless another source is named. */
export type NewNetwork = Pick<NetworkRecord, 'slug' | 'name' | 'sample'> &
  Partial<Pick<NetworkRecord, 'organizationId' | 'source'>>;

/** The scope of ids. */
export interface Tenancy {
  organizationId: string;
  source: string;
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
