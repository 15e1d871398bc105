import { Injectable } from '@nestjs/common';
import type { OrganizationRef } from '@throughway/contracts/people';
import { type Actor } from '../platform/auth/actor.js';
import { recordActs } from '../platform/audit/record-acts.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { badInput, type ProblemField, Refusal } from '../platform/errors/refusal.js';
import { einDigits, webDomainOf } from './employer-names.js';
import * as repository from './employers.repository.js';
import { employerBringer } from './organization-access.js';
import { insertOrganization } from './organizations.repository.js';
import { maySomewhere } from '../platform/auth/sight.js';

interface NewEmployer {
  name: string;
  webDomain?: string | undefined;
  ein?: string | undefined;
  /** The asker knows the alike ones and says that this is another. */
  another: boolean;
}

/** Employers are one identity across all schools: who brings one in looks whether it is there first. */
@Injectable()
export class EmployersService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
  ) {}

  /** @throws not-signed-in, second-factor-needed, not-allowed */
  async find(asking: Actor | null, q: string): Promise<{ employers: repository.FoundEmployer[] }> {
    const actor = employerBringer(asking);
    const samples = [true, false].filter((sample) => maySomewhere(actor, 'employer.bring', sample));
    return { employers: await this.transactions.read((em) => repository.findEmployers(em, q, samples)) };
  }

  /**
   * A real one, unless all that the asker works for is synthetic.
   * @throws employer-exists with the alike ones in `fields`; bad-input for an EIN that nobody can have
   */
  add(asking: Actor | null, employer: NewEmployer): Promise<OrganizationRef> {
    const actor = employerBringer(asking);
    const sample = !maySomewhere(actor, 'employer.bring', false);
    const ein = readEin(employer.ein);
    const webDomain = employer.webDomain === undefined ? null : webDomainOf(employer.webDomain);
    const { name } = employer;
    return this.transactions.run(async (em) => {
      await repository.lockAddingEmployers(em);
      const alike = employer.another ? [] : await repository.alikeEmployers(em, { name, webDomain, ein, sample });
      if (alike.length > 0) throw exists(alike);
      const added = await insertOrganization(em, { kind: 'employer', name, parentId: null, webDomain, ein, sample });
      await recordActs(em, this.clock.now(), {
        organizationId: added.organizationId,
        actor,
        action: 'employer-added',
        detail: { name },
        subject: { kind: 'organization', id: added.organizationId },
      });
      return added;
    });
  }
}

function readEin(given: string | undefined): string | null {
  if (given === undefined) return null;
  const ein = einDigits(given);
  if (ein === null) throw badInput([{ path: 'body.ein', found: given, expected: 'an EIN that the IRS assigns' }]);
  return ein;
}

const IN_COMMON = { ein: 'the same EIN', webDomain: 'the same web domain', name: 'the same name' } as const;

function exists(alike: repository.AlikeEmployer[]): Refusal {
  const fields: ProblemField[] = alike.map(({ name, by }) => ({
    path: `body.${by}`,
    found: `"${name}" has ${IN_COMMON[by]}`,
    expected: 'an employer that is not there yet, or "another": true',
  }));
  const found = fields.map((field) => field.found).join('; ');
  return new Refusal(409, 'employer-exists', `${found}. If yours is another one, say so.`, fields);
}
