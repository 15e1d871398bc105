import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Act } from '../platform/audit/record-acts.js';

/** What a room does when something changed for `of`, in the transaction that changes it; answers what is to be recorded of it. */
type Follower<T> = (em: EntityManager, of: T, by: { actor: Act['actor']; at: Date }) => Promise<Act[]>;

/** Changes of who stands where that rooms downstream have to follow: identity tells them, and knows none of them. */
@Injectable()
export class StandingChanges {
  /** An account is about to be removed, while its roles still stand. */
  readonly accountGoes = new Followed<{ personId: string }>();
  /** An employer, given by its ids, that had no administrator gets one: whoever was trusted there, it was not them. */
  readonly employerIsNew = new Followed<{ employerIds: readonly string[] }>();
}

class Followed<T> {
  private readonly followers: Follower<T>[] = [];

  follow(follower: Follower<T>): void {
    this.followers.push(follower);
  }

  async tell(...change: Parameters<Follower<T>>): Promise<Act[]> {
    const acts: Act[] = [];
    for (const follower of this.followers) acts.push(...(await follower(...change)));
    return acts;
  }
}
