import { Injectable } from '@nestjs/common';
import { Jobs } from '../platform/jobs/jobs.js';
import { IMPORT_QUEUE, ImportWork } from './import-work.service.js';

/**
 * Works imports in this process, one at a time. Progress shows while an import's transaction is open, so it is no part of it; the
 * import itself is done once, since whoever works it claims it and looks first whether it is finished.
 */
@Injectable()
export class ImportJobs {
  constructor(
    private readonly jobs: Jobs,
    private readonly imports: ImportWork,
  ) {}

  async start(): Promise<void> {
    await this.jobs.work(IMPORT_QUEUE, ({ importId }) => this.imports.work(String(importId)));
  }
}
