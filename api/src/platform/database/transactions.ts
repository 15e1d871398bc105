import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** The only way for a room to reach the database: work inside one transaction, whose manager repositories take first. */
@Injectable()
export class Transactions {
  constructor(private readonly source: DataSource) {}

  /** Runs `work` in one READ COMMITTED transaction; commits what it returns, rolls back what it throws. */
  run<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    return this.source.transaction('READ COMMITTED', work);
  }

  /** Runs `work` against one unchanging snapshot; writing in it is refused by the database. */
  read<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    return this.source.transaction('REPEATABLE READ', async (em) => {
      await em.query('SET TRANSACTION READ ONLY');
      return work(em);
    });
  }
}
