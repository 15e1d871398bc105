import type { EntryEducation } from '@throughway/contracts/regions';

/** BLS's typical-entry vocabulary (Employment Projections, "Education and training assignments"), which KYSTATS uses too. */
export const ENTRY_EDUCATIONS: ReadonlyMap<string, EntryEducation> = new Map([
  ['No formal educational credential', 'none'],
  ['High school diploma or equivalent', 'high-school'],
  ['Some college, no degree', 'some-college'],
  ['Postsecondary nondegree award', 'postsecondary-certificate'],
  ["Associate's degree", 'associate'],
  ['Associate degree', 'associate'],
  ["Bachelor's degree", 'bachelor'],
  ["Master's degree", 'master'],
  ['Doctoral or professional degree', 'doctoral'],
]);

export const WORK_EXPERIENCES: ReadonlyMap<string, string> = new Map([
  ['None', 'none'],
  ['Less than 5 years', 'under-5-years'],
  ['5 years or more', '5-years-or-more'],
]);

export const ON_THE_JOB_TRAININGS: ReadonlyMap<string, string> = new Map([
  ['None', 'none'],
  ['Short-term on-the-job training', 'short-term'],
  ['Moderate-term on-the-job training', 'moderate-term'],
  ['Long-term on-the-job training', 'long-term'],
  ['Apprenticeship', 'apprenticeship'],
  ['Internship/residency', 'internship-residency'],
]);
