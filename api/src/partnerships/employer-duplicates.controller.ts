import { Controller } from '@nestjs/common';
import { type EmployerDuplicate, employerDuplicatesApi } from '@throughway/contracts/employer-duplicates';
import { Handles, type Input } from '../platform/http/handles.js';
import { DuplicateEmployers } from './duplicate-employers.service.js';

/** Here and not in identity, which decides: an answer names the networks that brought the employers in. */
@Controller()
export class EmployerDuplicatesController {
  constructor(private readonly duplicates: DuplicateEmployers) {}

  @Handles(employerDuplicatesApi.list, 'employer.decide-duplicates')
  list({
    actor,
    query,
  }: Input<typeof employerDuplicatesApi.list>): Promise<{ duplicates: EmployerDuplicate[]; openCount: number }> {
    return this.duplicates.list(actor, query.state);
  }

  @Handles(employerDuplicatesApi.merge, 'employer.decide-duplicates')
  merge({ actor, params, body, seen }: Input<typeof employerDuplicatesApi.merge>): Promise<EmployerDuplicate> {
    return this.duplicates.merge(actor, params.duplicateId, body.keepId, seen);
  }

  @Handles(employerDuplicatesApi.keepApart, 'employer.decide-duplicates')
  keepApart({ actor, params, seen }: Input<typeof employerDuplicatesApi.keepApart>): Promise<EmployerDuplicate> {
    return this.duplicates.keepApart(actor, params.duplicateId, seen);
  }

  @Handles(employerDuplicatesApi.undo, 'employer.decide-duplicates')
  undo({ actor, params, seen }: Input<typeof employerDuplicatesApi.undo>): Promise<EmployerDuplicate> {
    return this.duplicates.undo(actor, params.duplicateId, seen);
  }
}
