import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';

/** How many of a pool's connections are in use, and how many ask for one. */
export function poolUse(source: DataSource): { used: number; waiting: number } {
  const { totalCount, idleCount, waitingCount } = (source.driver as unknown as { master: Pool }).master;
  return { used: totalCount - idleCount, waiting: waitingCount };
}
