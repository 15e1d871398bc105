import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { EmployerIdentitiesService } from '../identity/employer-identities.service.js';
import { type SampleOrganizations, SamplePeople } from '../identity/sample-people.js';
import { Clock } from '../platform/clock/clock.js';
import { ProgramsService } from '../programs/programs.service.js';
import { SampleStudents } from '../students/sample-students.js';

export const SAMPLE_NETWORK = { slug: 'sample', name: 'Sample network', sample: true };

/** The employer of the sample network that the sample people of employers work for. */
const SAMPLE_EMPLOYER = 'Sample Hollow Regional Hospital';

/** The same one as another school would write it, so that there is a pair of employers to decide about. */
const SAMPLE_ALIKE = {
  organizationId: null,
  name: `${SAMPLE_EMPLOYER}, Inc.`,
  website: null,
  contactEmail: null,
  ein: null,
  sample: true,
  sites: [],
};

/** Whose the sample network is: synthetic organizations, with one sample person per role and a school's students. */
@Injectable()
export class SampleTenant {
  constructor(
    private readonly programs: ProgramsService,
    private readonly people: SamplePeople,
    private readonly students: SampleStudents,
    private readonly employers: EmployerIdentitiesService,
    private readonly clock: Clock,
  ) {}

  /** Makes what is missing, also for a sample network that came before there were people; without a sample network nothing. */
  async prepare(em: EntityManager): Promise<void> {
    const network = await this.programs.findNetwork(em, SAMPLE_NETWORK.slug);
    if (!network?.sample) return;
    const { institutions } = await this.programs.loadPathwayOutlines(em, network.networkId);
    const schools = institutions.map(({ name }) => name).sort();
    const organizations = await this.people.prepare(em, { schools, employer: SAMPLE_EMPLOYER });
    if (network.organizationId === null) {
      const { regionId } = organizations;
      await this.programs.claimNetwork(em, network, { organizationId: regionId, source: network.source });
      await this.employers.identify(em, [SAMPLE_ALIKE]);
    }
    await this.prepareFamily(em, organizations);
  }

  /** The sample student and their guardian, who stand for a record as everyone of that role does. */
  private async prepareFamily(em: EntityManager, { schoolId, districtId }: SampleOrganizations): Promise<void> {
    if (schoolId === districtId) return;
    const subjects = await this.students.prepare(em, schoolId, this.clock.todayAsDay());
    if (!subjects) return;
    const { studentId, guardianId } = subjects;
    await this.people.addPerson(em, { role: 'student', organizationId: schoolId, subjectId: studentId });
    await this.people.addPerson(em, { role: 'guardian', organizationId: schoolId, subjectId: guardianId });
  }
}
