import { hash, type Options, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { newToken } from '../platform/auth/tokens.js';
import { HashQueue } from './hash-queue.js';

/** argon2id, 19 MiB, two passes, one lane: what the OWASP Password Storage Cheat Sheet asks at least. */
const COST: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashing and verifying passwords, never more at once than the machine bears. */
@Injectable()
export class Passwords {
  private readonly queue = new HashQueue();
  /** What a guess for nobody is verified against. */
  private readonly nobody = hash(newToken(), COST);

  hash(password: string): Promise<string> {
    return this.queue.run(() => hash(normal(password), COST));
  }

  /**
   * Inside the queue `admit` says what the guess is compared with, or throws to refuse it before any hashing; no hash (nobody, or no
   * password) costs the same and is always wrong. Answers what was admitted when the guess is right, else null.
   * @throws busy, and what `admit` throws
   */
  guess<T extends { hash: string | null }>(
    password: string,
    admit: () => Promise<T>,
  ): Promise<(T & { hash: string }) | null> {
    return this.queue.run(async () => {
      const admitted = await admit();
      const { hash } = admitted;
      const right = await verify(hash ?? (await this.nobody), normal(password));
      return right && hash !== null ? { ...admitted, hash } : null;
    });
  }
}

/** One password however a keyboard composes its letters: NFKC before hashing (NIST SP 800-63B-4, 3.1.1.2). */
export function normal(password: string): string {
  return password.normalize('NFKC');
}
