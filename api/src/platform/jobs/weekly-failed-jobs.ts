import type { EntityManager } from 'typeorm';
import { sayCount, type WeeklyReader, type WeeklySection } from '../mail/weekly-section.js';
import { countFailedJobs } from './job-list.repository.js';
import { jobSight } from './job-sight.js';

/** Jobs that failed for good, for who may have them tried again. */
export async function weeklyFailedJobs(
  em: EntityManager,
  { actor, language }: WeeklyReader,
): Promise<WeeklySection | null> {
  const failed = await countFailedJobs(em, jobSight({ actor }, 'job.retry'));
  if (failed === 0) return null;
  return language === 'es'
    ? {
        title: 'Trabajos del servidor',
        waiting: [
          sayCount(
            failed,
            language,
            'Un trabajo falló. Puede hacer que se intente otra vez.',
            '# trabajos fallaron. Puede hacer que se intenten otra vez.',
          ),
        ],
        changed: [],
        page: { path: '/jobs', label: 'Ver los trabajos' },
      }
    : {
        title: 'Work of the server',
        waiting: [
          sayCount(
            failed,
            language,
            'One job failed. You can have it tried again.',
            '# jobs failed. You can have them tried again.',
          ),
        ],
        changed: [],
        page: { path: '/jobs', label: 'See the jobs' },
      };
}
