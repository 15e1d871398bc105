import type { EntityManager } from 'typeorm';
import { maySomewhere } from '../platform/auth/sight.js';
import { sayCount, type WeeklyReader, type WeeklySection } from '../platform/mail/weekly-section.js';
import { stateOn } from './consent-sight.js';
import { consentFigures } from './consents.repository.js';
import { studentSight } from './students.repository.js';

/** That a school's question waits for a student or a guardian, whom nobody presses; not about whom, and not for which employer. */
export async function weeklyQuestions(
  em: EntityManager,
  { actor, language, today, since }: WeeklyReader,
): Promise<WeeklySection | null> {
  if (!maySomewhere(actor, 'consent.answer')) return null;
  const sight = studentSight(actor, 'consent.answer', today);
  const values = [...sight.values];
  const { state } = stateOn(today, (given, type) => `$${values.push(given)}::${type}`);
  const { waiting } = await consentFigures(em, { sql: sight.sql, values }, state, since);
  if (waiting === 0) return null;
  return language === 'es'
    ? {
        title: 'Usted decide',
        waiting: [
          sayCount(
            waiting,
            language,
            'La escuela le preguntó si puede mostrar algunos datos a una empresa. Hasta que usted diga que sí, nadie los ve.',
            'La escuela le preguntó # veces si puede mostrar algunos datos a una empresa. Hasta que usted diga que sí, nadie los ve.',
          ),
        ],
        changed: [],
        page: { path: '/consent', label: 'Leer y decidir' },
      }
    : {
        title: 'You decide',
        waiting: [
          sayCount(
            waiting,
            language,
            'The school asked you whether it may show an employer some details. Until you say yes, nobody sees them.',
            'The school asked you # times whether it may show an employer some details. Until you say yes, nobody sees them.',
          ),
        ],
        changed: [],
        page: { path: '/consent', label: 'Read and decide' },
      };
}
