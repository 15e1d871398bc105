import { Controller } from '@nestjs/common';
import { type ImportRun, importsApi } from '@throughway/contracts/imports';
import { Config } from '../platform/config/config.provider.js';
import { Handles, type Input } from '../platform/http/handles.js';
import { ImportsService } from './imports.service.js';
import { isOnThisMachine } from '../platform/http/on-this-machine.js';
import { hasToken } from './may-import.js';

@Controller()
export class ImportsController {
  constructor(
    private readonly config: Config,
    private readonly imports: ImportsService,
  ) {}

  @Handles(importsApi.list, 'network.import')
  list(): Promise<{ imports: ImportRun[] }> {
    return this.imports.list();
  }

  @Handles(importsApi.get, 'network.import')
  get({ params }: Input<typeof importsApi.get>): Promise<ImportRun> {
    return this.imports.find(params.importId);
  }

  @Handles(importsApi.create, 'network.import')
  create({ query, request, actor }: Input<typeof importsApi.create>): Promise<ImportRun> {
    const caller = { peer: request.socket.remoteAddress, headers: request.headers };
    const operator = { token: hasToken(caller, this.config.IMPORT_TOKEN), local: isOnThisMachine(caller) };
    return this.imports.receive(request, query, { actor, ...operator });
  }
}
