import { Injectable } from '@nestjs/common';
import type { JobList, jobsApi, MailList } from '@throughway/contracts/jobs';
import type * as z from 'zod';
import { type Actor, settled } from '../auth/actor.js';
import { type Asker, sightOf } from '../auth/sight.js';
import { Transactions } from '../database/transactions.js';
import { notFound, refuse } from '../errors/refusal.js';
import * as repository from './job-list.repository.js';
import { jobSight } from './job-sight.js';
import { Jobs } from './jobs.js';

type Reader = Asker & { actor: Actor | null };

/** What the server does by itself, for administrators and for whoever runs it: what waits, what failed, and trying that again. */
@Injectable()
export class JobListService {
  constructor(
    private readonly jobs: Jobs,
    private readonly transactions: Transactions,
  ) {}

  /** @throws not-signed-in, second-factor-needed */
  async list(reader: Reader, asked: z.output<NonNullable<typeof jobsApi.list.query>>): Promise<JobList> {
    requireKnown(reader);
    const sight = jobSight(reader, 'job.read');
    await this.jobs.start();
    return this.transactions.readInTenant(reader, (em) =>
      repository.listJobs(em, sight, { state: undefined, ...asked }),
    );
  }

  /** @throws not-signed-in, second-factor-needed; not-found; job-waits-already when the same work waits or is done by another job */
  async retry(reader: Reader, jobId: string): Promise<object> {
    requireKnown(reader);
    const sight = jobSight(reader, 'job.retry');
    await this.jobs.start();
    return this.transactions.inTenant(reader, async (em) => {
      if (!(await repository.isFailedJob(em, sight, jobId))) throw notFound('job');
      if (await this.jobs.retry(em, jobId)) return {};
      throw refuse(
        'job-waits-already',
        'Found the same work waiting already, expected it to have failed. It will be tried by itself.',
      );
    });
  }

  /** @throws not-signed-in, second-factor-needed */
  async mails(reader: Reader, asked: z.output<NonNullable<typeof jobsApi.mails.query>>): Promise<MailList> {
    requireKnown(reader);
    const sight = sightOf(reader, 'mail.read', { every: () => 'true' });
    return this.transactions.read((em) => repository.listMails(em, sight, { state: undefined, ...asked }));
  }
}

/** Whoever runs the server need not say who they are. @throws not-signed-in, second-factor-needed */
function requireKnown({ actor, operator }: Reader): void {
  if (!operator) settled(actor);
}
