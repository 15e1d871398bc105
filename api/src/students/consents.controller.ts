import { Controller } from '@nestjs/common';
import {
  type Consent,
  consentsApi,
  type Disclosures,
  type MyConsents,
  type SharedStudent,
  type SharedStudents,
  type StudentConsents,
} from '@throughway/contracts/consents';
import { Handles, type Input } from '../platform/http/handles.js';
import { ConsentAsking } from './consent-asking.service.js';
import { ConsentDecisions } from './consent-decisions.service.js';
import { ConsentsService } from './consents.service.js';
import { SharedStudentsService } from './shared-students.service.js';

@Controller()
export class ConsentsController {
  constructor(
    private readonly asking: ConsentAsking,
    private readonly consents: ConsentsService,
    private readonly decisions: ConsentDecisions,
    private readonly shared: SharedStudentsService,
  ) {}

  @Handles(consentsApi.ask, 'consent.ask')
  ask({ actor, params, body, request }: Input<typeof consentsApi.ask>): Promise<StudentConsents> {
    return this.asking.ask(actor, request, params.studentId, body);
  }

  @Handles(consentsApi.list, 'consent.read')
  list({ actor, params }: Input<typeof consentsApi.list>): Promise<StudentConsents> {
    return this.consents.list(actor, params.studentId);
  }

  @Handles(consentsApi.mine, 'consent.read-own')
  mine({ actor }: Input<typeof consentsApi.mine>): Promise<MyConsents> {
    return this.consents.mine(actor);
  }

  @Handles(consentsApi.answer, 'consent.answer')
  answer({ actor, params, body }: Input<typeof consentsApi.answer>): Promise<Consent> {
    return this.decisions.answer(actor, params.consentId, body.answer);
  }

  @Handles(consentsApi.withdraw, 'consent.withdraw')
  withdraw({ actor, params }: Input<typeof consentsApi.withdraw>): Promise<Consent> {
    return this.decisions.withdraw(actor, params.consentId);
  }

  @Handles(consentsApi.openLink, 'consent.by-link')
  openLink({ body }: Input<typeof consentsApi.openLink>): Promise<Consent> {
    return this.decisions.openLink(body.token);
  }

  @Handles(consentsApi.answerByLink, 'consent.by-link')
  answerByLink({ body }: Input<typeof consentsApi.answerByLink>): Promise<Consent> {
    return this.decisions.answerByLink(body.token, body.answer);
  }

  @Handles(consentsApi.withdrawByLink, 'consent.by-link')
  withdrawByLink({ body }: Input<typeof consentsApi.withdrawByLink>): Promise<Consent> {
    return this.decisions.withdrawByLink(body.token);
  }

  @Handles(consentsApi.disclosures, 'disclosure.read')
  disclosures({ actor, params, query }: Input<typeof consentsApi.disclosures>): Promise<Disclosures> {
    return this.consents.disclosures(actor, params.studentId, query);
  }

  @Handles(consentsApi.shared, 'shared-student.read')
  sharedStudents({ actor, query }: Input<typeof consentsApi.shared>): Promise<SharedStudents> {
    return this.shared.list(actor, query);
  }

  @Handles(consentsApi.sharedStudent, 'shared-student.read')
  sharedStudent({ actor, params }: Input<typeof consentsApi.sharedStudent>): Promise<{ shared: SharedStudent[] }> {
    return this.shared.get(actor, params.studentId);
  }
}
