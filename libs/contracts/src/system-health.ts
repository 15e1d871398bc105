import * as z from 'zod';
import { endpoint } from './endpoint.js';
import { JOB_STATES, MAIL_STATES } from './jobs.js';
import * as w from './words.js';

/** `none`: mails become files. */
export const MAIL_SERVER_STATES = ['answers', 'silent', 'none'] as const;

/** How the server is, in counts: nothing of anybody. That there is an answer says that the database gives one. */
export const SystemHealth = z.object({
  database: z.object({ version: z.string(), bytes: w.Count, migrations: z.enum(['applied', 'pending']) }),
  mail: z.object({
    server: z.enum(MAIL_SERVER_STATES),
    counts: z.record(z.enum(MAIL_STATES), w.Count),
    /** Since when the oldest that waits does. */
    waitingSince: w.Instant.nullable(),
  }),
  jobs: z.object({ counts: z.record(z.enum(JOB_STATES), w.Count), waitingSince: w.Instant.nullable() }),
  /** Where the process that answers keeps its files. */
  disk: z.object({ freeBytes: w.Count, totalBytes: w.Count }),
  program: z.object({ version: z.string(), node: z.string(), startedAt: w.Instant }),
});
export type SystemHealth = z.infer<typeof SystemHealth>;

export const systemHealthApi = {
  read: endpoint({
    method: 'GET',
    path: '/api/system-health',
    summary: 'How the server is, for its operator and administrators of regions and states',
    response: SystemHealth,
  }),
};
