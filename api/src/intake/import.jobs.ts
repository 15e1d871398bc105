import { Injectable } from '@nestjs/common';
import { Jobs } from '../platform/jobs/jobs.js';
import { IMPORT_QUEUE, ImportWork } from './import-work.service.js';

/** Works imports in this process, one at a time. */
@Injectable()
export class ImportJobs {
  constructor(
    private readonly jobs: Jobs,
    private readonly imports: ImportWork,
  ) {}

  async start(): Promise<void> {
    await this.jobs.work(IMPORT_QUEUE, ({ importId }) => this.imports.work(String(importId)));
    await this.imports.resume();
  }
}
