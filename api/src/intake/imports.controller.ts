import { Controller } from '@nestjs/common';
import type { Request } from 'express';
import { type ImportRun, importsApi } from '@throughway/contracts/imports';
import { actorOf } from '../platform/auth/actor.js';
import { isOperator } from '../platform/auth/recognize.js';
import { Config } from '../platform/config/config.provider.js';
import { Following } from '../platform/http/following.js';
import { Handles, type Input } from '../platform/http/handles.js';
import { ImportsService } from './imports.service.js';
import { importerOf } from './import-tenancy.js';
import { hasToken } from '../platform/auth/has-token.js';

@Controller()
export class ImportsController {
  constructor(
    private readonly config: Config,
    private readonly imports: ImportsService,
    private readonly following: Following,
  ) {}

  @Handles(importsApi.list, 'network.import')
  list({ actor, request }: Input<typeof importsApi.list>): Promise<{ imports: ImportRun[] }> {
    return this.imports.list({ actor, operator: this.isOperator(request) });
  }

  @Handles(importsApi.get, 'network.import')
  get({ params, actor, request }: Input<typeof importsApi.get>): Promise<ImportRun> {
    return this.imports.find({ actor, operator: this.isOperator(request) }, params.importId);
  }

  @Handles(importsApi.progress, 'network.import')
  progress({ params, request }: Input<typeof importsApi.progress>): AsyncIterable<ImportRun> {
    const read = (): Promise<ImportRun> => {
      const reader = { actor: actorOf(request), operator: this.isOperator(request) };
      return this.imports.find(reader, params.importId);
    };
    return this.following.changes(request, read, ({ finishedAt }) => finishedAt !== null);
  }

  @Handles(importsApi.create, 'network.import')
  create({ query, request, actor }: Input<typeof importsApi.create>): Promise<ImportRun> {
    return this.imports.receive(request, query, importerOf(actor, this.provenBy(request)));
  }

  private isOperator(request: Request): boolean {
    const { token, local } = this.provenBy(request);
    return token || local;
  }

  /** What the request itself proves of who asks; where others can reach the server, being near it proves nothing. */
  private provenBy(request: Request): { token: boolean; local: boolean } {
    return { token: hasToken(request, this.config.IMPORT_TOKEN), local: isOperator(request) };
  }
}
