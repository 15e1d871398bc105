import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../platform/auth/actor.js';
import { recordActs } from '../platform/audit/record-acts.js';
import { digestOf, newToken } from '../platform/auth/tokens.js';
import { Clock } from '../platform/clock/clock.js';
import { notFound, Refusal } from '../platform/errors/refusal.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { Outbox } from '../platform/mail/outbox.js';
import { actedOrganization } from './organization-access.js';
import { findOrganization, lockOrganization, type OrganizationRecord } from './organizations.repository.js';
import * as repository from './supervisor-links.repository.js';
import type { SupervisorTaskKind } from './supervisor-task-kind.js';

/** A supervisor is not at a desk: the link outlives a sign-in link by far, opens one thing only, and can be taken back. */
const OPEN_DAYS = 30;
/** Links an hour of one employer: mail to strangers is not a tool for nuisance. */
const LINKS_AN_HOUR = 30;

/** An employer that {@link SupervisorLinks.employer} let someone act for. */
export type ManagedEmployer = OrganizationRecord;

export interface NewSupervisorLink {
  kind: SupervisorTaskKind;
  /** What the room that gives the task needs to find it again. */
  taskKey: unknown;
  /** The task's name in the mail. */
  task: string;
  supervisorName: string;
  email: string;
  language: 'en' | 'es';
}

/** Links for site supervisors, who need no account: each opens one task of one employer, and nothing else. */
@Injectable()
export class SupervisorLinks {
  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly publicUrl: PublicUrl,
  ) {}

  /** The employer, for someone who manages its people. @throws not-signed-in, second-factor-needed, not-found, not-allowed */
  async employer(em: EntityManager, actor: Actor | null, organizationId: string): Promise<ManagedEmployer> {
    const { organization } = await actedOrganization(em, actor, organizationId, 'supervisor-link.manage');
    if (organization.kind !== 'employer') throw notFound('employer');
    return organization;
  }

  list(
    em: EntityManager,
    { family }: ManagedEmployer,
    kind: SupervisorTaskKind,
  ): Promise<repository.SupervisorLinkRecord[]> {
    return repository.linksOf(em, family, kind);
  }

  /** Whether a link still opens its task. */
  stateOf({ revokedAt, expiresAt }: repository.SupervisorLinkRecord): 'open' | 'expired' | 'revoked' {
    if (revokedAt) return 'revoked';
    return expiresAt > this.clock.now() ? 'open' : 'expired';
  }

  /** Mails a link in the caller's transaction; `organization` is what {@link employer} answered `actor`. @throws too-many-mails */
  async create(
    em: EntityManager,
    request: Request,
    { actor, organization: { organizationId } }: { actor: Actor; organization: ManagedEmployer },
    link: NewSupervisorLink,
  ): Promise<void> {
    // Held and read anew, so that the count is true when many are asked for at once.
    await lockOrganization(em, organizationId);
    const organization = await findOrganization(em, organizationId);
    if (!organization) throw notFound('employer');
    const at = this.clock.now();
    const hourAgo = new Date(at.getTime() - 3_600_000);
    if ((await repository.countSince(em, organization.family, hourAgo)) >= LINKS_AN_HOUR) {
      throw new Refusal(429, 'too-many-mails', `${LINKS_AN_HOUR} links went out within the hour. Try again later.`);
    }
    const token = newToken();
    const linkId = await repository.insertLink(em, {
      digest: digestOf(token),
      organizationId: organization.organizationId,
      kind: link.kind,
      taskKey: link.taskKey,
      name: link.supervisorName,
      email: link.email,
      createdById: actor.personId,
      createdAt: at,
      expiresAt: new Date(at.getTime() + OPEN_DAYS * 86_400_000),
    });
    await this.outbox.send(em, {
      recipient: link.email,
      language: link.language,
      template: 'supervisor-link',
      detail: {
        name: link.supervisorName,
        organization: organization.name,
        task: link.task,
        url: this.publicUrl.page(request, '/task', `token=${token}`),
      },
    });
    await recordActs(em, at, {
      organizationId: organization.organizationId,
      actor,
      action: 'supervisor-link-made',
      subject: { kind: 'supervisor-link', id: linkId },
      detail: { name: link.supervisorName, email: link.email, task: link.task },
    });
  }

  /** Takes a link of the employer back. @throws not-found */
  async revoke(
    em: EntityManager,
    { actor, organization: { organizationId, family } }: { actor: Actor; organization: ManagedEmployer },
    linkId: string,
  ): Promise<void> {
    const at = this.clock.now();
    if (!(await repository.revokeLink(em, family, linkId, at))) throw notFound('link');
    const subject = { kind: 'supervisor-link', id: linkId } as const;
    await recordActs(em, at, { organizationId, actor, action: 'supervisor-link-revoked', subject });
  }

  /** What a link opens now. One that never was, is over, or was taken back are the same. @throws link-over */
  async open(
    em: EntityManager,
    token: string,
    kind: SupervisorTaskKind,
  ): Promise<{ link: repository.SupervisorLinkRecord; organization: ManagedEmployer }> {
    const link = await repository.useLink(em, digestOf(token), kind, this.clock.now());
    const organization = link && (await findOrganization(em, link.organizationId));
    if (!organization) {
      throw new Refusal(404, 'link-over', 'This link opens nothing any more. Ask the employer for a new one.');
    }
    return { link, organization };
  }
}
