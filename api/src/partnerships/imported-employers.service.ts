import { Injectable } from '@nestjs/common';
import type { Network } from '@throughway/vocabulary/network';
import type { EntityManager } from 'typeorm';
import { EmployerIdentitiesService } from '../identity/employer-identities.service.js';
import * as repository from './imported-employers.repository.js';

/** Ties the employer rows of networks to employers that are one across all schools. */
@Injectable()
export class ImportedEmployers {
  constructor(private readonly identities: EmployerIdentitiesService) {}

  /** For the employers that `rows` give or give a site of, once they are saved. Saving the same rows again changes nothing. */
  async identify(em: EntityManager, networkId: number, rows: Partial<Network>): Promise<void> {
    const given = [...(rows.employers ?? []), ...(rows.sites ?? [])].map(({ employerId }) => employerId);
    if (given.length > 0) await this.identifyThese(em, networkId, [...new Set(given)]);
  }

  /** For every employer that came in before there were identities. Answers how many. */
  async identifyRest(em: EntityManager): Promise<number> {
    let count = 0;
    for (const networkId of await repository.networksToIdentify(em)) {
      count += await this.identifyThese(em, networkId, null);
    }
    return count;
  }

  private async identifyThese(em: EntityManager, networkId: number, ids: readonly string[] | null): Promise<number> {
    const employers = await repository.importedEmployers(em, networkId, ids);
    const organizationIds = await this.identities.identify(em, employers);
    const identities = employers.map(({ employerId }, place) => ({
      employerId,
      organizationId: organizationIds[place],
    }));
    await repository.saveIdentities(em, networkId, identities);
    return employers.length;
  }
}
