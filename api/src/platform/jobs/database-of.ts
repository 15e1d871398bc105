import type { Db } from 'pg-boss';
import type { EntityManager } from 'typeorm';

/** Lets pg-boss work in a transaction of ours. */
export function databaseOf(em: EntityManager): Db {
  return {
    executeSql: async (text: string, values?: unknown[]) => ({
      rows: asRows(await em.query(text, values as unknown[])),
    }),
  };
}

/** TypeORM answers writing statements with [rows, count] and reading ones with rows. */
function asRows(answer: unknown): unknown[] {
  if (!Array.isArray(answer)) return [];
  return answer.length === 2 && Array.isArray(answer[0]) && typeof answer[1] === 'number'
    ? (answer[0] as unknown[])
    : answer;
}
