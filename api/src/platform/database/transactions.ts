import { Injectable } from '@nestjs/common';
import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import type { Asker } from '../auth/sight.js';
import { NO_ROWS, rowScopeOf, rowScopeStatement } from './row-scope.js';

type Work<T> = (em: EntityManager) => Promise<T>;

const WRITING = 'BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE';
const READING = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/**
 * The only way for a room to reach the database: work inside one transaction, whose manager repositories take first. Without a
 * tenant a transaction sees the directory (organizations, people, ways to sign in) and public data, and no row of any tenant.
 */
@Injectable()
export class Transactions {
  private readonly commands = new AsyncLocalStorage<Command>();

  constructor(private readonly source: DataSource) {}

  /** Runs `work` in one READ COMMITTED transaction without a tenant; commits what it returns, rolls back what it throws. */
  run<T>(work: Work<T>): Promise<T> {
    return this.piece(WRITING, null, work);
  }

  /** Runs `work` without a tenant against one unchanging snapshot; writing in it is refused by the database. */
  read<T>(work: Work<T>): Promise<T> {
    return this.piece(READING, null, work);
  }

  /** As {@link run}, seeing the rows that whoever asks may reach. */
  inTenant<T>(asker: Asker, work: Work<T>): Promise<T> {
    return this.piece(WRITING, asker, work);
  }

  /** As {@link read}, seeing the rows that whoever asks may reach. */
  readInTenant<T>(asker: Asker, work: Work<T>): Promise<T> {
    return this.piece(READING, asker, work);
  }

  /**
   * Makes one transaction of all that `work` does: whatever it runs by the methods above is a piece of it, sees what it would see by
   * itself and what the pieces before it wrote, and takes all of them back when it throws. Pieces follow one another.
   * `name` opens what was kept of this asker's commands.
   */
  command<T>(name: string, work: Work<T>): Promise<T> {
    const begin = `${WRITING}; SELECT set_config('throughway.asker', ${pg.escapeLiteral(name)}, true)`;
    return transact(this.source, begin, async (em) => {
      const command: Command = { em, state: 'between' };
      try {
        const result = await this.commands.run(command, () => work(em));
        if (command.state !== 'between') throw new Error(`a command ended with a piece of it ${command.state}`);
        return result;
      } finally {
        command.state = 'over';
      }
    });
  }

  private piece<T>(begin: string, asker: Asker | null, work: Work<T>): Promise<T> {
    const command = this.commands.getStore();
    const scope = asker && rowScopeStatement(rowScopeOf(asker));
    if (command) return join(command, scope ?? NO_ROWS, work);
    return transact(this.source, scope === null ? begin : `${begin}; ${scope}`, work);
  }
}

/** A command's transaction, and how its pieces stand: one of them runs, or threw, after which nothing of the command is saved. */
interface Command {
  em: EntityManager;
  state: 'between' | 'running' | 'failed' | 'over';
}

async function join<T>(command: Command, scope: string, work: Work<T>): Promise<T> {
  if (command.state !== 'between') throw new Error(`a piece of a command began while the command was ${command.state}`);
  command.state = 'running';
  try {
    await command.em.query(scope);
    const result = await work(command.em);
    command.state = 'between';
    return result;
  } catch (error) {
    command.state = 'failed';
    throw error;
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
