import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { proposeDuplicates } from './duplicate-proposals.repository.js';
import * as repository from './employer-identities.repository.js';
import { einDigits, employerWebDomain, normalizeEmployerName } from './employer-names.js';
import { lockAddingEmployers } from './employers.repository.js';

/** An employer as a school's rows describe it, with all of its sites. */
export interface DescribedEmployer {
  /** Its organization; null when it has none yet. */
  organizationId: string | null;
  name: string;
  website: string | null;
  contactEmail: string | null;
  ein: string | null;
  sample: boolean;
  sites: { name: string; countyFips: string; timeZone: string | null }[];
}

/** Above this many changes the planner needs to know. */
const ANALYZE_FROM = 1000;

/** Which employer, one across all schools, an employer that a school describes is. */
@Injectable()
export class EmployerIdentitiesService {
  /**
   * Gives an organization of its own to each that has none, refreshes those that nobody has taken over, and proposes pairs that may be
   * one; none is ever merged here. Answers the organizations' ids in the order of `described`. As many statements for one as for all.
   * Until the transaction ends nobody else adds employers, so that of two who add the same one the second finds it.
   */
  async identify(em: EntityManager, described: readonly DescribedEmployer[]): Promise<string[]> {
    const employers = described.map((employer) => ({
      ...employer,
      organizationId: employer.organizationId ?? randomUUID(),
    }));
    const organizationIds = employers.map(({ organizationId }) => organizationId);
    await lockAddingEmployers(em);
    const changed = await repository.saveEmployers(
      em,
      employers.map(({ organizationId, name, ein, sample, website, contactEmail }) => ({
        organizationId,
        name,
        plainName: normalizeEmployerName(name),
        webDomain: employerWebDomain({ website, contactEmail }),
        ein: einDigits(ein),
        sample,
      })),
    );
    const sites = employers.flatMap(({ organizationId, sites }) => sites.map((site) => ({ organizationId, ...site })));
    const moved = await repository.saveEmployerSites(em, organizationIds, sites);
    const different = [...new Set([...changed, ...moved])];
    if (different.length > ANALYZE_FROM) await repository.analyzeEmployers(em);
    if (different.length > 0) await proposeDuplicates(em, different);
    return organizationIds;
  }
}
