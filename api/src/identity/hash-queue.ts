import { Refusal } from '../platform/errors/refusal.js';

/** Hashing takes a core and 19 MiB on purpose; more at once would starve every other page (TRUST S5). */
const AT_ONCE = 2;
/** About a second's worth: whoever would wait longer is told so at once. */
const LONGEST_LINE = 30;

/** A short line in front of work that is expensive by design. */
export class HashQueue {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** Runs `work` when its turn comes. @throws busy when the line is full */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < AT_ONCE) this.running += 1;
    else await this.turn();
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= LONGEST_LINE) {
      throw new Refusal(503, 'busy', 'Very many people are signing in. Please try again in a moment.', [], {
        retryAfterSeconds: 2,
      });
    }
    return new Promise((start) => this.waiting.push(start));
  }
}
