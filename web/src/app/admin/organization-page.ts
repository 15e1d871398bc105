import { Component, computed, inject, input, linkedSignal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { managesPeople, OrganizationsClient } from '../data/organizations-client';
import { SampleMark } from '../ui/sample-mark';
import { Skeleton } from '../ui/skeleton';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';
import { InviteForm } from './invite-form';
import { OrganizationChildren } from './organization-children';
import { OrganizationInvitations } from './organization-invitations';
import { OrganizationPeople } from './organization-people';
import { OrganizationSites } from './organization-sites';
import { OrganizationSupervisors } from './organization-supervisors';

/** One organization: its people and their roles, open invitations, and what belongs to it. */
@Component({
  selector: 'app-organization-page',
  imports: [
    InviteForm,
    OrganizationChildren,
    OrganizationInvitations,
    OrganizationPeople,
    OrganizationSites,
    OrganizationSupervisors,
    RouterLink,
    SampleMark,
    Skeleton,
    TroubleNotice,
  ],
  templateUrl: './organization-page.html',
})
export class OrganizationPage {
  protected readonly words = inject(Words);
  readonly organizationId = input.required<string>();
  protected readonly answer = inject(OrganizationsClient).organization(this.organizationId);
  /** As answered last, by the page's request or by a change. */
  protected readonly organization = linkedSignal(() => this.answer.value());
  protected readonly invites = computed(() => (this.organization()?.mayGive.length ?? 0) > 0);
  protected readonly manages = computed(() => managesPeople(this.organization()));
}
