import type { PathwayMatch, PathwayPage } from '@throughway/contracts/pathways';
import { A_RUN, SAMPLE_NETWORK } from './a-board';

/** A requirement of a sample shop: one gap, one missing credential, four graduates seated. */
export function aMatch(facts: Partial<PathwayMatch> = {}): PathwayMatch {
  return {
    requirementId: 'rq-welder',
    employerId: 'em-1',
    employerName: 'Sample Fabrication',
    title: 'Welder, structural',
    soc: '51-4121',
    countyFips: '21193',
    countyName: 'Perry County',
    headcountPerYear: 6,
    wageFloorHourlyCents: 2_150,
    recordedOn: '2025-09-01',
    reviewBy: '2026-12-31',
    mine: true,
    coverage: 0.875,
    ready: false,
    skills: [
      { skillId: 'sk-1', name: 'Read blueprints', required: 3, taught: 2, necessity: 'day-one', vote: 'essential' },
      { skillId: 'sk-2', name: 'MIG welding', required: 3, taught: 3, necessity: 'day-one', vote: 'important' },
      { skillId: 'sk-3', name: 'Weld inspection', required: 2, taught: 0, necessity: 'trainable', vote: null },
    ],
    missingCredentials: [{ credentialId: 'cr-1', name: 'AWS D1.1 Certified Welder' }],
    seated: 4,
    ...facts,
  };
}

export function aPathwayPage(facts: Partial<PathwayPage> = {}): PathwayPage {
  return {
    network: SAMPLE_NETWORK,
    run: A_RUN,
    pathway: {
      pathwayId: 'pw-welding',
      name: 'Sample Welding',
      cip: '48.0508',
      cipTitle: 'Welding Technology/Welder',
      occupations: [
        { soc: '51-4121', title: 'Welders, Cutters, Solderers, and Brazers' },
        { soc: '47-2211', title: null },
      ],
    },
    institution: {
      institutionId: 'in-1',
      name: 'Sample Mountain College',
      countyFips: '21193',
      countyName: 'Perry County',
      reach: [
        { fips: '21193', name: 'Perry County' },
        { fips: '21119', name: 'Knott County' },
        { fips: '21133', name: null },
      ],
    },
    cohorts: [
      { cohortId: 'coh-welding-2027', completesOn: '2027-05-14', expectedCompleters: 24 },
      { cohortId: 'coh-welding-2028', completesOn: '2028-05-12', expectedCompleters: 20 },
    ],
    cohort: {
      cohortId: 'coh-welding-2027',
      versionId: 'v-2',
      adoptedOn: '2024-08-01',
      completesOn: '2027-05-14',
      expectedCompleters: 24,
      seated: 10,
      seatShare: 10 / 24,
      orphanHours: 60,
      orphanShare: 0.1,
      flags: [
        {
          code: 'skills-gap',
          since: '2025-09-01',
          because: [{ id: 'rq-welder', kind: 'requirement', label: 'Welder, structural · Sample Fabrication' }],
        },
        { code: 'empty-highway', since: '2026-06-30', because: [] },
      ],
      nextSteps: [
        {
          requirementId: 'rq-welder',
          requirementTitle: 'Welder, structural',
          employerName: 'Sample Fabrication',
          skillId: 'sk-1',
          skillName: 'Read blueprints',
          toLevel: 3,
          coverageAfter: 1,
        },
      ],
    },
    demand: {
      promised: [
        {
          commitmentId: 'cm-1',
          employerName: 'Sample Fabrication',
          title: 'Welder, structural',
          kind: 'direct-hire',
          jobSeats: true,
          seats: 4,
          opensOn: '2026-01-01',
          closesOn: '2027-12-31',
          answerWithinDays: 10,
          wageFloorHourlyCents: 2_200,
        },
        {
          commitmentId: 'cm-2',
          employerName: 'Sample Rail Yard',
          title: 'Car repairer',
          kind: 'guaranteed-interview',
          jobSeats: false,
          seats: 10,
          opensOn: '2026-03-01',
          closesOn: '2027-02-28',
          answerWithinDays: 5,
          wageFloorHourlyCents: null,
        },
      ],
      postedHeadcount: 12,
      projected: [
        {
          areaId: 'ekcep',
          areaName: 'EKCEP',
          soc: '51-4121',
          annualOpenings: 31,
          medianWageHourlyCents: 2_233,
          source: 'KYSTATS Occupational Outlook',
          vintage: '2022–2032',
          overdue: true,
        },
        {
          areaId: 'ekcep',
          areaName: null,
          soc: '47-2211',
          annualOpenings: 4,
          medianWageHourlyCents: null,
          source: 'KYSTATS Occupational Outlook',
          vintage: '2022–2032',
          overdue: true,
        },
      ],
    },
    matches: [
      aMatch(),
      aMatch({
        requirementId: 'rq-fitter',
        employerName: 'Sample Rail Yard',
        title: 'Pipe fitter helper',
        coverage: 1,
        ready: true,
        missingCredentials: [],
        seated: 6,
        wageFloorHourlyCents: null,
        skills: [
          { skillId: 'sk-2', name: 'MIG welding', required: 2, taught: 3, necessity: 'day-one', vote: 'essential' },
        ],
      }),
      aMatch({
        requirementId: 'rq-yard',
        employerName: 'Sample Mill',
        title: 'Yard hand',
        mine: false,
        coverage: null,
        ready: true,
        skills: [],
        missingCredentials: [],
        seated: 0,
      }),
    ],
    units: [
      {
        unitId: 'un-1',
        name: 'Welding I',
        hours: 240,
        orphan: false,
        skills: [{ skillId: 'sk-2', name: 'MIG welding', level: 3 }],
      },
      {
        unitId: 'un-2',
        name: 'Forge craft',
        hours: 60,
        orphan: true,
        skills: [{ skillId: 'sk-9', name: 'Ornamental iron', level: 2 }],
      },
    ],
    credentials: [{ credentialId: 'cr-2', name: 'OSHA 10', asked: false }],
    educators: [
      {
        educatorId: 'ed-1',
        name: 'Sample Educator 1',
        skills: [
          { skillId: 'sk-2', name: 'MIG welding', lastIndustryContactOn: '2025-06-01', current: true },
          { skillId: 'sk-1', name: 'Read blueprints', lastIndustryContactOn: '2021-02-01', current: false },
        ],
      },
    ],
    ...facts,
  };
}
