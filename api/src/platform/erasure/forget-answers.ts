import type { EntityManager } from 'typeorm';

/**
 * Forgets the kept answers of commands that hold one of these values (ids, addresses, names), to whomever they were given. A value is
 * found where it stands as a whole text of the JSON, whatever its case.
 */
export async function forgetAnswers(em: EntityManager, values: readonly (string | null)[]): Promise<void> {
  const traces = values.filter((value) => value !== null).map((value) => JSON.stringify(value));
  await em.query('SELECT forget_answers($1::text[])', [traces]);
}
