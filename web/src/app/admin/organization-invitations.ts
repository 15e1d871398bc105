import { Component, computed, inject, input, output, signal } from '@angular/core';
import type { Organization } from '@throughway/contracts/organizations';
import { OrganizationsClient } from '../data/organizations-client';
import { Sending } from '../data/sending';
import { ConfirmButton } from '../ui/confirm-button';
import { StatusWord } from '../ui/status-word';
import { TroubleNotice } from '../ui/trouble-notice';
import { UnreachableNote } from '../ui/unreachable-note';
import { Words } from '../ui/words';

const MARKS = { open: 'waiting', expired: 'no' } as const;

/** Invitations into this organization: mailed again, or taken back. */
@Component({
  selector: 'app-organization-invitations',
  imports: [ConfirmButton, StatusWord, TroubleNotice, UnreachableNote],
  template: `
    @if (sending.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" [sending]="true" (retry)="sending.forget()" />
    }
    <p aria-live="polite" class="help">{{ told() }}</p>
    @if (organization().invitations.length) {
      <ul class="plain rows">
        @for (each of shown(); track each.invitationId) {
          <li>
            <div>
              <span class="breakable">{{ each.email }}</span>
              <span class="under">
                {{ words.t('role.' + each.role) }} ·
                {{ words.t('invitations.by', { name: each.invitedBy, at: words.instant(each.invitedAt) }) }}
              </span>
              <app-status-word [is]="each.mark">{{ words.t('invitations.state.' + each.state) }}</app-status-word>
              <app-unreachable-note [unreachable]="each.unreachable" />
            </div>
            @if (each.state === 'open') {
              <span class="row-buttons">
                <button
                  type="button"
                  [disabled]="sending.busy()"
                  [attr.aria-label]="words.t('invitations.resend-to', { address: each.email })"
                  (click)="resend(each.invitationId, each.email)"
                >
                  {{ words.t('invitations.resend') }}
                </button>
                <app-confirm-button
                  [label]="words.t('invitations.revoke')"
                  [name]="words.t('invitations.revoke-of', { address: each.email })"
                  [question]="words.t('invitations.revoke-question')"
                  [disabled]="sending.busy()"
                  (confirmed)="revoke(each.invitationId)"
                />
              </span>
            }
          </li>
        }
      </ul>
    } @else {
      <p>{{ words.t('invitations.none') }}</p>
    }
  `,
})
export class OrganizationInvitations {
  protected readonly words = inject(Words);
  private readonly client = inject(OrganizationsClient);
  protected readonly sending = new Sending();
  protected readonly told = signal('');
  readonly organization = input.required<Organization>();
  readonly changed = output<Organization>();
  protected readonly shown = computed(() =>
    this.organization().invitations.map((each) => ({ ...each, mark: MARKS[each.state] })),
  );

  protected resend(invitationId: string, address: string): Promise<void> {
    const { organizationId } = this.organization();
    return this.change(
      () => this.client.resendInvitation(organizationId, invitationId),
      this.words.t('invite.sent', { address }),
    );
  }

  protected revoke(invitationId: string): Promise<void> {
    const { organizationId } = this.organization();
    return this.change(
      () => this.client.revokeInvitation(organizationId, invitationId),
      this.words.t('invitations.revoked'),
    );
  }

  private async change(work: () => Promise<Organization>, told: string): Promise<void> {
    const changed = await this.sending.run(work);
    if (!changed) return;
    this.told.set(told);
    this.changed.emit(changed);
  }
}
