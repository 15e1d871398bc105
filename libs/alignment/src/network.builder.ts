import { parseDay } from '@throughway/vocabulary/local-date';
import {
  type Activation,
  type Cohort,
  type Commitment,
  type Educator,
  type Institution,
  type Network,
  type Pathway,
  type PathwayVersion,
  type Projection,
  type Requirement,
  type RequirementCredential,
  type RequirementSkill,
  type Unit,
} from '@throughway/vocabulary/network';

/** A day as text in tests. */
export function day(text: string): number {
  const parsed = parseDay(text);
  if (parsed === null) throw new Error(`not a day: ${text}`);
  return parsed;
}

/** Skills and credentials as `id:level`, or `id:level:necessity:vote`. */
type SkillText = string;

/**
 * A network row by row for specs, on a plain story: one employer and site `site` in county 21193, one institution `college` there, pathway `pathway` aimed at
 * 29-1141, version `version` adopted 2024-01-01. Sites named otherwise are `site COUNTY`.
 */
export class NetworkBuilder {
  readonly network: Network = {
    employers: [{ employerId: 'employer', name: '', naics: null, contactEmail: null, ein: null, website: null }],
    sites: [],
    skills: [],
    credentials: [],
    requirements: [],
    requirementSkills: [],
    requirementCredentials: [],
    institutions: [],
    pathways: [],
    versions: [],
    units: [],
    unitSkills: [],
    versionCredentials: [],
    cohorts: [],
    commitments: [],
    activations: [],
    evidence: [],
    educators: [],
    educatorSkills: [],
    areas: [],
    projections: [],
  };

  static withCollege(): NetworkBuilder {
    return new NetworkBuilder().institution('college').pathway('pathway').version('version');
  }

  institution(institutionId: string, row: Partial<Institution> = {}): this {
    this.network.institutions.push({ institutionId, name: '', countyFips: '21193', reach: null, ...row });
    return this;
  }

  pathway(pathwayId: string, row: Partial<Pathway> = {}): this {
    this.network.pathways.push({
      pathwayId,
      institutionId: 'college',
      name: '',
      cip: null,
      targetSocs: ['29-1141'],
      ...row,
    });
    return this;
  }

  version(versionId: string, row: Partial<PathwayVersion> = {}, credentials: string[] = []): this {
    this.network.versions.push({ versionId, pathwayId: 'pathway', adoptedOn: day('2024-01-01'), ...row });
    for (const credentialId of credentials) {
      this.credential(credentialId);
      this.network.versionCredentials.push({ versionId, credentialId });
    }
    return this;
  }

  unit(unitId: string, skills: SkillText[], row: Partial<Unit> = {}): this {
    this.network.units.push({ unitId, versionId: 'version', name: '', hours: 40, ...row });
    for (const text of skills) {
      const [skillId = '', level = '1'] = text.split(':');
      this.skill(skillId);
      this.network.unitSkills.push({ unitId, skillId, level: Number(level) as RequirementSkill['level'] });
    }
    return this;
  }

  cohort(cohortId: string, row: Partial<Cohort> = {}): this {
    this.network.cohorts.push({
      cohortId,
      versionId: 'version',
      completesOn: day('2026-12-15'),
      expectedCompleters: 10,
      ...row,
    });
    return this;
  }

  requirement(
    requirementId: string,
    skills: SkillText[] = [],
    row: Partial<Requirement> & { county?: string } = {},
    credentials: Record<string, RequirementCredential['necessity']> = {},
  ): this {
    const { county = '21193', ...rest } = row;
    this.network.requirements.push({
      requirementId,
      employerId: 'employer',
      siteId: this.site(county),
      soc: '29-1141',
      title: '',
      headcountPerYear: 5,
      wageFloorHourlyCents: null,
      recordedOn: day('2025-01-01'),
      effectiveOn: day('2025-01-01'),
      reviewBy: day('2027-12-31'),
      ...rest,
    });
    for (const text of skills) {
      const [skillId = '', level = '1', necessity = 'day-one', vote = null] = text.split(':');
      this.skill(skillId);
      this.network.requirementSkills.push({
        requirementId,
        skillId,
        level: Number(level) as RequirementSkill['level'],
        necessity: necessity as RequirementSkill['necessity'],
        vote: vote as RequirementSkill['vote'],
      });
    }
    for (const [credentialId, necessity] of Object.entries(credentials)) {
      this.credential(credentialId);
      this.network.requirementCredentials.push({ requirementId, credentialId, necessity });
    }
    return this;
  }

  commitment(commitmentId: string, requirementId: string, row: Partial<Commitment> = {}): this {
    this.network.commitments.push({
      commitmentId,
      employerId: 'employer',
      siteId: 'site 21193',
      requirementId,
      pathwayId: null,
      kind: 'direct-hire',
      seats: 2,
      wageFloorHourlyCents: null,
      opensOn: day('2026-01-01'),
      closesOn: day('2027-06-30'),
      answerWithinDays: 10,
      ...row,
    });
    return this;
  }

  activation(activationId: string, commitmentId: string, row: Partial<Activation> = {}): this {
    this.network.activations.push({
      activationId,
      commitmentId,
      activatedOn: day('2026-06-01'),
      dueOn: day('2026-06-15'),
      answeredOn: null,
      disposition: null,
      reason: null,
      cohortId: null,
      ...row,
    });
    return this;
  }

  educator(educatorId: string, contacts: Record<string, string>, row: Partial<Educator> = {}): this {
    this.network.educators.push({ educatorId, institutionId: 'college', name: '', ...row });
    for (const [skillId, lastContact] of Object.entries(contacts))
      this.network.educatorSkills.push({ educatorId, skillId, lastIndustryContactOn: day(lastContact) });
    return this;
  }

  area(areaId: string, ...counties: string[]): this {
    for (const countyFips of counties) this.network.areas.push({ areaId, countyFips });
    return this;
  }

  projection(areaId: string, annualOpenings: number, row: Partial<Projection> = {}): this {
    this.network.projections.push({
      areaId,
      soc: '29-1141',
      annualOpenings,
      medianWageHourlyCents: null,
      source: 'Sample',
      vintage: '2022-32',
      ...row,
    });
    return this;
  }

  private site(countyFips: string): string {
    const siteId = `site ${countyFips}`;
    if (!this.network.sites.some((site) => site.siteId === siteId))
      this.network.sites.push({ siteId, employerId: 'employer', name: '', countyFips, timeZone: null });
    return siteId;
  }

  private skill(skillId: string): void {
    if (!this.network.skills.some((skill) => skill.skillId === skillId))
      this.network.skills.push({ skillId, name: '' });
  }

  private credential(credentialId: string): void {
    if (!this.network.credentials.some((credential) => credential.credentialId === credentialId))
      this.network.credentials.push({ credentialId, name: '' });
  }
}
