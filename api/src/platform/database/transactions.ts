import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Asker } from '../auth/sight.js';
import { setReach } from './reach.js';

type Work<T> = (em: EntityManager) => Promise<T>;

/**
 * The only way for a room to reach the database: work inside one transaction, whose manager repositories take first. Without a
 * tenant a transaction sees the directory (organizations, people, ways to sign in) and public data, and no row of any tenant.
 */
@Injectable()
export class Transactions {
  constructor(private readonly source: DataSource) {}

  /** Runs `work` in one READ COMMITTED transaction without a tenant; commits what it returns, rolls back what it throws. */
  run<T>(work: Work<T>): Promise<T> {
    return this.source.transaction('READ COMMITTED', work);
  }

  /** Runs `work` without a tenant against one unchanging snapshot; writing in it is refused by the database. */
  read<T>(work: Work<T>): Promise<T> {
    return this.source.transaction('REPEATABLE READ', async (em) => {
      await em.query('SET TRANSACTION READ ONLY');
      return work(em);
    });
  }

  /** As {@link run}, seeing the rows that whoever asks may reach. */
  inTenant<T>(asker: Asker, work: Work<T>): Promise<T> {
    return this.source.transaction('READ COMMITTED', async (em) => {
      await setReach(em, asker, { readOnly: false });
      return work(em);
    });
  }

  /** As {@link read}, seeing the rows that whoever asks may reach. */
  readInTenant<T>(asker: Asker, work: Work<T>): Promise<T> {
    return this.source.transaction('REPEATABLE READ', async (em) => {
      await setReach(em, asker, { readOnly: true });
      return work(em);
    });
  }
}

/**
 * As {@link Transactions}, for jobs: as `throughway_worker`, which may write what only jobs write. A job carries ids only; it sees
 * the network that it names, or every one where it has to find what there is to do.
 */
@Injectable()
export class WorkTransactions {
  constructor(private readonly source: DataSource) {}

  /** One READ COMMITTED transaction without a tenant. */
  run<T>(work: Work<T>): Promise<T> {
    return this.source.transaction('READ COMMITTED', work);
  }

  /** The same, seeing one network. */
  inNetwork<T>(networkId: number, work: Work<T>): Promise<T> {
    return this.source.transaction('READ COMMITTED', async (em) => {
      await em.query(`SELECT set_config('throughway.networks', $1::integer[]::text, true)`, [[networkId]]);
      return work(em);
    });
  }

  /** The same, seeing every network. */
  inEveryNetwork<T>(work: Work<T>): Promise<T> {
    return this.source.transaction('READ COMMITTED', async (em) => {
      await em.query(`SELECT set_config('throughway.networks', networks_of('{}', '{}', true, true)::text, true)`);
      return work(em);
    });
  }
}
