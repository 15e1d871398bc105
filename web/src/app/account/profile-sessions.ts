import { Component, inject, input, output } from '@angular/core';
import { Router } from '@angular/router';
import type { Profile } from '@throughway/contracts/profile';
import { ProfileClient } from '../data/profile-client';
import { Sending } from '../data/sending';
import { SessionClient } from '../data/session-client';
import { ConfirmButton } from '../ui/confirm-button';
import { StatusWord } from '../ui/status-word';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';

/** Where this person is signed in: to end one, or all. */
@Component({
  selector: 'app-profile-sessions',
  imports: [ConfirmButton, StatusWord, TroubleNotice],
  template: `
    <ul class="plain rows">
      @for (session of profile().sessions; track session.sessionId) {
        <li>
          <div>
            {{ session.device || words.t('profile.unknown-device') }}
            @if (session.here) {
              <app-status-word is="yes">{{ words.t('profile.here') }}</app-status-word>
            }
            <span class="under">
              {{
                words.t('profile.session', {
                  started: words.instant(session.startedAt),
                  seen: words.instant(session.lastSeenAt),
                })
              }}
            </span>
          </div>
          @if (!session.here) {
            <button
              type="button"
              [disabled]="sending.busy()"
              [attr.aria-label]="words.t('profile.end-this', { device: session.device })"
              (click)="end(session.sessionId)"
            >
              {{ words.t('profile.end') }}
            </button>
          }
        </li>
      }
    </ul>
    @if (sending.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" [sending]="true" (retry)="sending.forget()" />
    }
    <app-confirm-button
      [label]="words.t('profile.everywhere')"
      [name]="words.t('profile.everywhere')"
      [question]="words.t('profile.everywhere-question')"
      [disabled]="sending.busy()"
      (confirmed)="endAll()"
    />
  `,
})
export class ProfileSessions {
  protected readonly words = inject(Words);
  private readonly client = inject(ProfileClient);
  private readonly session = inject(SessionClient);
  private readonly router = inject(Router);
  protected readonly sending = new Sending();
  readonly profile = input.required<Profile>();
  readonly changed = output<Profile>();

  protected async end(sessionId: string): Promise<void> {
    const profile = await this.sending.run(() => this.client.endSession(sessionId));
    if (profile) this.changed.emit(profile);
  }

  protected async endAll(): Promise<void> {
    if (await this.sending.run(() => this.session.endAll())) await this.router.navigate(['/sign-in']);
  }
}
