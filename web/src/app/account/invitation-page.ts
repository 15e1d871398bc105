import { Component, computed, inject, type OnInit, signal } from '@angular/core';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import type { OpenedInvitation } from '@throughway/contracts/organizations';
import { InvitationsClient } from '../data/invitations-client';
import { Sending } from '../data/sending';
import { SessionStore } from '../data/session-store';
import { FocusHere } from '../ui/focus-here';
import { SampleMark } from '../ui/sample-mark';
import { Skeleton } from '../ui/skeleton';
import { TroubleNotice } from '../ui/trouble-notice';
import { type Language, LANGUAGES, Words } from '../ui/words';
import { Enrollment } from './enrollment';
import { FirstWayIn } from './first-way-in';
import { fragmentOf, wholeToken } from './fragment';
import { homeOf } from './return-path';
import { SecondFactor } from './second-factor';

/** An invitation, for whoever holds its link: what it offers, then acceptance, then how to sign in from now on. */
@Component({
  selector: 'app-invitation-page',
  imports: [Enrollment, FirstWayIn, FocusHere, RouterLink, SampleMark, SecondFactor, Skeleton, TroubleNotice],
  templateUrl: './invitation-page.html',
})
export class InvitationPage implements OnInit {
  protected readonly words = inject(Words);
  protected readonly languages = LANGUAGES;
  protected readonly store = inject(SessionStore);
  private readonly client = inject(InvitationsClient);
  private readonly router = inject(Router);
  private readonly token = fragmentOf(inject(ActivatedRoute), 'token');

  protected readonly opening = new Sending();
  protected readonly sending = new Sending();
  protected readonly offer = signal<OpenedInvitation | null>(null);
  /** What is left once accepted: a second factor, or for everyone else a first way to sign in. */
  private readonly left = signal<'acceptance' | 'second-factor' | 'first-way-in'>('acceptance');
  protected readonly renewed = signal(false);

  /** What went wrong with the link itself, on opening or on accepting. */
  protected readonly trouble = computed(() => this.sending.trouble() ?? this.opening.trouble());
  protected readonly runOut = computed(() => this.trouble()?.code === 'link-expired');
  protected readonly usedUp = computed(() => ['link-used', 'invitation-accepted'].includes(this.trouble()?.code ?? ''));
  protected readonly isSettled = computed(() => this.store.session()?.secondFactor === 'settled');
  protected readonly broken = this.token === null;
  protected readonly step = computed(() => {
    const secondFactor = this.store.session()?.secondFactor;
    if (this.left() === 'acceptance') return 'offer';
    if (this.left() === 'first-way-in') return 'first-way-in';
    return secondFactor === 'settled' ? 'going-on' : secondFactor;
  });

  ngOnInit(): void {
    void this.look();
  }

  protected async look(): Promise<void> {
    const token = this.token;
    if (token === null) return;
    const offer = await this.opening.run(() => this.client.open(wholeToken(token)));
    if (offer) this.offer.set(offer);
    // Perhaps it was used by the reader, who then has what it gave.
    else if (this.usedUp()) await this.store.load();
  }

  protected async accept(account?: { name: string; language: string }): Promise<void> {
    const language: Language = account?.language === 'es' ? 'es' : 'en';
    const given = account && { name: account.name.trim(), language };
    const session = await this.sending.run(() => this.client.accept(this.token ?? '', given));
    if (!session) return;
    this.left.set(session.secondFactor === 'settled' ? 'first-way-in' : 'second-factor');
    // The link is used up; it need not stay in the address.
    void this.router.navigate([], { replaceUrl: true });
  }

  /** An app is asked for beside a password or a link; a passkey is a way in by itself. */
  protected enrolled(by: 'passkey' | 'app'): void {
    const isNew = this.offer()?.known === false;
    if (by === 'app' && isNew && this.store.session()?.secondFactor === 'settled') this.left.set('first-way-in');
    else this.goOn();
  }

  protected async renew(): Promise<void> {
    await this.sending.run(async () => {
      await this.client.renew(this.token ?? '');
      this.renewed.set(true);
    });
  }

  protected goOn(): void {
    const session = this.store.session();
    if (session?.secondFactor === 'settled') void this.router.navigateByUrl(homeOf(session), { replaceUrl: true });
  }
}
