import { Injectable } from '@nestjs/common';
import type { Organization } from '@throughway/contracts/organizations';
import type { OrganizationKind } from '@throughway/vocabulary/roles';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../platform/auth/actor.js';
import { recordActs } from '../platform/audit/record-acts.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { badInput, notFound } from '../platform/errors/refusal.js';
import type { Seen } from '../platform/http/seen.js';
import { seenOrganization, unchangedOrganization } from './organization-access.js';
import { viewOrganization } from './organization-view.js';
import * as repository from './organizations.repository.js';
import { requireBelow } from './require-below.js';

/** An organization, what hangs below it, and its sites. */
@Injectable()
export class OrganizationsService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
  ) {}

  /** @throws not-signed-in, second-factor-needed, not-found */
  get(asking: Actor | null, organizationId: string): Promise<Organization> {
    return this.transactions.read(async (em) => {
      const { actor, organization } = await seenOrganization(em, asking, organizationId);
      return viewOrganization(em, actor, organization, this.clock.now());
    });
  }

  /** Answers the one above, with the new one among its children. @throws kind-not-below, changed-meanwhile */
  addChild(
    asking: Actor | null,
    organizationId: string,
    { kind, name }: { kind: OrganizationKind; name: string },
    seen: Seen,
  ): Promise<Organization> {
    return this.transactions.run(async (em) => {
      const { actor, organization } = await this.held(em, asking, organizationId, 'organization.add-children', seen);
      requireBelow(kind, organization.kind);
      const { organizationId: parentId, sample } = organization;
      const child = await repository.insertOrganization(em, { kind, name, parentId, sample });
      const added = { kind: 'organization', id: child.organizationId } as const;
      await recordActs(em, this.clock.now(), {
        organizationId: child.organizationId,
        actor,
        action: 'organization-added',
        subject: added,
        detail: { kind, name },
      });
      return viewOrganization(em, actor, organization, this.clock.now());
    });
  }

  /** @throws bad-input for a time zone that nobody knows; changed-meanwhile */
  addSite(
    asking: Actor | null,
    organizationId: string,
    { name, countyFips, timeZone = null }: { name: string; countyFips: string; timeZone?: string | null | undefined },
    seen: Seen,
  ): Promise<Organization> {
    return this.transactions.run(async (em) => {
      const { actor, organization } = await this.held(em, asking, organizationId, 'organization.manage-sites', seen);
      if (timeZone !== null) requireTimeZone(timeZone);
      const id = await repository.insertSite(em, organization.organizationId, { name, countyFips, timeZone });
      await recordActs(em, this.clock.now(), {
        organizationId: organization.organizationId,
        actor,
        action: 'site-added',
        subject: { kind: 'site', id },
        detail: { name, countyFips },
      });
      return viewOrganization(em, actor, organization, this.clock.now());
    });
  }

  removeSite(asking: Actor | null, organizationId: string, siteId: string, seen: Seen): Promise<Organization> {
    return this.transactions.run(async (em) => {
      const { actor, organization } = await this.held(em, asking, organizationId, 'organization.manage-sites', seen);
      if (!(await repository.closeSite(em, organization.family, siteId, this.clock.now()))) throw notFound('site');
      await recordActs(em, this.clock.now(), {
        organizationId: organization.organizationId,
        actor,
        action: 'site-removed',
        subject: { kind: 'site', id: siteId },
      });
      return viewOrganization(em, actor, organization, this.clock.now());
    });
  }

  private held(
    em: EntityManager,
    asking: Actor | null,
    organizationId: string,
    line: 'organization.add-children' | 'organization.manage-sites',
    seen: Seen,
  ): ReturnType<typeof unchangedOrganization> {
    return unchangedOrganization(em, asking, organizationId, line, { seen, now: this.clock.now() });
  }
}

function requireTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw badInput([
      { path: 'body.timeZone', found: `"${timeZone}"`, expected: 'a time zone such as America/New_York' },
    ]);
  }
}
