import { Component, computed, inject, input, output, signal } from '@angular/core';
import type { Organization } from '@throughway/contracts/organizations';
import { OrganizationsClient } from '../data/organizations-client';
import { Sending } from '../data/sending';
import { TroubleNotice } from '../ui/trouble-notice';
import { LANGUAGES, Words } from '../ui/words';

/** Invites someone by mail into a role that the reader may give. */
@Component({
  selector: 'app-invite-form',
  imports: [TroubleNotice],
  template: `
    <form class="narrow" (submit)="$event.preventDefault(); invite(email, role.value, language.value)">
      <label class="field">
        <span>{{ words.t('invite.email') }}</span>
        <input
          #email
          type="email"
          required
          maxlength="254"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
        />
      </label>
      <label class="field">
        <span>{{ words.t('invite.role') }}</span>
        <select #role>
          @for (each of givable(); track each) {
            <option [value]="each">{{ words.t('role.' + each) }}</option>
          }
        </select>
      </label>
      <label class="field">
        <span>{{ words.t('invite.language') }}</span>
        <select #language>
          @for (each of languages; track each) {
            <option [value]="each" [selected]="each === words.lang()">{{ words.t('nav.languages.' + each) }}</option>
          }
        </select>
      </label>
      @if (sending.trouble(); as trouble) {
        <app-trouble-notice [trouble]="trouble" [sending]="true" (retry)="invite(email, role.value, language.value)" />
      }
      <p class="form-end">
        <button type="submit" class="primary" [disabled]="sending.busy()">{{ words.t('invite.send') }}</button>
        <span aria-live="polite">
          @if (sentTo(); as address) {
            {{ words.t('invite.sent', { address }) }}
          }
        </span>
      </p>
    </form>
  `,
})
export class InviteForm {
  protected readonly words = inject(Words);
  protected readonly languages = LANGUAGES;
  private readonly client = inject(OrganizationsClient);
  protected readonly sending = new Sending();
  protected readonly sentTo = signal<string | null>(null);
  readonly organization = input.required<Organization>();
  readonly changed = output<Organization>();
  protected readonly givable = computed(() =>
    this.organization().mayGive.filter((role) => role !== 'student' && role !== 'guardian'),
  );

  protected async invite(email: HTMLInputElement, role: string, spoken: string): Promise<void> {
    this.sentTo.set(null);
    const given = this.givable().find((each) => each === role);
    if (!given) return;
    const address = email.value.trim();
    const invited = { email: address, role: given, language: spoken === 'es' ? ('es' as const) : ('en' as const) };
    const changed = await this.sending.run(() => this.client.invite(this.organization().organizationId, invited));
    if (!changed) return;
    email.value = '';
    this.sentTo.set(address);
    this.changed.emit(changed);
  }
}
