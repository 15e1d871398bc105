import { type Day, parseDay } from '@throughway/vocabulary/local-date';
import type { Network } from '@throughway/vocabulary/network';

/** The day that `text` names; throws when it is none. */
export function dayOf(text: string): Day {
  const day = parseDay(text);
  if (day === null) throw new Error(`not a day: ${text}`);
  return day;
}

export function emptyNetwork(): Network {
  return {
    employers: [],
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
}

export interface Town {
  /** Leads every id, so that towns can share a network. */
  name: string;
  countyFips: string;
  /** Counties that the school reaches; default its own. */
  reach?: string[];
  headcount?: number;
  completers?: number;
  /** Level to which the school teaches the one day-one skill, which asks for 3. */
  taught?: 1 | 2 | 3 | 4;
}

/**
 * A town with one employer, which asks for three welders a year and promises two seats, and one school, whose 2026
 * cohort of ten welders completes in December. As of 2026-06-30 three of ten are seated when the skill is taught in full.
 */
export function aTown({ name, countyFips, reach, headcount = 3, completers = 10, taught = 3 }: Town): Network {
  const id = (kind: string): string => `${name}-${kind}`;
  return {
    ...emptyNetwork(),
    employers: [
      {
        employerId: id('employer'),
        name: `Sample ${name} Works`,
        naics: null,
        contactEmail: null,
        ein: null,
        website: null,
      },
    ],
    sites: [
      { siteId: id('site'), employerId: id('employer'), name: 'Plant', countyFips, timeZone: 'America/New_York' },
    ],
    skills: [
      { skillId: id('weld'), name: 'Welding' },
      { skillId: id('poetry'), name: 'Poetry' },
    ],
    credentials: [{ credentialId: id('card'), name: 'Welding card' }],
    requirements: [
      {
        requirementId: id('welder'),
        employerId: id('employer'),
        siteId: id('site'),
        soc: '51-4121',
        title: 'Welder',
        headcountPerYear: headcount,
        wageFloorHourlyCents: 2150,
        recordedOn: dayOf('2026-01-10'),
        effectiveOn: dayOf('2026-01-15'),
        reviewBy: dayOf('2027-01-15'),
      },
    ],
    requirementSkills: [
      { requirementId: id('welder'), skillId: id('weld'), level: 3, necessity: 'day-one', vote: 'essential' },
    ],
    requirementCredentials: [{ requirementId: id('welder'), credentialId: id('card'), necessity: 'preferred' }],
    institutions: [
      { institutionId: id('school'), name: `Sample ${name} College`, countyFips, reach: reach ?? [countyFips] },
    ],
    pathways: [
      {
        pathwayId: id('welding'),
        institutionId: id('school'),
        name: 'Sample Welding',
        cip: '48.0508',
        targetSocs: ['51-4121.00'],
      },
    ],
    versions: [{ versionId: id('v1'), pathwayId: id('welding'), adoptedOn: dayOf('2026-02-01') }],
    units: [
      { unitId: id('arc'), versionId: id('v1'), name: 'Arc welding', hours: 120 },
      { unitId: id('verse'), versionId: id('v1'), name: 'Verse', hours: 30.5 },
    ],
    unitSkills: [
      { unitId: id('arc'), skillId: id('weld'), level: taught },
      { unitId: id('verse'), skillId: id('poetry'), level: 1 },
    ],
    versionCredentials: [{ versionId: id('v1'), credentialId: id('card') }],
    cohorts: [
      {
        cohortId: id('2026'),
        versionId: id('v1'),
        completesOn: dayOf('2026-12-18'),
        expectedCompleters: completers,
      },
    ],
    commitments: [
      {
        commitmentId: id('promise'),
        employerId: id('employer'),
        siteId: id('site'),
        requirementId: id('welder'),
        pathwayId: id('welding'),
        kind: 'direct-hire',
        seats: 2,
        wageFloorHourlyCents: 2200,
        opensOn: dayOf('2026-03-01'),
        closesOn: dayOf('2027-03-01'),
        answerWithinDays: 5,
      },
    ],
    activations: [
      {
        activationId: id('call'),
        commitmentId: id('promise'),
        activatedOn: dayOf('2026-05-01'),
        dueOn: dayOf('2026-05-08'),
        answeredOn: dayOf('2026-05-06'),
        disposition: 'declined',
        reason: 'condition-not-met',
        cohortId: null,
      },
    ],
    evidence: [
      {
        evidenceId: id('meeting'),
        employerId: id('employer'),
        pathwayId: id('welding'),
        siteId: null,
        kind: 'meeting',
        occurredOn: dayOf('2026-04-02'),
        recordedOn: dayOf('2026-04-03'),
        confirmedOn: dayOf('2026-04-05'),
        secondPerson: false,
        quantity: 0,
        agreementOn: null,
        evaluatedOn: null,
      },
    ],
    educators: [{ educatorId: id('teacher'), institutionId: id('school'), name: 'Sample Teacher' }],
    educatorSkills: [{ educatorId: id('teacher'), skillId: id('weld'), lastIndustryContactOn: dayOf('2025-09-01') }],
  };
}

/** One network of several; their ids must differ. */
export function together(...networks: Network[]): Network {
  const whole = emptyNetwork();
  for (const network of networks)
    for (const kind of Object.keys(whole) as (keyof Network)[]) (whole[kind] as unknown[]).push(...network[kind]);
  return whole;
}
