import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Endpoint } from '@throughway/contracts/endpoint';
import type { Request, Response } from 'express';
import { createHash } from 'node:crypto';
import { from, lastValueFrom, type Observable } from 'rxjs';
import type { Line } from '../auth/authorization.js';
import { digestOf } from '../auth/tokens.js';
import { Clock } from '../clock/clock.js';
import { Transactions } from '../database/transactions.js';
import { refuse, Refusal } from '../errors/refusal.js';
import { type Claim, claimCommand, findAnswered, saveAnswered } from './answered-commands.repository.js';
import type { Input } from './handles.js';
import { ENDPOINT, LINE } from './metadata.js';
import { keyOf, readInput } from './read-input.js';

/** After how many seconds a copy of a command that is running may ask again. */
const RETRY_AFTER_SECONDS = 1;

/**
 * Lets a command act once for each key of its asker: the claim, what the command does and its answer are one transaction, and whoever
 * sends it again gets that answer, letter for letter. What is refused or fails leaves nothing behind, the key included (docs/adr/0023).
 */
@Injectable()
export class ActOnce implements NestInterceptor {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<string> {
    return from(this.answer(context, () => lastValueFrom(next.handle())));
  }

  /** @throws request-running, key-reused, answer-erased */
  private async answer(context: ExecutionContext, act: () => Promise<unknown>): Promise<string> {
    const handler = context.getHandler();
    const declared = Reflect.getMetadata(ENDPOINT, handler) as Endpoint;
    const http = context.switchToHttp();
    const input = readInput(declared, Reflect.getMetadata(LINE, handler) as Line, http.getRequest<Request>());
    const claim: Claim = {
      asker: nameAsker(input),
      endpoint: `${declared.method} ${declared.path}`,
      key: digestOf(keyOf(input.request)),
      request: createHash('sha256')
        .update(JSON.stringify([input.params, input.query, input.body]))
        .digest(),
    };
    const text = await this.transactions.command(claim.asker, async (em) => {
      const isClaimed = await claimCommand(em, claim);
      // Looked for under the claim, which whoever answered gave up after their commit; and without it, if others look, too.
      const answered = await findAnswered(em, claim);
      if (answered) return repeat(answered);
      if (!isClaimed) throw running();
      const fresh = JSON.stringify(await act());
      await saveAnswered(em, claim, fresh, this.clock.now());
      return fresh;
    });
    http.getResponse<Response>().type('json');
    return text;
  }
}

/**
 * Whose key it is: of the holder of the link that the body names, who may have no account or come to have one, else of the person,
 * else of whoever runs the server.
 */
function nameAsker({ body, actor, asker }: Input<Endpoint>): string {
  const { token } = (body ?? {}) as { token?: unknown };
  if (typeof token === 'string') return `link:${digestOf(token).toString('hex')}`;
  if (actor) return `person:${actor.personId}`;
  if (asker.operator) return 'operator';
  throw new Error('a command acts once for somebody: a person, the holder of a link, the operator');
}

/** @throws key-reused, answer-erased */
function repeat({ isSame, answer }: { isSame: boolean; answer: string | null }): string {
  if (!isSame) {
    throw new Refusal(
      422,
      'key-reused',
      'Found an Idempotency-Key that came with another command before, expected a new one for a new command.',
    );
  }
  if (answer !== null) return answer;
  throw refuse(
    'answer-erased',
    'This was done when it first came. What it answered named somebody whose data were erased since.',
  );
}

function running(): Refusal {
  return new Refusal(
    409,
    'request-running',
    'Found the same command under way, expected it to be over. Ask again in a moment for its answer.',
    [],
    { retryAfterSeconds: RETRY_AFTER_SECONDS },
  );
}
