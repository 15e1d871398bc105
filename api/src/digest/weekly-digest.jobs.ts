import { Injectable } from '@nestjs/common';
import { formatDay, type LocalDate } from '@throughway/vocabulary/local-date';
import type { EntityManager } from 'typeorm';
import { OptionalMails } from '../identity/optional-mails.service.js';
import { claimWeek, listWeeklyReaders, weeklyRoles } from '../identity/weekly-readers.js';
import { Clock } from '../platform/clock/clock.js';
import { offersSamplePeople } from '../platform/config/config.js';
import { Config } from '../platform/config/config.provider.js';
import { Transactions, WorkTransactions } from '../platform/database/transactions.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { Hourly } from '../platform/jobs/hourly.js';
import { type JobData, type JobQueue, Jobs } from '../platform/jobs/jobs.js';
import type { WeeklyReader, WeeklySection } from '../platform/mail/weekly-section.js';
import { weeklyParts } from './weekly-parts.js';

const ROUND: JobQueue = { name: 'weekly-round', expireInSeconds: 3600, retryLimit: 3 };
const DIGEST: JobQueue = { name: 'weekly-digest', expireInSeconds: 300, retryLimit: 3 };

/** From when on, on Mondays, in the configured zone. */
const FROM_HOUR = 7;
const WEEK_MS = 7 * 86_400_000;

/**
 * One mail a week to each for whom something waits, and none to the others. A week has one round, which leaves a job for each person;
 * that job claims the week for them and writes the mail in one transaction, which sees what they may reach at that moment. A server
 * that was down on Monday begins as soon as it runs, and what is left of a week that is over is dropped.
 */
@Injectable()
export class WeeklyDigest {
  constructor(
    private readonly jobs: Jobs,
    private readonly transactions: Transactions,
    private readonly work: WorkTransactions,
    private readonly mails: OptionalMails,
    private readonly publicUrl: PublicUrl,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Works both queues in this process. */
  async start(): Promise<void> {
    await this.jobs.workInTransaction(
      ROUND,
      (_, work) => this.work.run(work),
      (em, { week }) => this.leaveJobs(em, String(week)),
    );
    await this.jobs.workInTransaction(
      DIGEST,
      (data, work) => this.asReader(data, work),
      (em, { personId, week }) => this.write(em, String(personId), String(week)),
    );
  }

  @Hourly()
  async tick(): Promise<void> {
    const week = this.week();
    const hasBegun = week < this.clock.today() || this.clock.hour() >= FROM_HOUR;
    if (hasBegun) await this.jobs.enqueueDaily(ROUND, { week }, week);
  }

  /** This week's Monday (ISO 8601). Day 0 was a Thursday. */
  private week(): LocalDate {
    const today = this.clock.todayAsDay();
    return formatDay(today - ((today + 3) % 7));
  }

  private async leaveJobs(em: EntityManager, week: LocalDate): Promise<void> {
    if (week !== this.week()) return;
    const samples = offersSamplePeople(this.config);
    for (const personId of await listWeeklyReaders(em, week, samples)) {
      await this.jobs.send(em, DIGEST, { personId, week });
    }
  }

  private async asReader({ personId }: JobData, work: (em: EntityManager) => Promise<void>): Promise<void> {
    const actor = await this.transactions.read((em) => actorOf(em, String(personId)));
    await this.transactions.inTenant({ actor }, work);
  }

  private async write(em: EntityManager, personId: string, week: LocalDate): Promise<void> {
    const language = week === this.week() ? await claimWeek(em, personId, week) : null;
    if (language === null) return;
    const now = this.clock.now();
    const since = new Date(now.getTime() - WEEK_MS);
    const actor = await actorOf(em, personId);
    const sections = await this.compose(em, { actor, language, now, since, today: this.clock.todayAsDay() });
    if (sections.every(({ waiting }) => waiting.length === 0)) return;
    await this.mails.send(em, personId, 'weekly-digest', {
      sections: sections.map(({ title, waiting, changed, page: { path, label } }) => ({
        title,
        lines: [...waiting, ...changed],
        link: { url: this.publicUrl.page(null, path), label },
      })),
    });
  }

  private async compose(em: EntityManager, reader: WeeklyReader): Promise<WeeklySection[]> {
    const sections: WeeklySection[] = [];
    for (const part of weeklyParts(this.config)) {
      const section = await part(em, reader);
      if (section) sections.push(section);
    }
    return sections;
  }
}

async function actorOf(em: EntityManager, personId: string): Promise<WeeklyReader['actor']> {
  return { personId, roles: await weeklyRoles(em, personId) };
}
