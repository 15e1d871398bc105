import { Injectable } from '@nestjs/common';
import pg from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import type { Asker } from '../auth/sight.js';
import { reachOf, reachStatement } from './reach.js';

type Work<T> = (em: EntityManager) => Promise<T>;

const WRITING = 'BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE';
const READING = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/**
 * The only way for a room to reach the database: work inside one transaction, whose manager repositories take first. Without a
 * tenant a transaction sees the directory (organizations, people, ways to sign in) and public data, and no row of any tenant.
 */
@Injectable()
export class Transactions {
  constructor(private readonly source: DataSource) {}

  /** Runs `work` in one READ COMMITTED transaction without a tenant; commits what it returns, rolls back what it throws. */
  run<T>(work: Work<T>): Promise<T> {
    return transact(this.source, WRITING, work);
  }

  /** Runs `work` without a tenant against one unchanging snapshot; writing in it is refused by the database. */
  read<T>(work: Work<T>): Promise<T> {
    return transact(this.source, READING, work);
  }

  /** As {@link run}, seeing the rows that whoever asks may reach. */
  inTenant<T>(asker: Asker, work: Work<T>): Promise<T> {
    return transact(this.source, `${WRITING}; ${reachStatement(reachOf(asker))}`, work);
  }

  /** As {@link read}, seeing the rows that whoever asks may reach. */
  readInTenant<T>(asker: Asker, work: Work<T>): Promise<T> {
    return transact(this.source, `${READING}; ${reachStatement(reachOf(asker))}`, work);
  }
}

/**
 * As {@link Transactions}, for jobs: as `throughway_worker`, which may write what only jobs write. A job carries ids only; it sees
 * the network that it names, or every one where it has to find what there is to do.
 */
export class WorkTransactions {
  constructor(private readonly source: DataSource) {}

  /** One READ COMMITTED transaction without a tenant. */
  run<T>(work: Work<T>): Promise<T> {
    return transact(this.source, WRITING, work);
  }

  /** The same, seeing one network. */
  inNetwork<T>(networkId: number, work: Work<T>): Promise<T> {
    const one = `SELECT set_config('throughway.networks', '{${Math.trunc(networkId)}}', true)`;
    return transact(this.source, `${WRITING}; ${one}`, work);
  }

  /** The same, seeing the students of one school. */
  inSchool<T>(organizationId: string, work: Work<T>): Promise<T> {
    const one = `SELECT set_config('throughway.students', ${pg.escapeLiteral(`{${organizationId}}`)}, true)`;
    return transact(this.source, `${WRITING}; ${one}`, work);
  }

  /** The same, seeing every network. */
  inEveryNetwork<T>(work: Work<T>): Promise<T> {
    const every = `SELECT set_config('throughway.networks', networks_of('{}', '{}', true, true)::text, true)`;
    return transact(this.source, `${WRITING}; ${every}`, work);
  }
}

/** Begins with one round trip, whatever is to be set: a page is often one short query, and waits for each trip (test/bench). */
async function transact<T>(source: DataSource, begin: string, work: Work<T>): Promise<T> {
  const runner = source.createQueryRunner();
  try {
    await runner.connect();
    await runner.query(begin);
    const result = await work(runner.manager);
    await runner.query('COMMIT');
    return result;
  } catch (error) {
    await runner.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}
