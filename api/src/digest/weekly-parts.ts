import { weeklyDuplicates } from '../identity/weekly-duplicates.js';
import { weeklyInvitations } from '../identity/weekly-invitations.js';
import type { Config } from '../platform/config/config.js';
import { weeklyFailedJobs } from '../platform/jobs/weekly-failed-jobs.js';
import type { WeeklyPart } from '../platform/mail/weekly-section.js';
import { weeklyConsents } from '../students/weekly-consents.js';
import { weeklyQuestions } from '../students/weekly-questions.js';
import { weeklyRetention } from '../students/weekly-retention.js';

/** What rooms tell in the weekly digest, in the order in which it is read. A room that has more to tell adds its part here. */
export function weeklyParts({
  STUDENT_RETENTION_YEARS,
}: Pick<Config, 'STUDENT_RETENTION_YEARS'>): readonly WeeklyPart[] {
  return [
    weeklyQuestions,
    weeklyConsents,
    weeklyInvitations,
    (em, reader) => weeklyRetention(em, reader, STUDENT_RETENTION_YEARS),
    weeklyDuplicates,
    weeklyFailedJobs,
  ];
}
