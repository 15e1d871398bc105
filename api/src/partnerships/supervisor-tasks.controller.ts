import { Controller } from '@nestjs/common';
import { type SupervisorLinks, supervisorLinksApi, type SupervisorTask } from '@throughway/contracts/supervisor-links';
import { Handles, type Input } from '../platform/http/handles.js';
import { SupervisorTasks } from './supervisor-tasks.service.js';

@Controller()
export class SupervisorTasksController {
  constructor(private readonly tasks: SupervisorTasks) {}

  @Handles(supervisorLinksApi.list, 'supervisor-link.manage')
  list({ actor, params }: Input<typeof supervisorLinksApi.list>): Promise<SupervisorLinks> {
    return this.tasks.list(actor, params.organizationId);
  }

  @Handles(supervisorLinksApi.create, 'supervisor-link.manage')
  create({ actor, params, body, request }: Input<typeof supervisorLinksApi.create>): Promise<SupervisorLinks> {
    return this.tasks.create(actor, request, params.organizationId, body);
  }

  @Handles(supervisorLinksApi.revoke, 'supervisor-link.manage')
  revoke({ actor, params }: Input<typeof supervisorLinksApi.revoke>): Promise<SupervisorLinks> {
    return this.tasks.revoke(actor, params.organizationId, params.linkId);
  }

  @Handles(supervisorLinksApi.open, 'supervisor-link.open')
  open({ body }: Input<typeof supervisorLinksApi.open>): Promise<SupervisorTask> {
    return this.tasks.open(body.token);
  }
}
