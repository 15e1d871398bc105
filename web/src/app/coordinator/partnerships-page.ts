import { Component, computed, DOCUMENT, inject, input, numberAttribute, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Router, RouterLink } from '@angular/router';
import { PARTNERSHIP_FLAG_CODES } from '@throughway/vocabulary/alignment-result';
import { debounceTime, Subject } from 'rxjs';
import { NetworksClient } from '../data/networks-client';
import { type LadderFilter, PartnershipsClient } from '../data/partnerships-client';
import { type Trouble, troubleOf } from '../data/problem';
import { csvOf, download } from '../ui/csv';
import { FlagChip } from '../ui/flag-chip';
import { NetworkSwitch } from '../ui/network-switch';
import { Pager } from '../ui/pager';
import { RunReceipt } from '../ui/run-receipt';
import { SampleBanner } from '../ui/sample-banner';
import { Skeleton } from '../ui/skeleton';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';
import { ladderCsv } from './ladder-csv';
import { LadderRow } from './ladder-row';

const TYPING_PAUSE_MS = 300;
const RUNGS = [5, 4, 3, 2, 1, 0];

/** Partnerships as a ladder: how many stand on each rung, then one by one, advisory-only first. */
@Component({
  selector: 'app-partnerships-page',
  imports: [FlagChip, LadderRow, NetworkSwitch, Pager, RouterLink, RunReceipt, SampleBanner, Skeleton, TroubleNotice],
  templateUrl: './partnerships-page.html',
})
export class PartnershipsPage {
  protected readonly words = inject(Words);
  private readonly client = inject(PartnershipsClient);
  private readonly router = inject(Router);
  private readonly document = inject(DOCUMENT);

  readonly network = input<string>();
  readonly region = input<string>();
  readonly rung = input<string>();
  readonly flag = input<string>();
  readonly q = input<string>();
  readonly page = input(1, { transform: (page: unknown) => numberAttribute(page, 1) });

  private readonly filter = computed<LadderFilter>(() => ({
    network: this.network(),
    region: this.region(),
    rung: this.rung(),
    flag: this.flag(),
    q: this.q(),
  }));
  protected readonly ladder = this.client.ladder(() => ({ ...this.filter(), page: this.page() }));
  private readonly networks = inject(NetworksClient).list();
  /** Also the one shown, whose other pages its reader may not read. */
  protected readonly choices = computed(() => {
    const known = this.networks.value()?.networks ?? [];
    const shown = this.ladder.value()?.network;
    return !shown || known.some(({ slug }) => slug === shown.slug) ? known : [shown, ...known];
  });
  protected readonly flagCodes = PARTNERSHIP_FLAG_CODES;
  protected readonly filtered = computed(() => Boolean(this.region() ?? this.rung() ?? this.flag() ?? this.q()));
  protected readonly rungs = computed(() => {
    const counts = new Map(this.ladder.value()?.rungCounts.map(({ rung, count }) => [rung, count]));
    const most = Math.max(1, ...counts.values());
    return RUNGS.map((rung) => ({
      rung,
      count: counts.get(rung) ?? 0,
      height: ((counts.get(rung) ?? 0) / most) * 100,
    }));
  });
  /** The sentence that says what of the ladder the reader sees; null where it is all of it. */
  protected readonly visibility = computed(() => {
    const ladder = this.ladder.value();
    if (ladder === undefined || ladder.rowsVisible === 'all') return null;
    if (ladder.countsCover === 'own') return 'ladder.own-counts';
    return ladder.rowsVisible === 'own' ? 'ladder.own' : 'ladder.counts-only';
  });
  protected readonly downloading = signal(false);
  protected readonly downloadTrouble = signal<Trouble | null>(null);

  protected readonly typed = new Subject<string>();

  constructor() {
    this.typed.pipe(debounceTime(TYPING_PAUSE_MS), takeUntilDestroyed()).subscribe((q) => this.narrow({ q }));
  }

  /** Puts a filter into the address and goes back to the first page; a blank one is taken out. */
  protected narrow(choice: Partial<Record<keyof LadderFilter, string>>): void {
    const blanked = Object.fromEntries(Object.entries(choice).map(([name, value]) => [name, value || null]));
    void this.router.navigate([], {
      queryParams: { ...blanked, page: null },
      queryParamsHandling: 'merge',
      replaceUrl: 'q' in choice,
    });
  }

  /** Downloads every partnership that the filter lets through, in the order shown. */
  protected async downloadRows(): Promise<void> {
    this.downloading.set(true);
    this.downloadTrouble.set(null);
    try {
      const { header, rows } = ladderCsv(await this.client.allRows(this.filter()), this.words);
      download(`throughway-partnerships-${this.ladder.value()?.run.asOf}.csv`, csvOf(header, rows), this.document);
    } catch (error) {
      this.downloadTrouble.set(troubleOf(error));
    } finally {
      this.downloading.set(false);
    }
  }
}
