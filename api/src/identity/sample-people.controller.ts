import { Controller } from '@nestjs/common';
import type { Membership, PersonRef } from '@throughway/contracts/people';
import { type Session, sessionApi } from '@throughway/contracts/session';
import { Handles, type Input } from '../platform/http/handles.js';
import { SamplePeopleService } from './sample-people.service.js';

@Controller()
export class SamplePeopleController {
  constructor(private readonly service: SamplePeopleService) {}

  @Handles(sessionApi.samplePeople, 'public.read')
  list(): Promise<{ people: (PersonRef & { memberships: Membership[] })[] }> {
    return this.service.list();
  }

  @Handles(sessionApi.asSamplePerson, 'session.open')
  signIn({ body, request }: Input<typeof sessionApi.asSamplePerson>): Promise<Session> {
    return this.service.signIn(request, body.personId);
  }
}
