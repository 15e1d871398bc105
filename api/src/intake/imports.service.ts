import { Injectable } from '@nestjs/common';
import type { ImportRun, importsApi } from '@throughway/contracts/imports';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import type { EntityManager } from 'typeorm';
import type * as z from 'zod';
import { requireOrganization } from '../identity/organization-access.js';
import { recordActs } from '../platform/audit/record-acts.js';
import { settled } from '../platform/auth/actor.js';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.provider.js';
import { Transactions } from '../platform/database/transactions.js';
import { notFound, refuse } from '../platform/errors/refusal.js';
import { Jobs } from '../platform/jobs/jobs.js';
import { networkSight } from '../programs/network-sight.js';
import { ProgramsService } from '../programs/programs.service.js';
import type { NetworkRecord, Tenancy } from '../programs/records.js';
import * as repository from './import-runs.repository.js';
import { type Importer, importTenancy } from './import-tenancy.js';
import { IMPORT_QUEUE } from './import-work.service.js';
import { receiveUpload, spoolFolder } from './receive-upload.js';

const LISTED = 50;

type Asked = z.output<NonNullable<typeof importsApi.create.query>>;

/** Uploads: received into the spool, left to a job, shown with progress. */
@Injectable()
export class ImportsService {
  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly jobs: Jobs,
    private readonly programs: ProgramsService,
  ) {}

  /**
   * Receives an upload whole, then leaves its run and its job in one transaction; there a new network is made, and one gets its
   * tenant, when it has none and an administrator asks. @throws network-is-sample, and what {@link importTenancy} and claiming throw
   */
  async receive(request: IncomingMessage, query: Asked, importer: Importer): Promise<ImportRun> {
    const importId = randomUUID();
    const folder = spoolFolder(this.config.DATA_DIR, importId);
    const tenancy = await this.transactions.readInTenant(importer, async (em) => {
      const known = await this.networkFor(em, importer, query.network);
      const tenancy = importTenancy(importer, known, query);
      if (tenancy) await requireOrganization(em, tenancy.organizationId);
      if (tenancy) await this.programs.refuseTakenSource(em, query.network, tenancy);
      const shown = await this.programs.findNetwork(em, query.network, { asker: importer, line: 'network.read' });
      if (known?.sample ?? shown?.sample)
        throw refuse('network-is-sample', 'The sample network is synthetic; import into another network.');
      return tenancy;
    });
    const received = await receiveUpload(request, folder, this.config.IMPORT_MAX_BYTES);
    try {
      return await this.transactions.inTenant(importer, async (em) => {
        const { networkId, slug, ...network } = await this.takeNetwork(em, importer, query.network, tenancy);
        const notices = received.ignored.map((name) => `${name}: found a file of another name, left aside`);
        if (slug !== query.network) notices.push(`network: found the name "${query.network}" taken, used "${slug}"`);
        const run = { importId, networkId, partial: query.partial === 'yes', bytesTotal: received.bytes, notices };
        await repository.insertImport(em, run);
        await this.jobs.send(em, IMPORT_QUEUE, { importId, networkId });
        const stored = await repository.findImport(em, importId);
        if (!stored) throw new Error(`import ${importId} was not stored`);
        await recordActs(em, this.clock.now(), {
          organizationId: tenancy?.organizationId ?? network.organizationId,
          actor: importer.actor ?? 'operator',
          action: 'import-received',
          subject: { kind: 'import', id: importId },
          detail: { network: slug, bytes: received.bytes },
        });
        return repository.toImportRun(stored);
      });
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** The network of that name, if the importer may import into it or claim it. */
  private async networkFor(em: EntityManager, asker: Importer, slug: string): Promise<NetworkRecord | null> {
    return (
      (await this.programs.findNetwork(em, slug, { asker, line: 'network.import' })) ??
      (await this.programs.findNetwork(em, slug, { asker, line: 'network.claim' }))
    );
  }

  /** The network that an import goes into, made when the importer has none of that name, and the tenant's from here on. */
  private async takeNetwork(
    em: EntityManager,
    importer: Importer,
    slug: string,
    tenancy: Tenancy | null,
  ): Promise<NetworkRecord> {
    if (tenancy) await this.programs.lockTenant(em, importer, tenancy.organizationId);
    const known = await this.networkFor(em, importer, slug);
    if (known && tenancy) await this.programs.claimNetwork(em, known, tenancy);
    const name = slug === 'main' ? 'Our network' : slug;
    return known ?? this.programs.foundNetwork(em, { slug, name, sample: false, ...tenancy });
  }

  /** @throws not-signed-in, second-factor-needed, not-found for one whose network the asker does not import into */
  async find(importer: Importer, importId: string): Promise<ImportRun> {
    const [run] = await this.visible(importer, importId);
    if (!run) throw notFound('import');
    return run;
  }

  /** @throws not-signed-in, second-factor-needed */
  async list(importer: Importer): Promise<{ imports: ImportRun[] }> {
    return { imports: await this.visible(importer) };
  }

  private async visible(importer: Importer, importId?: string): Promise<ImportRun[]> {
    if (!importer.operator) settled(importer.actor);
    const sight = networkSight(importer, 'network.import');
    const runs = await this.transactions.readInTenant(importer, (em) =>
      repository.listImports(em, sight, { importId, limit: LISTED }),
    );
    return runs.map(repository.toImportRun);
  }
}
