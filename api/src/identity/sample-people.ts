import { Injectable } from '@nestjs/common';
import type { OrganizationKind, Role } from '@throughway/vocabulary/roles';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock/clock.js';
import { insertMembership } from './memberships.repository.js';
import { insertOrganization } from './organizations.repository.js';
import * as repository from './sample-people.repository.js';

export interface SampleOrganizations {
  stateId: string;
  regionId: string;
  districtId: string;
  /** By the name of the sample institution. */
  schoolIds: ReadonlyMap<string, string>;
  /** Where the sample educator works, and the sample student learns. */
  schoolId: string;
  employerId: string;
}

/** What each sample person is called; the address is the role's, in a domain that exists nowhere (RFC 2606). */
const NAMES: Readonly<Record<Role, string>> = {
  administrator: 'Sample Administrator',
  coordinator: 'Sample Coordinator',
  educator: 'Sample Educator',
  leader: 'Sample Leader',
  'employer-admin': 'Sample Employer Administrator',
  'employer-member': 'Sample Employer Member',
  student: 'Sample Student',
  guardian: 'Sample Guardian',
};

/** Synthetic organizations, and one synthetic person per role, to look at the system with. Only development lets them sign in. */
@Injectable()
export class SamplePeople {
  constructor(private readonly clock: Clock) {}

  /**
   * Makes what is missing: a state, a region, a district and in it the schools of these names (colleges hang below the region), an
   * employer, and a person for each role but student and guardian. Run again it changes nothing.
   */
  async prepare(
    em: EntityManager,
    { schools, employer }: { schools: readonly string[]; employer: string },
  ): Promise<SampleOrganizations> {
    const stateId = await this.ensure(em, 'state', 'Sample State', null);
    const regionId = await this.ensure(em, 'region', 'Sample Region', stateId);
    const districtId = await this.ensure(em, 'district', 'Sample District', regionId);
    const schoolIds = new Map<string, string>();
    for (const name of schools) {
      const [kind, parentId] = isCollege(name) ? (['college', regionId] as const) : (['school', districtId] as const);
      schoolIds.set(name, await this.ensure(em, kind, name, parentId));
    }
    const schoolId = schoolIds.get(schools.find((name) => !isCollege(name)) ?? schools[0] ?? '') ?? districtId;
    const employerId = await this.ensure(em, 'employer', employer, null);
    const places: [Role, string][] = [
      ['leader', stateId],
      ['administrator', regionId],
      ['coordinator', regionId],
      ['educator', schoolId],
      ['employer-admin', employerId],
      ['employer-member', employerId],
    ];
    for (const [role, organizationId] of places) await this.addPerson(em, { role, organizationId });
    return { stateId, regionId, districtId, schoolIds, schoolId, employerId };
  }

  /** The sample person of a role, with that role there. A student or guardian stands for `subjectId`. */
  async addPerson(
    em: EntityManager,
    { role, organizationId, subjectId = null }: { role: Role; organizationId: string; subjectId?: string | null },
  ): Promise<void> {
    const personId = await repository.ensureSamplePerson(em, NAMES[role], sampleAddress(role));
    if (personId === null) return;
    const at = this.clock.now();
    await insertMembership(em, { personId, organizationId, role, subjectId, grantedById: null, at });
  }

  private async ensure(
    em: EntityManager,
    kind: OrganizationKind,
    name: string,
    parentId: string | null,
  ): Promise<string> {
    const found = await repository.findSampleOrganization(em, { kind, name, parentId });
    return found ?? (await insertOrganization(em, { kind, name, parentId, sample: true })).organizationId;
  }
}

function isCollege(name: string): boolean {
  return /\bcollege\b/i.test(name);
}

/** Such as coordinator@sample.example. */
export function sampleAddress(role: Role): string {
  return `${role}@sample.example`;
}
