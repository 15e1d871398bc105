import { Component, inject, input } from '@angular/core';
import type { OrganizationRef } from '@throughway/contracts/people';
import type { Role } from '@throughway/vocabulary/roles';
import { SampleMark } from './sample-mark';
import { Words } from './words';

/** A role and where it is held. */
@Component({
  selector: 'app-role-line',
  imports: [SampleMark],
  template: `
    {{ words.t('role-at', { role: words.t('role.' + role()), organization: organization().name }) }}
    <app-sample-mark [sample]="organization().sample" />
  `,
})
export class RoleLine {
  protected readonly words = inject(Words);
  readonly role = input.required<Role>();
  readonly organization = input.required<OrganizationRef>();
}
