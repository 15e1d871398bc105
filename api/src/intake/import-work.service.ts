import { Injectable, Logger } from '@nestjs/common';
import { access, rm } from 'node:fs/promises';
import { Config } from '../platform/config/config.provider.js';
import { isPassing } from '../platform/database/is-unreachable.js';
import { WorkTransactions } from '../platform/database/transactions.js';
import type { JobQueue } from '../platform/jobs/jobs.js';
import * as repository from './import-runs.repository.js';
import { type ImportProgress, ImportService } from './import.service.js';
import { spoolFolder } from './receive-upload.js';

export const IMPORT_QUEUE: JobQueue = { name: 'import', expireInSeconds: 3600, retryLimit: 3 };

/** Progress is written at most this often within one state. */
const PROGRESS_EVERY_MS = 250;

/** Works received uploads, each in the network that it came for. */
@Injectable()
export class ImportWork {
  private readonly logger = new Logger('Imports');

  constructor(
    private readonly config: Config,
    private readonly transactions: WorkTransactions,
    private readonly imports: ImportService,
  ) {}

  /**
   * Does the work of one import: rows, results and report in one transaction, progress beside it. Doing it again after it
   * is finished changes nothing; who comes while another worker does it waits for how that ends.
   */
  async work(importId: string): Promise<void> {
    const networkId = await this.transactions.inEveryNetwork((em) => repository.networkOfImport(em, importId));
    if (networkId === null) return;
    try {
      await this.transactions.inNetwork(networkId, async (em) => {
        await repository.claimImport(em, importId);
        const run = await repository.findImport(em, importId);
        if (!run || run.finishedAt) return;
        const path = spoolFolder(this.config.DATA_DIR, importId);
        await access(path);
        const tell = this.progressTeller(networkId, importId);
        const report = await this.imports.importFolder(em, { path, networkId, partial: run.partial }, tell);
        await repository.finishImport(em, importId, report);
      });
      await rm(spoolFolder(this.config.DATA_DIR, importId), { recursive: true, force: true });
    } catch (error) {
      if (isPassing(error)) throw error;
      this.logger.error({ importId, error: error instanceof Error ? error.stack : error });
      await this.fail(networkId, importId);
    }
  }

  private async fail(networkId: number, importId: string): Promise<void> {
    await this.transactions.inNetwork(networkId, (em) =>
      repository.finishImport(em, importId, {
        state: 'failed',
        files: [],
        notices: ['Something went wrong on our side. Nothing was changed; the log names this import.'],
        errors: [],
        runId: null,
      }),
    );
    await rm(spoolFolder(this.config.DATA_DIR, importId), { recursive: true, force: true });
  }

  /** Writes progress in transactions of its own, so that it shows while the import's is open; one at a time. */
  private progressTeller(networkId: number, importId: string): (progress: ImportProgress) => Promise<void> {
    let state: string | null = null;
    let writtenAt = -Infinity;
    let writing: Promise<void> = Promise.resolve();
    return async (progress) => {
      const isDue = progress.state !== state || performance.now() - writtenAt >= PROGRESS_EVERY_MS;
      if (!isDue) return;
      state = progress.state;
      writtenAt = performance.now();
      const shown = { ...progress };
      writing = writing
        .then(() => this.transactions.inNetwork(networkId, (em) => repository.showProgress(em, importId, shown)))
        .catch((error: unknown) => this.logger.warn({ importId, error }));
      await writing;
    };
  }
}
