import { Component, computed, DOCUMENT, inject, type OnInit, signal } from '@angular/core';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { passkeysAt } from '../data/passkeys';
import { Sending } from '../data/sending';
import { SessionClient } from '../data/session-client';
import { SessionStore } from '../data/session-store';
import { FocusHere } from '../ui/focus-here';
import { PasswordField } from '../ui/password-field';
import { RoleLine } from '../ui/role-line';
import { Skeleton } from '../ui/skeleton';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';
import { Enrollment } from './enrollment';
import { fragmentOf, wholeToken } from './fragment';
import { PasskeyNotice } from './passkey-notice';
import { RememberedReturn } from './remembered-return';
import { homeOf, pathHere } from './return-path';
import { SecondFactor } from './second-factor';

/** Refusals that leave a mailed link as good as it was. */
const LATER = ['too-many-attempts', 'busy'];

/** Every way in, then what still stands between the sign-in and the person's rights, then on to `then` or their home. */
@Component({
  selector: 'app-sign-in-page',
  imports: [
    Enrollment,
    FocusHere,
    PasskeyNotice,
    PasswordField,
    RoleLine,
    RouterLink,
    SecondFactor,
    Skeleton,
    TroubleNotice,
  ],
  templateUrl: './sign-in-page.html',
})
export class SignInPage implements OnInit {
  protected readonly words = inject(Words);
  protected readonly store = inject(SessionStore);
  private readonly client = inject(SessionClient);
  private readonly router = inject(Router);
  private readonly document = inject(DOCUMENT);
  private readonly remembered = inject(RememberedReturn);
  private readonly route = inject(ActivatedRoute);

  protected readonly sending = new Sending();
  protected readonly passkeys = passkeysAt(this.document.location) === 'possible';
  protected readonly providers = this.client.providers();
  protected readonly samplePeople = this.client.samplePeople(
    () => this.store.session()?.development === true && this.step() === 'forms',
  );
  protected readonly password = signal('');
  protected readonly mailedTo = signal<string | null>(null);
  /** The secret of a mailed link. It is used up only by a click, so that a program that looks into mails does not do it. */
  protected readonly link = signal<string | null>(fragmentOf(this.route, 'link'));
  private readonly asked = signal(false);
  /** What was wanted when the link that was opened here was asked for. */
  private readonly mailedReturn = this.link() === null ? null : this.remembered.takeFromMail();

  protected readonly step = computed(() => {
    const session = this.store.session();
    if (!this.asked()) return 'loading';
    if (this.link() !== null) return 'link';
    return session?.person ? session.secondFactor : 'forms';
  });

  ngOnInit(): void {
    if (this.link() !== null) void this.router.navigate([], { queryParamsHandling: 'preserve', replaceUrl: true });
    void this.store.load().then(() => this.asked.set(true));
  }

  protected withPasskey(): Promise<void> {
    return this.enter(() => this.client.withPasskey());
  }

  protected withPassword(email: string): Promise<void> {
    return this.enter(() => this.client.withPassword(email.trim(), this.password()));
  }

  protected asSamplePerson(personId: string): Promise<void> {
    return this.enter(() => this.client.asSamplePerson(personId));
  }

  protected async openLink(): Promise<void> {
    const token = this.link() ?? '';
    await this.enter(() => this.client.withLink(wholeToken(token)));
    const trouble = this.sending.trouble();
    const stillGood = trouble && (trouble.kind === 'unreachable' || trouble.kind === 'broken');
    if (!stillGood && !LATER.includes(trouble?.code ?? '')) this.link.set(null);
  }

  protected async mailLink(email: HTMLInputElement): Promise<void> {
    if (!email.reportValidity()) return;
    this.mailedTo.set(null);
    const address = email.value.trim();
    await this.sending.run(async () => {
      await this.client.sendLink(address);
      this.remembered.keepForMail(this.wanted());
      this.mailedTo.set(address);
    });
  }

  /** Goes to the sign-in service; where to return to waits here, since the service does not carry it. */
  protected async withProvider(providerId: string): Promise<void> {
    const url = await this.sending.run(() => this.client.startProvider(providerId));
    if (url === undefined) return;
    this.remembered.keep(this.wanted());
    this.document.location.assign(url);
  }

  protected goOn(): void {
    const session = this.store.session();
    if (session?.person && session.secondFactor === 'settled')
      void this.router.navigateByUrl(this.wanted() ?? homeOf(session), { replaceUrl: true });
  }

  /** Not an input: a component with a `then` of its own would pass for a promise. */
  private wanted(): string | null {
    const then = this.route.snapshot.queryParamMap.get('then') ?? this.mailedReturn;
    return pathHere(then, this.document.location.origin);
  }

  private async enter(work: () => Promise<unknown>): Promise<void> {
    if (await this.sending.run(work)) this.goOn();
  }
}
