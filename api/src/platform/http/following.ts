import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { setTimeout as delay } from 'node:timers/promises';
import { actorOf, setActor } from '../auth/actor.js';
import { Sessions } from '../auth/sessions.js';
import { Transactions } from '../database/transactions.js';

const EVERY_MS = 1000;

/**
 * Follows a row for who watches it. The row is read again about every second instead of waiting for a notification: whichever process
 * changes it, and whatever stands before the database, the watcher learns of it.
 */
@Injectable()
export class Following implements BeforeApplicationShutdown {
  private readonly leaving = new AbortController();

  constructor(
    private readonly sessions: Sessions,
    private readonly transactions: Transactions,
  ) {}

  /**
   * What `read` answers now, and whenever it is another, until it is over, the watcher leaves or the server stops. Who asks is
   * recognized anew before each reading: who lost the right meanwhile gets the refusal that a new request would.
   */
  async *changes<T>(request: Request, read: () => Promise<T>, isOver: (value: T) => boolean): AsyncGenerator<T> {
    const gone = new AbortController();
    request.res?.once('close', () => gone.abort());
    const signal = AbortSignal.any([gone.signal, this.leaving.signal]);
    for (let last = ''; !signal.aborted; await this.recognizeAgain(request)) {
      const value = await read();
      const text = JSON.stringify(value);
      if (text !== last) yield value;
      if (isOver(value)) return;
      last = text;
      await delay(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async recognizeAgain(request: Request): Promise<void> {
    if (!actorOf(request)) return;
    setActor(request, await this.transactions.run((em) => this.sessions.recognize(em, request)));
  }

  beforeApplicationShutdown(): void {
    this.leaving.abort();
  }
}
