import { Controller } from '@nestjs/common';
import { auditApi, type AuditRecord } from '@throughway/contracts/audit';
import { Handles, type Input } from '../http/handles.js';
import { AuditSearch } from './audit-search.service.js';

@Controller()
export class AuditController {
  constructor(private readonly service: AuditSearch) {}

  @Handles(auditApi.search, 'audit.search')
  search({ asker, query }: Input<typeof auditApi.search>): Promise<AuditRecord> {
    return this.service.search(asker, query);
  }
}
