import { Controller } from '@nestjs/common';
import { organizationsApi } from '@throughway/contracts/organizations';
import type { OrganizationRef } from '@throughway/contracts/people';
import { Handles, type Input } from '../platform/http/handles.js';
import type { FoundEmployer } from './employers.repository.js';
import { EmployersService } from './employers.service.js';

@Controller()
export class EmployersController {
  constructor(private readonly service: EmployersService) {}

  @Handles(organizationsApi.findEmployers, 'employer.bring')
  find({ actor, query }: Input<typeof organizationsApi.findEmployers>): Promise<{ employers: FoundEmployer[] }> {
    return this.service.find(actor, query.q);
  }

  @Handles(organizationsApi.addEmployer, 'employer.bring')
  add({ actor, body }: Input<typeof organizationsApi.addEmployer>): Promise<OrganizationRef> {
    return this.service.add(actor, body);
  }
}
