import { signal } from '@angular/core';
import { type Trouble, troubleOf } from './problem';

/** What a page sends, one thing at a time: whether it is under way, and what went wrong with the last one. */
export class Sending {
  private readonly under = signal(false);
  private readonly last = signal<Trouble | null>(null);
  readonly busy = this.under.asReadonly();
  readonly trouble = this.last.asReadonly();

  /** The answer; undefined when it failed, or when something else is still under way. */
  async run<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.under()) return undefined;
    this.under.set(true);
    this.last.set(null);
    try {
      return await work();
    } catch (error) {
      this.last.set(troubleOf(error));
      return undefined;
    } finally {
      this.under.set(false);
    }
  }

  forget(): void {
    this.last.set(null);
  }
}
