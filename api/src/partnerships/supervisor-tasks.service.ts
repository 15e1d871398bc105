import { Injectable } from '@nestjs/common';
import type { SupervisorLinks as LinksView, SupervisorTask } from '@throughway/contracts/supervisor-links';
import type { Request } from 'express';
import type { EntityManager } from 'typeorm';
import * as z from 'zod';
import { type ManagedEmployer, SupervisorLinks } from '../identity/supervisor-links.service.js';
import { LaborMarketService } from '../labor-market/labor-market.service.js';
import { type Actor, settled } from '../platform/auth/actor.js';
import { Transactions } from '../platform/database/transactions.js';
import { notFound } from '../platform/errors/refusal.js';
import { ProgramsService } from '../programs/programs.service.js';
import { findRequirements } from './requirement-details.repository.js';
import { requirementsOf } from './supervisor-tasks.repository.js';

const KIND = 'read-requirement';

/** What a link to a requirement remembers. The title, so that the list can name a requirement that is gone. */
const TaskKey = z.object({ network: z.string(), requirementId: z.string(), title: z.string() });

/** Requirements that an employer shows to supervisors who need no account. */
@Injectable()
export class SupervisorTasks {
  constructor(
    private readonly transactions: Transactions,
    private readonly links: SupervisorLinks,
    private readonly programs: ProgramsService,
    private readonly laborMarket: LaborMarketService,
  ) {}

  list(actor: Actor | null, organizationId: string): Promise<LinksView> {
    return this.transactions.readInTenant({ actor }, async (em) =>
      this.view(em, await this.links.employer(em, actor, organizationId)),
    );
  }

  /** @throws not-found for a requirement of another employer, too-many-mails */
  create(
    actor: Actor | null,
    request: Request,
    organizationId: string,
    asked: { network: string; requirementId: string; supervisorName: string; email: string; language: 'en' | 'es' },
  ): Promise<LinksView> {
    return this.transactions.inTenant({ actor }, async (em) => {
      const organization = await this.links.employer(em, actor, organizationId);
      const [requirement] = await requirementsOf(em, organization.family, asked);
      if (!requirement) throw notFound('requirement');
      const { network, requirementId, title } = requirement;
      await this.links.create(
        em,
        request,
        { actor: settled(actor), organization },
        { ...asked, kind: KIND, taskKey: { network, requirementId, title }, task: title },
      );
      return this.view(em, organization);
    });
  }

  revoke(actor: Actor | null, organizationId: string, linkId: string): Promise<LinksView> {
    return this.transactions.inTenant({ actor }, async (em) => {
      const organization = await this.links.employer(em, actor, organizationId);
      await this.links.revoke(em, { actor: settled(actor), organization }, linkId);
      return this.view(em, organization);
    });
  }

  /** What a link opens: the requirement as it stands now, as long as it is still the employer's. @throws link-over, not-found */
  async open(token: string): Promise<SupervisorTask> {
    const { link, organization } = await this.transactions.run((em) => this.links.open(em, token, KIND));
    return this.transactions.readInTenant({ actor: null, linked: organization.family }, async (em) => {
      const [own] = await requirementsOf(em, organization.family, TaskKey.parse(link.taskKey));
      const [found] = own ? await findRequirements(em, own.networkId, [own.requirementId]) : [];
      if (!own || !found) throw notFound('requirement');
      const titles = await this.laborMarket.occupationTitles(em, [found.soc]);
      const credentialIds = found.credentials.map(({ credentialId }) => credentialId);
      const names = await this.programs.credentialNames(em, own.networkId, credentialIds);
      return {
        organization,
        supervisorName: link.name,
        expiresAt: link.expiresAt.toISOString(),
        requirement: {
          ...found,
          siteName: own.siteName,
          occupation: titles.get(found.soc) ?? null,
          credentials: found.credentials.map(({ credentialId, necessity }) => ({
            name: names.get(credentialId) ?? credentialId,
            necessity,
          })),
        },
      };
    });
  }

  private async view(em: EntityManager, organization: ManagedEmployer): Promise<LinksView> {
    const links = await this.links.list(em, organization, KIND);
    return {
      requirements: await requirementsOf(em, organization.family),
      links: links.map((link) => ({
        linkId: link.linkId,
        supervisorName: link.name,
        email: link.email,
        title: TaskKey.parse(link.taskKey).title,
        createdAt: link.createdAt.toISOString(),
        expiresAt: link.expiresAt.toISOString(),
        lastUsedAt: link.lastUsedAt?.toISOString() ?? null,
        state: this.links.stateOf(link),
      })),
    };
  }
}
