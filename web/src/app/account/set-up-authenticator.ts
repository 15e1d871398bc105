import { Component, computed, inject, output, signal } from '@angular/core';
import { type AuthenticatorSetup, ProfileClient } from '../data/profile-client';
import { Sending } from '../data/sending';
import { SessionStore } from '../data/session-store';
import { FocusHere } from '../ui/focus-here';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';
import { RecoveryCodes } from './recovery-codes';

/** An authenticator app: its picture or secret, the first code, then the recovery codes. */
@Component({
  selector: 'app-set-up-authenticator',
  imports: [FocusHere, RecoveryCodes, TroubleNotice],
  templateUrl: './set-up-authenticator.html',
})
export class SetUpAuthenticator {
  protected readonly words = inject(Words);
  private readonly client = inject(ProfileClient);
  private readonly store = inject(SessionStore);
  protected readonly sending = new Sending();
  protected readonly setup = signal<AuthenticatorSetup | null>(null);
  protected readonly codes = signal<readonly string[]>([]);
  /** The codes are on the screen, and nothing else may lead away from them. */
  readonly showsCodes = computed(() => this.codes().length > 0);
  readonly done = output();

  /** A first code that is wrong has no recovery code beside it. */
  protected readonly trouble = computed(() => {
    const trouble = this.sending.trouble();
    return trouble?.code === 'wrong-code' ? { ...trouble, code: 'wrong-first-code' } : trouble;
  });

  protected async start(): Promise<void> {
    const setup = await this.sending.run(() => this.client.startAuthenticator());
    if (setup) this.setup.set(setup);
  }

  protected async confirm(code: string): Promise<void> {
    const codes = await this.sending.run(() => this.client.confirmAuthenticator(code.replace(/\s/g, '')));
    if (codes) this.codes.set(codes);
  }

  /** Only now: a session that is settled would close this step, and the codes are never shown again. */
  protected async finish(): Promise<void> {
    await this.store.reload();
    this.setup.set(null);
    this.codes.set([]);
    this.done.emit();
  }
}
