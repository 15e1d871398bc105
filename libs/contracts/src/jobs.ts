import * as z from 'zod';
import { endpoint } from './endpoint.js';
import { OrganizationRef } from './people.js';
import * as w from './words.js';

/** `failed`: for good, until somebody has it tried again. */
export const JOB_STATES = ['failed', 'running', 'waiting', 'done'] as const;

export const JobRow = z.object({
  jobId: z.uuid(),
  /** What kind of work it is. */
  queue: z.string(),
  state: z.enum(JOB_STATES),
  /** How often it was begun. */
  tries: w.Count,
  createdAt: w.Instant,
  /** When the last try began. */
  startedAt: w.Instant.nullable(),
  /** When it was done, or failed for good. */
  finishedAt: w.Instant.nullable(),
  /** When it is tried next; of one that waits. */
  nextTryAt: w.Instant.nullable(),
  /** Why the last try failed: a code, or a sentence that names nobody. */
  reason: z.string().nullable(),
  /** Whose it is; one of neither is the server's own. */
  network: w.NetworkRef.nullable(),
  organization: OrganizationRef.nullable(),
});
export type JobRow = z.infer<typeof JobRow>;

export const JobList = z.object({
  /** Newest first. */
  jobs: z.array(JobRow),
  total: w.Count,
  page: z.number(),
  size: z.number(),
  /** Of all that the asker sees, whatever was asked for. */
  counts: z.record(z.enum(JOB_STATES), w.Count),
});
export type JobList = z.infer<typeof JobList>;

export const MAIL_STATES = ['given-up', 'waiting', 'sent'] as const;

export const MailRow = z.object({
  mailId: z.uuid(),
  /** Which letter it is. */
  template: z.string(),
  /** What stands behind the @: enough to see which mail server it is about. */
  domain: z.string(),
  state: z.enum(MAIL_STATES),
  tries: w.Count,
  createdAt: w.Instant,
  /** When it was sent or given up. */
  finishedAt: w.Instant.nullable(),
  reason: z.string().nullable(),
});
export type MailRow = z.infer<typeof MailRow>;

export const MailList = z.object({
  mails: z.array(MailRow),
  total: w.Count,
  page: z.number(),
  size: z.number(),
  counts: z.record(z.enum(MAIL_STATES), w.Count),
});
export type MailList = z.infer<typeof MailList>;

export const jobsApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/jobs',
    summary:
      'Work that the server does by itself: of the networks and schools within the asker’s reach, or all for its operator',
    query: z.object({ state: z.enum(JOB_STATES).optional(), page: w.Page, size: w.PageSize }),
    response: JobList,
  }),
  retry: endpoint({
    method: 'POST',
    path: '/api/jobs/:jobId/retry',
    summary: 'Give a job that failed for good its tries again',
    params: z.object({ jobId: z.uuid() }),
    response: z.object({}),
  }),
  mails: endpoint({
    method: 'GET',
    path: '/api/mails',
    summary: 'Mails, newest first, for the server’s operator',
    query: z.object({ state: z.enum(MAIL_STATES).optional(), page: w.Page, size: w.PageSize }),
    response: MailList,
  }),
};
