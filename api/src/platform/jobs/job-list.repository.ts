import type { JobList, JobRow, MailList, MailRow } from '@throughway/contracts/jobs';
import type { EntityManager } from 'typeorm';
import type { Sight } from '../auth/sight.js';
import { DEAD_LETTERS } from './jobs.js';

interface Asked {
  state: string | undefined;
  page: number;
  size: number;
}

const MESSAGE = (output: string): string => `coalesce(${output} ->> 'message', ${output} -> 'value' ->> 'message')`;

/** Jobs as people speak of them: one that failed for good is known by its dead letter, which can be tried again. */
const JOBS = `
  SELECT id AS "jobId", name AS queue, data,
    CASE state WHEN 'active' THEN 'running' WHEN 'completed' THEN 'done' ELSE 'waiting' END AS state,
    CASE WHEN started_on IS NULL THEN 0 ELSE retry_count + 1 END AS tries, created_on AS "createdAt", started_on AS "startedAt",
    completed_on AS "finishedAt", CASE WHEN state < 'active' THEN start_after END AS "nextTryAt",
    CASE WHEN state <= 'active' THEN ${MESSAGE('output')} END AS reason
  FROM pgboss.job WHERE name <> '${DEAD_LETTERS}' AND state <= 'completed'
  UNION ALL
  SELECT id, source_name, data, 'failed', source_retry_count + 1, source_created_on, NULL, created_on, NULL,
    ${MESSAGE('source_output')}
  FROM pgboss.job WHERE name = '${DEAD_LETTERS}' AND source_name IS NOT NULL AND state < 'active'`;

/** Jobs that the condition, over their data `j.data`, lets through. */
export async function listJobs(em: EntityManager, sight: Sight, { state, page, size }: Asked): Promise<JobList> {
  const values = [...sight.values];
  const counts = await countStates(em, `SELECT state FROM (${JOBS}) j WHERE ${sight.sql}`, values);
  const rows: (JobRow & Record<'createdAt' | 'startedAt' | 'finishedAt' | 'nextTryAt', Date | null>)[] = await em.query(
    `SELECT j.*, CASE WHEN n.network_id IS NOT NULL THEN json_build_object('slug', n.slug, 'name', n.name, 'sample', n.sample) END AS network,
       CASE WHEN o.organization_id IS NOT NULL
         THEN json_build_object('organizationId', o.organization_id, 'name', o.name, 'kind', o.kind, 'sample', o.sample) END AS organization
     FROM (${JOBS}) j LEFT JOIN network n ON n.network_id::text = j.data ->> 'networkId'
       LEFT JOIN organization o ON o.organization_id::text = j.data ->> 'organizationId'
     WHERE ${sight.sql} AND ($${values.length + 1}::text IS NULL OR j.state = $${values.length + 1})
     ORDER BY coalesce(j."finishedAt", j."startedAt", j."createdAt") DESC, j."jobId" LIMIT ${size} OFFSET ${(page - 1) * size}`,
    [...values, state ?? null],
  );
  const jobs = rows.map((row) => ({
    ...row,
    createdAt: iso(row.createdAt) ?? '',
    startedAt: iso(row.startedAt),
    finishedAt: iso(row.finishedAt),
    nextTryAt: iso(row.nextTryAt),
  }));
  return {
    jobs,
    total: totalOf(counts, state),
    page,
    size,
    counts: { failed: 0, running: 0, waiting: 0, done: 0, ...counts },
  };
}

/** Whether there is a job of that id that failed for good and that the condition, over its data `j.data`, lets through. */
export async function isFailedJob(em: EntityManager, { sql, values }: Sight, jobId: string): Promise<boolean> {
  const rows: unknown[] = await em.query(
    `SELECT FROM (${JOBS}) j WHERE ${sql} AND j.state = 'failed' AND j."jobId" = $${values.length + 1}`,
    [...values, jobId],
  );
  return rows.length > 0;
}

/** Jobs that failed for good and that the condition, over their data `j.data`, lets through. */
export async function countFailedJobs(em: EntityManager, { sql, values }: Sight): Promise<number> {
  const counts = await countStates(em, `SELECT state FROM (${JOBS}) j WHERE j.state = 'failed' AND ${sql}`, [
    ...values,
  ]);
  return counts['failed'] ?? 0;
}

const MAILS = `
  SELECT mail_id AS "mailId", template, split_part(recipient, '@', -1) AS domain, attempt_count AS tries, created_at AS "createdAt",
    coalesce(sent_at, given_up_at) AS "finishedAt", last_error AS reason,
    CASE WHEN sent_at IS NOT NULL THEN 'sent' WHEN given_up_at IS NOT NULL THEN 'given-up' ELSE 'waiting' END AS state
  FROM mail_outbox`;

/** Mails that the condition lets through, which says nothing of a row. */
export async function listMails(
  em: EntityManager,
  { sql, values }: Sight,
  { state, page, size }: Asked,
): Promise<MailList> {
  const counts = await countStates(em, `SELECT state FROM (${MAILS}) m WHERE ${sql}`, [...values]);
  const next = `$${values.length + 1}`;
  const rows: (MailRow & Record<'createdAt' | 'finishedAt', Date | null>)[] = await em.query(
    `SELECT m.* FROM (${MAILS}) m WHERE ${sql} AND (${next}::text IS NULL OR m.state = ${next})
     ORDER BY m."createdAt" DESC, m."mailId" LIMIT ${size} OFFSET ${(page - 1) * size}`,
    [...values, state ?? null],
  );
  const mails = rows.map((row) => ({ ...row, createdAt: iso(row.createdAt) ?? '', finishedAt: iso(row.finishedAt) }));
  return {
    mails,
    total: totalOf(counts, state),
    page,
    size,
    counts: { 'given-up': 0, waiting: 0, sent: 0, ...counts },
  };
}

interface Counted<State extends string> {
  counts: Record<State, number>;
  /** Since when the oldest that waits does. */
  waitingSince: string | null;
}

/** How many jobs and mails there are in each state, whosesoever. */
export async function countQueues(
  em: EntityManager,
): Promise<{ jobs: Counted<JobRow['state']>; mails: Counted<MailRow['state']> }> {
  const jobs = await countStates(em, JOBS, []);
  const mails = await countStates(em, MAILS, []);
  const waitingSince = async (rows: string): Promise<string | null> => {
    const [oldest] = await em.query<[{ at: Date | null }]>(
      `SELECT min(r."createdAt") AS at FROM (${rows}) r WHERE state = 'waiting'`,
    );
    return iso(oldest.at);
  };
  return {
    jobs: { counts: { failed: 0, running: 0, waiting: 0, done: 0, ...jobs }, waitingSince: await waitingSince(JOBS) },
    mails: { counts: { 'given-up': 0, waiting: 0, sent: 0, ...mails }, waitingSince: await waitingSince(MAILS) },
  };
}

async function countStates(em: EntityManager, states: string, values: unknown[]): Promise<Record<string, number>> {
  const rows: { state: string; count: number }[] = await em.query(
    `SELECT state, count(*)::integer AS count FROM (${states}) s GROUP BY state`,
    values,
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

function totalOf(counts: Record<string, number>, state: string | undefined): number {
  return state === undefined ? Object.values(counts).reduce((sum, count) => sum + count, 0) : (counts[state] ?? 0);
}

const iso = (instant: Date | null): string | null => instant?.toISOString() ?? null;
