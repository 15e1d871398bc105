import type { EntityManager } from 'typeorm';

/** The rows that a writing statement with RETURNING answers. */
export async function written<Row = unknown>(em: EntityManager, sql: string, values: unknown[]): Promise<Row[]> {
  const answer: [Row[], number] = await em.query(sql, values);
  return answer[0];
}
