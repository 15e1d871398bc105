import { Injectable, Logger } from '@nestjs/common';
import type { ImportRun, importsApi } from '@throughway/contracts/imports';
import { randomUUID } from 'node:crypto';
import { access, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type * as z from 'zod';
import { requireOrganization } from '../identity/organization-access.js';
import { Config } from '../platform/config/config.provider.js';
import { isPassing } from '../platform/database/is-unreachable.js';
import { Transactions } from '../platform/database/transactions.js';
import { notFound, refuse } from '../platform/errors/refusal.js';
import { type JobQueue, Jobs } from '../platform/jobs/jobs.js';
import { ProgramsService } from '../programs/programs.service.js';
import * as repository from './import-runs.repository.js';
import { type ImportProgress, ImportService } from './import.service.js';
import { type Importer, importTenancy } from './import-tenancy.js';
import { receiveUpload } from './receive-upload.js';

export const IMPORT_QUEUE: JobQueue = { name: 'import', expireInSeconds: 3600, retryLimit: 3 };

const LISTED = 50;
/** Progress is written at most this often within one state. */
const PROGRESS_EVERY_MS = 250;

/** Uploads: received into the spool, worked by a job, shown with progress. */
@Injectable()
export class ImportsService {
  private readonly logger = new Logger('Imports');

  constructor(
    private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly jobs: Jobs,
    private readonly programs: ProgramsService,
    private readonly imports: ImportService,
  ) {}

  /**
   * Receives an upload whole, then leaves its run and its job in one transaction; there the network gets its tenant, when it
   * has none and an administrator asks. @throws network-is-sample, and what {@link importTenancy} and claiming throw
   */
  async receive(
    request: IncomingMessage,
    query: z.output<NonNullable<typeof importsApi.create.query>>,
    importer: Importer,
  ): Promise<ImportRun> {
    const importId = randomUUID();
    const folder = this.spoolFolder(importId);
    const { known, tenancy } = await this.transactions.read(async (em) => {
      const known = await this.programs.findNetwork(em, query.network);
      const tenancy = importTenancy(importer, known, query);
      if (tenancy) await requireOrganization(em, tenancy.organizationId);
      if (tenancy) await this.programs.refuseTakenSource(em, query.network, tenancy);
      return { known, tenancy };
    });
    if (known?.sample)
      throw refuse('network-is-sample', 'The sample network is synthetic; import into another network.');
    const received = await receiveUpload(request, folder, this.config.IMPORT_MAX_BYTES);
    try {
      return await this.transactions.run(async (em) => {
        const network = await this.programs.ensureNetwork(em, {
          slug: query.network,
          name: query.network === 'main' ? 'Our network' : query.network,
          sample: false,
        });
        if (tenancy) await this.programs.claimNetwork(em, network, tenancy);
        const { networkId } = network;
        const notices = received.ignored.map((name) => `${name}: found a file of another name, left aside`);
        const run = { importId, networkId, partial: query.partial === 'yes', bytesTotal: received.bytes, notices };
        await repository.insertImport(em, run);
        await this.jobs.send(em, IMPORT_QUEUE, { importId });
        const stored = await repository.findImport(em, importId);
        if (!stored) throw new Error(`import ${importId} was not stored`);
        return repository.toImportRun(stored);
      });
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  async find(importId: string): Promise<ImportRun> {
    const run = await this.transactions.read((em) => repository.findImport(em, importId));
    if (!run) throw notFound('import');
    return repository.toImportRun(run);
  }

  async list(): Promise<{ imports: ImportRun[] }> {
    const runs = await this.transactions.read((em) => repository.listImports(em, LISTED));
    return { imports: runs.map(repository.toImportRun) };
  }

  /** Leaves a job for every import that an earlier process did not finish; a job that still runs loses the claim. */
  async resume(): Promise<void> {
    const unfinished = await this.transactions.read((em) => repository.unfinishedImports(em));
    for (const importId of unfinished) await this.jobs.enqueue(IMPORT_QUEUE, { importId });
  }

  /**
   * Does the work of one import: rows, results and report in one transaction, progress beside it. Doing it again after it
   * is finished, or while another worker does it, changes nothing.
   */
  async work(importId: string): Promise<void> {
    try {
      const isDone = await this.transactions.run(async (em) => {
        if (!(await repository.claimImport(em, importId))) return false;
        const run = await repository.findImport(em, importId);
        if (!run || run.finishedAt) return true;
        const path = this.spoolFolder(importId);
        await access(path);
        const tell = this.progressTeller(importId);
        const report = await this.imports.importFolder(
          em,
          { path, networkId: run.networkId, partial: run.partial },
          tell,
        );
        await repository.finishImport(em, importId, report);
        return true;
      });
      if (isDone) await rm(this.spoolFolder(importId), { recursive: true, force: true });
    } catch (error) {
      if (isPassing(error)) throw error;
      this.logger.error({ importId, error: error instanceof Error ? error.stack : error });
      await this.fail(importId);
    }
  }

  private async fail(importId: string): Promise<void> {
    await this.transactions.run((em) =>
      repository.finishImport(em, importId, {
        state: 'failed',
        files: [],
        notices: ['Something went wrong on our side. Nothing was changed; the log names this import.'],
        errors: [],
        runId: null,
      }),
    );
    await rm(this.spoolFolder(importId), { recursive: true, force: true });
  }

  /** Writes progress in transactions of its own, so that it shows while the import's is open; one at a time. */
  private progressTeller(importId: string): (progress: ImportProgress) => Promise<void> {
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
        .then(() => this.transactions.run((em) => repository.showProgress(em, importId, shown)))
        .catch((error: unknown) => this.logger.warn({ importId, error }));
      await writing;
    };
  }

  private spoolFolder(importId: string): string {
    return join(this.config.DATA_DIR, 'spool', importId);
  }
}
