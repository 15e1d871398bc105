import { Injectable } from '@nestjs/common';
import type { auditApi, AuditRecord } from '@throughway/contracts/audit';
import type * as z from 'zod';
import { type Asker, sightOf } from '../auth/sight.js';
import { Config } from '../config/config.provider.js';
import { Transactions } from '../database/transactions.js';
import { newestRoot, recordedOrganizations, searchEntries } from './audit-search.repository.js';

type Asked = z.output<NonNullable<typeof auditApi.search.query>>;

/** The record of their organizations, for those who manage the people there. */
@Injectable()
export class AuditSearch {
  constructor(
    private readonly config: Config,
    private readonly transactions: Transactions,
  ) {}

  search(asker: Asker, { page, size, ...asked }: Asked): Promise<AuditRecord> {
    const sight = sightOf(asker, 'audit.search', { within: ({ within }) => `e.organization_id = ANY(${within})` });
    const { organizationId, action, person, subject, from, to } = asked;
    const filter = { organizationId, action, person, subject, from, to, timeZone: this.config.TIME_ZONE };
    return this.transactions.readInTenant(asker, async (em) => ({
      ...(await searchEntries(em, sight, filter, { limit: size, offset: (page - 1) * size })),
      page,
      size,
      organizations: await recordedOrganizations(em, sight),
      root: await newestRoot(em),
    }));
  }
}
