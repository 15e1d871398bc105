import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../config/config.provider.js';
import { WorkTransactions } from '../database/transactions.js';
import { keepTombstones, knownTombstones, tombstoneLogOf } from './tombstone-log.js';

/** How long a deletion may stand in the database alone. */
const LOOK_EVERY_MS = 10_000;
/** How often the log says that it lacks nothing, though nothing was erased. */
const MARK_EVERY_MS = 600_000;

/**
 * Keeps each tombstone in a file of this process's DATA_DIR, too, so that a restored backup is told of what was erased after it
 * (docs/adr/0027). Every process does so by itself: which of them erased does not matter, nor whether one missed a while.
 */
@Injectable()
export class TombstoneKeeper implements OnApplicationShutdown {
  private readonly logger = new Logger('Tombstones');
  private readonly path: string;
  private known = new Set<string>();
  private seen = -1;
  private markedAt = -Infinity;
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> = Promise.resolve();

  constructor(
    config: Config,
    private readonly transactions: WorkTransactions,
  ) {
    this.path = tombstoneLogOf(config.DATA_DIR);
  }

  async start(): Promise<void> {
    this.known = await knownTombstones(this.path);
    await this.look();
    this.timer = setInterval(() => {
      this.looking = this.looking
        .then(() => this.look())
        .catch((error: unknown) => this.logger.warn(error instanceof Error ? error.message : String(error)));
    }, LOOK_EVERY_MS);
  }

  /** Tombstones are never taken away, so that their count says whether there is a new one. */
  private look(): Promise<void> {
    return this.transactions.run(async (em) => {
      const rows: { count: number }[] = await em.query('SELECT count(*)::integer AS count FROM tombstone');
      const count = rows[0]?.count ?? 0;
      if (count === this.seen && performance.now() - this.markedAt < MARK_EVERY_MS) return;
      await keepTombstones(em, this.path, this.known);
      this.seen = count;
      this.markedAt = performance.now();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.looking;
  }
}
