import type { EntityManager } from 'typeorm';
import { inSchools, sayCount, type WeeklyReader, type WeeklySection } from '../platform/mail/weekly-section.js';
import { foreseeRetention } from './foresee-retention.js';

/** Records that are soon erased since no import lists them any more, for who may erase them; kept for so many years. */
export async function weeklyRetention(
  em: EntityManager,
  { actor, language, today }: WeeklyReader,
  years: number,
): Promise<WeeklySection | null> {
  const outlook = await foreseeRetention(em, inSchools(actor), today, years);
  if (!outlook || outlook.dueCount === 0) return null;
  const { dueCount, days } = outlook;
  return language === 'es'
    ? {
        title: 'Expedientes por borrar',
        waiting: [
          sayCount(
            dueCount,
            language,
            `Un expediente se borra en los próximos ${days} días, salvo que su archivo lo nombre de nuevo.`,
            `# expedientes se borran en los próximos ${days} días, salvo que su archivo los nombre de nuevo.`,
          ),
        ],
        changed: [],
        page: { path: '/students', label: 'Ver los estudiantes' },
      }
    : {
        title: 'Records about to be erased',
        waiting: [
          sayCount(
            dueCount,
            language,
            `One record is erased within ${days} days, unless your file lists it again.`,
            `# records are erased within ${days} days, unless your file lists them again.`,
          ),
        ],
        changed: [],
        page: { path: '/students', label: 'See the students' },
      };
}
