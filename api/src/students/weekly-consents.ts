import type { EntityManager } from 'typeorm';
import { maySomewhere } from '../platform/auth/sight.js';
import { inSchools, sayCount, type WeeklyReader, type WeeklySection } from '../platform/mail/weekly-section.js';
import { stateOn } from './consent-sight.js';
import { type ConsentFigures, consentFigures } from './consents.repository.js';
import { studentSight } from './students.repository.js';

const DAY_MS = 86_400_000;

/** Questions to families that have no answer yet, and what was answered and taken back, for who may ask them. */
export async function weeklyConsents(
  em: EntityManager,
  { actor, language, now, today, since }: WeeklyReader,
): Promise<WeeklySection | null> {
  const keeper = inSchools(actor);
  if (!maySomewhere(keeper, 'consent.ask')) return null;
  const sight = studentSight(keeper, 'consent.ask', today);
  const values = [...sight.values];
  const { state } = stateOn(today, (given, type) => `$${values.push(given)}::${type}`);
  const figures = await consentFigures(em, { sql: sight.sql, values }, state, since);
  const { waiting, oldestAt, ...answers } = figures;
  if (waiting + answers.given + answers.declined + answers.withdrawn === 0) return null;
  const days = oldestAt ? Math.floor((now.getTime() - oldestAt.getTime()) / DAY_MS) : 0;
  return language === 'es' ? inSpanish(waiting, days, answers) : inEnglish(waiting, days, answers);
}

type Answers = Omit<ConsentFigures, 'waiting' | 'oldestAt'>;

function inEnglish(waiting: number, days: number, { given, declined, withdrawn }: Answers): WeeklySection {
  const asked = sayCount(waiting, 'en', 'One question has no answer yet', '# questions have no answer yet');
  const since = `${waiting === 1 ? ', for ' : ', the oldest for '}${sayCount(days, 'en', 'a day', '# days')}`;
  return {
    title: 'Questions to families',
    waiting: waiting === 0 ? [] : [`${asked}${days === 0 ? '' : since}.`],
    changed: counted('en', 'Answers in the last seven days', {
      yes: given,
      'not now': declined,
      'taken back': withdrawn,
    }),
    page: { path: '/students', label: 'See the students' },
  };
}

function inSpanish(waiting: number, days: number, { given, declined, withdrawn }: Answers): WeeklySection {
  const asked = sayCount(waiting, 'es', 'Una pregunta no tiene respuesta aún', '# preguntas no tienen respuesta aún');
  const since = `${waiting === 1 ? ', desde hace ' : ', la más antigua desde hace '}${sayCount(days, 'es', 'un día', '# días')}`;
  return {
    title: 'Preguntas a las familias',
    waiting: waiting === 0 ? [] : [`${asked}${days === 0 ? '' : since}.`],
    changed: counted('es', 'Respuestas en los últimos siete días', {
      sí: given,
      'por ahora no': declined,
      retiradas: withdrawn,
    }),
    page: { path: '/students', label: 'Ver los estudiantes' },
  };
}

/** One line of those counts that are not zero; none when all are. */
function counted(language: 'en' | 'es', title: string, counts: Record<string, number>): string[] {
  const said = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([word, count]) => `${word} ${sayCount(count, language, '1', '#')}`);
  return said.length === 0 ? [] : [`${title}: ${said.join(', ')}.`];
}
