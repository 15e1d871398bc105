import { Component, computed, inject, input, numberAttribute, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { EmployerDuplicate } from '@throughway/contracts/employer-duplicates';
import { EmployerDuplicatesClient } from '../data/employer-duplicates-client';
import { Sending } from '../data/sending';
import { Pager } from '../ui/pager';
import { Skeleton } from '../ui/skeleton';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';
import { DuplicatePair } from './duplicate-pair';

/** Pairs per page. */
const SIZE = 20;
const STATES = ['open', 'merged', 'distinct'] as const;

/** The merge queue: employers that may be one, for a person to say. A decision stays in place, so that it can be undone. */
@Component({
  selector: 'app-duplicates-page',
  imports: [DuplicatePair, Pager, RouterLink, Skeleton, TroubleNotice],
  templateUrl: './duplicates-page.html',
})
export class DuplicatesPage {
  protected readonly words = inject(Words);
  protected readonly states = STATES;
  private readonly client = inject(EmployerDuplicatesClient);

  /** In the address; without it what is open is shown. */
  readonly state = input<string>();
  readonly page = input(1, { transform: (page: unknown) => numberAttribute(page, 1) });
  protected readonly shownState = computed(() => STATES.find((each) => each === this.state()) ?? 'open');
  protected readonly answer = this.client.list(this.shownState);
  protected readonly sending = new Sending();
  protected readonly told = signal('');

  /** As decided on this page, by pair: a decided pair keeps its place until the list is asked for again. */
  private readonly decided = signal<ReadonlyMap<string, EmployerDuplicate>>(new Map());
  protected readonly pairs = computed(() =>
    (this.answer.value()?.duplicates ?? []).map((pair) => this.decided().get(pair.duplicateId) ?? pair),
  );
  protected readonly size = SIZE;
  /** Those of this page; of the last page when the address names one behind it. */
  protected readonly shownPage = computed(() =>
    Math.min(Math.max(1, Math.trunc(this.page())), Math.max(1, Math.ceil(this.pairs().length / SIZE))),
  );
  protected readonly shown = computed(() => this.pairs().slice((this.shownPage() - 1) * SIZE, this.shownPage() * SIZE));
  /** What is open now: as counted by the server, and moved by what was decided here since. */
  protected readonly openCount = computed(() => {
    const answer = this.answer.value();
    if (!answer) return null;
    const isOpen = (pair: EmployerDuplicate): number => (pair.state === 'open' ? 1 : 0);
    return answer.duplicates.reduce((count, pair) => {
      const now = this.decided().get(pair.duplicateId) ?? pair;
      return count + isOpen(now) - isOpen(pair);
    }, answer.openCount);
  });

  protected merge(pair: EmployerDuplicate, keepId: string): Promise<void> {
    return this.decide(() => this.client.merge(pair, keepId));
  }

  protected keepApart(pair: EmployerDuplicate): Promise<void> {
    return this.decide(() => this.client.keepApart(pair));
  }

  protected undo(pair: EmployerDuplicate): Promise<void> {
    return this.decide(() => this.client.undo(pair));
  }

  private async decide(work: () => Promise<EmployerDuplicate>): Promise<void> {
    const pair = await this.sending.run(work);
    if (!pair) return;
    this.decided.update((decided) => new Map(decided).set(pair.duplicateId, pair));
    this.told.set(this.words.t(`duplicates.told.${pair.state}`));
  }
}
