import type { EntityManager } from 'typeorm';
import { sayCount, type WeeklyReader, type WeeklySection } from '../platform/mail/weekly-section.js';
import { countOpenPairs } from './employer-duplicates.repository.js';
import { samplesDecidedBy } from './employer-duplicates.service.js';

/** Pairs of employers that may be one, for who decides about them. */
export async function weeklyDuplicates(
  em: EntityManager,
  { actor, language }: WeeklyReader,
): Promise<WeeklySection | null> {
  const samples = samplesDecidedBy(actor);
  const open = samples.length === 0 ? 0 : await countOpenPairs(em, samples);
  if (open === 0) return null;
  return language === 'es'
    ? {
        title: 'Empresas que pueden ser la misma',
        waiting: [sayCount(open, language, 'Un par espera su decisión.', '# pares esperan su decisión.')],
        changed: [],
        page: { path: '/duplicates', label: 'Decidir' },
      }
    : {
        title: 'Employers that may be one',
        waiting: [sayCount(open, language, 'One pair waits for your decision.', '# pairs wait for your decision.')],
        changed: [],
        page: { path: '/duplicates', label: 'Decide' },
      };
}
