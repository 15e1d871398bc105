import { Controller } from '@nestjs/common';
import { type JobList, jobsApi, type MailList } from '@throughway/contracts/jobs';
import { Handles, type Input } from '../http/handles.js';
import { JobListService } from './job-list.service.js';

@Controller()
export class JobsController {
  constructor(private readonly service: JobListService) {}

  @Handles(jobsApi.list, 'job.read')
  list({ asker, query }: Input<typeof jobsApi.list>): Promise<JobList> {
    return this.service.list(asker, query);
  }

  @Handles(jobsApi.retry, 'job.retry')
  retry({ asker, params }: Input<typeof jobsApi.retry>): Promise<object> {
    return this.service.retry(asker, params.jobId);
  }

  @Handles(jobsApi.mails, 'mail.read')
  mails({ asker, query }: Input<typeof jobsApi.mails>): Promise<MailList> {
    return this.service.mails(asker, query);
  }
}
