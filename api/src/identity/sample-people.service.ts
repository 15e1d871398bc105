import { Injectable } from '@nestjs/common';
import type { Membership, PersonRef } from '@throughway/contracts/people';
import type { Session } from '@throughway/contracts/session';
import type { Request } from 'express';
import { Transactions } from '../platform/database/transactions.js';
import { notFound } from '../platform/errors/refusal.js';
import * as repository from './sample-people.repository.js';
import { SessionService } from './session.service.js';

/** Signing in as a sample person, without any proof: in development only; elsewhere there is no such page. */
@Injectable()
export class SamplePeopleService {
  constructor(
    private readonly transactions: Transactions,
    private readonly sessions: SessionService,
  ) {}

  /** @throws not-found outside development */
  async list(): Promise<{ people: (PersonRef & { memberships: Membership[] })[] }> {
    this.requireDevelopment();
    const rows = await this.transactions.read((em) => repository.listSampleMemberships(em));
    const people = new Map<string, PersonRef & { memberships: Membership[] }>();
    for (const { person, membershipId, role, since, organization } of rows) {
      const known = people.get(person.personId) ?? { ...person, memberships: [] };
      known.memberships.push({ membershipId, role, since: since.toISOString(), organization });
      people.set(person.personId, known);
    }
    return { people: [...people.values()] };
  }

  /** @throws not-found outside development, and for someone real */
  async signIn(request: Request, personId: string): Promise<Session> {
    this.requireDevelopment();
    return this.transactions.run(async (em) => {
      if (!(await repository.isSamplePerson(em, personId))) throw notFound('sample person');
      return this.sessions.open(em, request, { personId, method: 'sample', proved: true });
    });
  }

  private requireDevelopment(): void {
    if (!this.sessions.development) throw notFound();
  }
}
