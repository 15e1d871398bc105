import type { EntityManager } from 'typeorm';

/** The rows that an UPDATE or DELETE with RETURNING answers; an INSERT answers them as a query does. */
export async function written<Row = unknown>(em: EntityManager, sql: string, values: unknown[]): Promise<Row[]> {
  const answer: [Row[], number] = await em.query(sql, values);
  return answer[0];
}
