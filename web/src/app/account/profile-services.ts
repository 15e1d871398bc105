import { Component, computed, DOCUMENT, inject, input, output } from '@angular/core';
import type { Profile } from '@throughway/contracts/profile';
import { ProfileClient } from '../data/profile-client';
import { Sending } from '../data/sending';
import { SessionClient } from '../data/session-client';
import { ConfirmButton } from '../ui/confirm-button';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';
import { RememberedReturn } from './remembered-return';

/** School and company sign-in services that are linked to this person, and those that could be. */
@Component({
  selector: 'app-profile-services',
  imports: [ConfirmButton, TroubleNotice],
  template: `
    @if (profile().identities.length) {
      <ul class="plain rows">
        @for (identity of profile().identities; track identity.identityId) {
          <li>
            <div>
              {{ identity.provider }}
              <span class="under">
                {{ words.t('service.linked', { at: words.instant(identity.linkedAt) }) }}
                @if (identity.lastUsedAt) {
                  · {{ words.t('profile.last-used', { at: words.instant(identity.lastUsedAt) }) }}
                }
              </span>
            </div>
            <app-confirm-button
              [label]="words.t('service.unlink')"
              [name]="words.t('service.unlink-this', { name: identity.provider })"
              [question]="words.t('service.unlink-question', { name: identity.provider })"
              [disabled]="sending.busy()"
              (confirmed)="unlink(identity.identityId)"
            />
          </li>
        }
      </ul>
    } @else {
      <p>{{ words.t('service.none-linked') }}</p>
    }
    @for (provider of unlinked(); track provider.providerId) {
      <p>
        <button type="button" [disabled]="sending.busy()" (click)="link(provider.providerId)">
          {{ words.t('service.link', { name: provider.name }) }}
        </button>
      </p>
    }
    @if (sending.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" [sending]="true" (retry)="sending.forget()" />
    }
  `,
})
export class ProfileServices {
  protected readonly words = inject(Words);
  private readonly client = inject(ProfileClient);
  private readonly session = inject(SessionClient);
  private readonly remembered = inject(RememberedReturn);
  private readonly document = inject(DOCUMENT);
  protected readonly sending = new Sending();
  readonly profile = input.required<Profile>();
  readonly changed = output<Profile>();

  private readonly providers = this.session.providers();
  protected readonly unlinked = computed(() => {
    const linked = this.profile().identities.map(({ provider }) => provider);
    return (this.providers.value()?.providers ?? []).filter(
      ({ providerId, name }) => !linked.includes(name) && !linked.includes(providerId),
    );
  });

  protected async link(providerId: string): Promise<void> {
    const url = await this.sending.run(() => this.session.startProvider(providerId));
    if (url === undefined) return;
    this.remembered.keep('/profile');
    this.document.location.assign(url);
  }

  protected async unlink(identityId: string): Promise<void> {
    const profile = await this.sending.run(() => this.client.removeIdentity(identityId));
    if (profile) this.changed.emit(profile);
  }
}
