import { ENTRY_EDUCATION, type RegionQuery } from '@throughway/contracts/regions';

export type EducationLevel = (typeof ENTRY_EDUCATION)[number];

/** What an occupation has to pass to be shown, so that openings alone do not put shrinking low-wage work on top. */
export interface RegionGates {
  growingOnly: boolean;
  /** Entry educations that are above the highest one asked for; empty = no gate. An unknown education passes. */
  educationAbove: readonly EducationLevel[];
  /** 0 = no gate. An unknown wage does not pass; one above the publisher's top code does. */
  minWageHourlyCents: number;
  q: string | null;
}

/** The gates that a query means in an area; without a chosen wage the area's median over all occupations is the lowest. */
export function regionGates(query: RegionQuery, areaMedianHourlyCents: number | null): RegionGates {
  return {
    growingOnly: query.growing === 'yes',
    educationAbove:
      query.maxEducation === undefined ? [] : ENTRY_EDUCATION.slice(ENTRY_EDUCATION.indexOf(query.maxEducation) + 1),
    minWageHourlyCents: query.minWageHourlyCents ?? areaMedianHourlyCents ?? 0,
    q: query.q === undefined || query.q.trim() === '' ? null : query.q.trim(),
  };
}
