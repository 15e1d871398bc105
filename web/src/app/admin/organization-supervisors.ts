import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import type { SupervisorLinks } from '@throughway/contracts/supervisor-links';
import { Sending } from '../data/sending';
import { SupervisorLinksClient } from '../data/supervisor-links-client';
import { ConfirmButton } from '../ui/confirm-button';
import { StatusWord } from '../ui/status-word';
import { TroubleNotice } from '../ui/trouble-notice';
import { LANGUAGES, Words } from '../ui/words';

const MARKS = { open: 'waiting', revoked: 'no', expired: 'no' } as const;

/** An employer's roles, shown to supervisors by a link that needs no account, and the links that are out. */
@Component({
  selector: 'app-organization-supervisors',
  imports: [ConfirmButton, StatusWord, TroubleNotice],
  template: `
    <p class="help">{{ words.t('supervisors.help') }}</p>
    @if (answer.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" (retry)="answer.reload()" />
    }
    @if (links(); as shown) {
      @if (shown.requirements.length) {
        <form class="narrow" (submit)="$event.preventDefault(); send(role.value, name, email, language.value)">
          <label class="field">
            <span>{{ words.t('supervisors.role') }}</span>
            <select #role>
              @for (each of shown.requirements; track each.network + ' ' + each.requirementId; let at = $index) {
                <option [value]="at">{{ each.title }}, {{ each.siteName }}</option>
              }
            </select>
          </label>
          <label class="field">
            <span>{{ words.t('supervisors.name') }}</span>
            <input #name required maxlength="200" autocomplete="off" />
          </label>
          <label class="field">
            <span>{{ words.t('invite.email') }}</span>
            <input #email type="email" required maxlength="254" autocomplete="off" autocapitalize="none" />
          </label>
          <label class="field">
            <span>{{ words.t('invite.language') }}</span>
            <select #language>
              @for (each of languages; track each) {
                <option [value]="each" [selected]="each === words.lang()">
                  {{ words.t('nav.languages.' + each) }}
                </option>
              }
            </select>
          </label>
          @if (sending.trouble(); as trouble) {
            <app-trouble-notice [trouble]="trouble" [sending]="true" (retry)="sending.forget()" />
          }
          <p class="form-end">
            <button type="submit" class="primary" [disabled]="sending.busy()">
              {{ words.t('supervisors.send') }}
            </button>
            <span aria-live="polite">{{ told() }}</span>
          </p>
        </form>
      } @else {
        <p>{{ words.t('supervisors.no-roles') }}</p>
      }
      <ul class="plain rows">
        @for (each of rows(); track each.linkId) {
          <li>
            <div>
              {{ each.supervisorName }}
              <span class="under">
                <span class="breakable">{{ each.email }}</span> · {{ each.title }} ·
                {{ words.t('supervisors.until', { at: words.instant(each.expiresAt) }) }}
              </span>
              <app-status-word [is]="each.mark">{{ words.t('supervisors.state.' + each.state) }}</app-status-word>
            </div>
            @if (each.state === 'open') {
              <app-confirm-button
                [label]="words.t('invitations.revoke')"
                [name]="words.t('supervisors.revoke-of', { name: each.supervisorName })"
                [question]="words.t('supervisors.revoke-question')"
                [disabled]="sending.busy()"
                (confirmed)="revoke(each.linkId)"
              />
            }
          </li>
        }
      </ul>
    }
  `,
})
export class OrganizationSupervisors {
  protected readonly words = inject(Words);
  protected readonly languages = LANGUAGES;
  private readonly client = inject(SupervisorLinksClient);
  readonly organizationId = input.required<string>();
  protected readonly answer = this.client.links(this.organizationId);
  protected readonly links = linkedSignal<SupervisorLinks | undefined>(() => this.answer.value());
  protected readonly rows = computed(() => this.links()?.links.map((each) => ({ ...each, mark: MARKS[each.state] })));
  protected readonly sending = new Sending();
  protected readonly told = signal('');

  protected async send(role: string, name: HTMLInputElement, email: HTMLInputElement, language: string): Promise<void> {
    this.told.set('');
    const chosen = this.links()?.requirements[Number(role)];
    if (!chosen) return;
    const { network, requirementId } = chosen;
    const address = email.value.trim();
    const changed = await this.sending.run(() =>
      this.client.create(this.organizationId(), {
        network,
        requirementId,
        supervisorName: name.value.trim(),
        email: address,
        language: language === 'es' ? 'es' : 'en',
      }),
    );
    if (!changed) return;
    name.value = '';
    email.value = '';
    this.links.set(changed);
    this.told.set(this.words.t('invite.sent', { address }));
  }

  protected async revoke(linkId: string): Promise<void> {
    const changed = await this.sending.run(() => this.client.revoke(this.organizationId(), linkId));
    if (!changed) return;
    this.links.set(changed);
    this.told.set(this.words.t('supervisors.revoked'));
  }
}
