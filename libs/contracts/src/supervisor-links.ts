import * as z from 'zod';
import { endpoint } from './endpoint.js';
import * as p from './people.js';
import * as w from './words.js';

/** What a supervisor's link opens: one requirement of their employer, to read. */
export const SupervisorTask = z.object({
  organization: p.OrganizationRef,
  supervisorName: z.string(),
  expiresAt: w.Instant,
  requirement: z.object({
    title: z.string(),
    soc: z.string(),
    occupation: z.string().nullable(),
    siteName: z.string(),
    reviewBy: w.LocalDate,
    /** Day-one skills first, then trainable, then preferred. */
    skills: z.array(z.object({ name: z.string(), level: w.LevelOrUntaught, necessity: z.string() })),
    credentials: z.array(z.object({ name: z.string(), necessity: z.string() })),
  }),
});
export type SupervisorTask = z.infer<typeof SupervisorTask>;

/** A requirement that can be shown to a supervisor. */
const OwnRequirement = z.object({
  network: w.NetworkSlug,
  requirementId: w.OpaqueId,
  title: z.string(),
  siteName: z.string(),
});

export const SupervisorLink = z.object({
  linkId: z.uuid(),
  supervisorName: z.string(),
  email: z.string(),
  title: z.string(),
  createdAt: w.Instant,
  expiresAt: w.Instant,
  lastUsedAt: w.Instant.nullable(),
  state: z.enum(['open', 'expired', 'revoked']),
});
export type SupervisorLink = z.infer<typeof SupervisorLink>;

export const SupervisorLinks = z.object({ requirements: z.array(OwnRequirement), links: z.array(SupervisorLink) });
export type SupervisorLinks = z.infer<typeof SupervisorLinks>;

const ById = z.object({ organizationId: z.uuid() });

export const supervisorLinksApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/organizations/:organizationId/supervisor-links',
    summary: "An employer's requirements, and the links by which supervisors read one of them",
    params: ById,
    response: SupervisorLinks,
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/organizations/:organizationId/supervisor-links',
    summary: 'Mail a supervisor, who needs no account, a link to one requirement',
    params: ById,
    body: z.object({
      network: w.NetworkSlug,
      requirementId: w.OpaqueId,
      supervisorName: p.PersonName,
      email: p.MailAddress,
      language: p.LanguageCode,
    }),
    idempotent: true,
    response: SupervisorLinks,
  }),
  revoke: endpoint({
    method: 'DELETE',
    path: '/api/organizations/:organizationId/supervisor-links/:linkId',
    summary: 'Take a link back; the next click feels it',
    params: ById.extend({ linkId: z.uuid() }),
    idempotent: true,
    response: SupervisorLinks,
  }),
  open: endpoint({
    method: 'POST',
    path: '/api/supervisor-task',
    summary: "What a supervisor's link opens",
    body: z.object({ token: p.LinkToken }),
    response: SupervisorTask,
  }),
};
