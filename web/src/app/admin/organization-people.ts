import { Component, computed, inject, input, output, signal } from '@angular/core';
import { Router } from '@angular/router';
import type { Organization } from '@throughway/contracts/organizations';
import type { Role } from '@throughway/vocabulary/roles';
import { managesPeople, OrganizationsClient } from '../data/organizations-client';
import { Sending } from '../data/sending';
import { SessionStore } from '../data/session-store';
import { ConfirmButton } from '../ui/confirm-button';
import { TableFrame } from '../ui/table-frame';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';

/** Who has which role here; a role can be given and ended where the reader may. */
@Component({
  selector: 'app-organization-people',
  imports: [ConfirmButton, TableFrame, TroubleNotice],
  templateUrl: './organization-people.html',
})
export class OrganizationPeople {
  protected readonly words = inject(Words);
  private readonly client = inject(OrganizationsClient);
  private readonly store = inject(SessionStore);
  private readonly router = inject(Router);
  protected readonly sending = new Sending();
  protected readonly told = signal('');
  readonly organization = input.required<Organization>();
  readonly changed = output<Organization>();
  readonly removed = output();

  protected readonly manages = computed(() => managesPeople(this.organization()));
  /** Why nobody is listed: nobody is there, or the people are shown to their colleagues only. */
  protected readonly nobody = computed(() => (this.organization().mayGive.length > 0 ? 'nobody' : 'not-shown'));
  /** Roles that can be given to someone who is here already; those of students and guardians come from the records. */
  protected readonly givable = computed(() =>
    this.organization().mayGive.filter((role) => role !== 'student' && role !== 'guardian'),
  );

  /** What the person does not have here yet; nobody gives a role to themselves. */
  protected othersFor({ self, person: { personId } }: Organization['people'][number]): Role[] {
    if (self) return [];
    const held = this.organization()
      .people.filter(({ person }) => person.personId === personId)
      .map(({ role }) => role);
    return this.givable().filter((role) => !held.includes(role));
  }

  protected async give(personId: string, role: string): Promise<void> {
    const given = this.givable().find((each) => each === role);
    if (!given) return;
    const organization = this.organization();
    const changed = await this.sending.run(() => this.client.giveRole(organization, personId, given));
    if (!changed) return;
    this.told.set(this.words.t('organization.given', { role: this.words.t(`role.${given}`) }));
    this.changed.emit(changed);
  }

  protected async end(membershipId: string, isSelf: boolean): Promise<void> {
    const organization = this.organization();
    const isDone = await this.sending.run(async () => {
      await this.client.endMembership(organization, membershipId);
      return true;
    });
    if (!isDone) return;
    this.told.set(this.words.t('organization.ended'));
    if (!isSelf) return this.removed.emit();
    await this.store.reload();
    await this.router.navigate(['/organizations']);
  }
}
