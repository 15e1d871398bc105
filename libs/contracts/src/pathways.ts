import * as z from 'zod';
import { endpoint } from './endpoint.js';
import * as w from './words.js';

export const PathwaySkillLine = z.object({
  skillId: z.string(),
  name: z.string(),
  required: w.LevelOrUntaught,
  taught: w.LevelOrUntaught,
  necessity: z.enum(['day-one', 'trainable', 'preferred']),
  vote: z.enum(['essential', 'important', 'useful']).nullable(),
});

export const PathwayMatch = z.object({
  requirementId: z.string(),
  employerId: z.string(),
  employerName: z.string(),
  title: z.string(),
  soc: z.string(),
  countyFips: z.string(),
  countyName: z.string(),
  headcountPerYear: w.Count,
  wageFloorHourlyCents: w.Cents.nullable(),
  recordedOn: w.LocalDate,
  reviewBy: w.LocalDate,
  /** In reach and among the pathway's target occupations; the others are shown as neighbors. */
  mine: z.boolean(),
  coverage: w.Share.nullable(),
  ready: z.boolean(),
  skills: z.array(PathwaySkillLine),
  missingCredentials: z.array(z.object({ credentialId: z.string(), name: z.string() })),
  /** Graduates of this cohort seated at this requirement, with and without a commitment. */
  seated: w.Count,
});
export type PathwayMatch = z.infer<typeof PathwayMatch>;

export const PathwayPage = z.object({
  network: w.NetworkRef,
  run: w.RunRef,
  pathway: z.object({
    pathwayId: z.string(),
    name: z.string(),
    cip: z.string().nullable(),
    cipTitle: z.string().nullable(),
    occupations: z.array(z.object({ soc: z.string(), title: z.string().nullable() })),
  }),
  institution: z.object({
    institutionId: z.string(),
    name: z.string(),
    countyFips: z.string(),
    countyName: z.string().nullable(),
    reach: z.array(z.object({ fips: z.string(), name: z.string().nullable() })),
  }),
  /** Every cohort of the pathway, soonest first; `cohort` is the one shown. */
  cohorts: z.array(z.object({ cohortId: z.string(), completesOn: w.LocalDate, expectedCompleters: w.Count })),
  cohort: z.object({
    cohortId: z.string(),
    versionId: z.string(),
    adoptedOn: w.LocalDate,
    completesOn: w.LocalDate,
    expectedCompleters: w.Count,
    seated: w.Count.nullable(),
    seatShare: w.Share.nullable(),
    orphanHours: z.number().min(0),
    orphanShare: w.Share.nullable(),
    flags: z.array(z.object({ code: w.CohortFlagCode, since: w.LocalDate, because: z.array(w.Receipt) })),
    nextSteps: z.array(
      z.object({
        requirementId: z.string(),
        requirementTitle: z.string(),
        employerName: z.string(),
        skillId: z.string(),
        skillName: z.string(),
        toLevel: w.LevelOrUntaught,
        coverageAfter: w.Share,
      }),
    ),
  }),
  /** Three tiers, never added up (DOMAIN 4.1). */
  demand: z.object({
    promised: z.array(
      z.object({
        commitmentId: z.string(),
        employerName: z.string(),
        title: z.string(),
        kind: z.string(),
        jobSeats: z.boolean(),
        seats: w.Count,
        opensOn: w.LocalDate,
        closesOn: w.LocalDate,
        answerWithinDays: w.Count,
        wageFloorHourlyCents: w.Cents.nullable(),
      }),
    ),
    postedHeadcount: w.Count,
    projected: z.array(
      z.object({
        areaId: z.string(),
        areaName: z.string().nullable(),
        soc: z.string(),
        annualOpenings: z.number().min(0),
        medianWageHourlyCents: w.Cents.nullable(),
        ...w.ProjectionSource.shape,
      }),
    ),
  }),
  matches: z.array(PathwayMatch),
  units: z.array(
    z.object({
      unitId: z.string(),
      name: z.string(),
      hours: z.number().min(0),
      orphan: z.boolean(),
      skills: z.array(z.object({ skillId: z.string(), name: z.string(), level: w.LevelOrUntaught })),
    }),
  ),
  credentials: z.array(z.object({ credentialId: z.string(), name: z.string(), asked: z.boolean() })),
  educators: z.array(
    z.object({
      educatorId: z.string(),
      name: z.string(),
      skills: z.array(
        z.object({
          skillId: z.string(),
          name: z.string(),
          lastIndustryContactOn: w.LocalDate,
          current: z.boolean(),
        }),
      ),
    }),
  ),
});
export type PathwayPage = z.infer<typeof PathwayPage>;

export const pathwaysApi = {
  get: endpoint({
    method: 'GET',
    path: '/api/pathways/:pathwayId',
    summary: 'Where one pathway leads: requirements against taught levels, seats, flags with their evidence',
    params: z.object({ pathwayId: w.OpaqueId }),
    query: z.object({ network: w.NetworkSlug.optional(), cohort: w.OpaqueId.optional() }),
    response: PathwayPage,
  }),
};
