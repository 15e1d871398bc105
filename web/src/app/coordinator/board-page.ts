import { Component, computed, DOCUMENT, inject, input, numberAttribute, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Router, RouterLink } from '@angular/router';
import { COHORT_FLAG_CODES } from '@throughway/vocabulary/alignment-result';
import { debounceTime, Subject } from 'rxjs';
import { BoardClient, type BoardFilter } from '../data/board-client';
import { NetworksClient } from '../data/networks-client';
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
import { BoardMap } from './board-map';
import { BoardTable } from './board-table';
import { BoardTotals } from './board-totals';
import { boardCsv } from './board-csv';

const TYPING_PAUSE_MS = 300;

/** "Where our pathways lead": every cohort, most graduates without a seat first. The filter stands in the address. */
@Component({
  selector: 'app-board-page',
  imports: [
    BoardMap,
    BoardTable,
    BoardTotals,
    FlagChip,
    NetworkSwitch,
    Pager,
    RouterLink,
    RunReceipt,
    SampleBanner,
    Skeleton,
    TroubleNotice,
  ],
  templateUrl: './board-page.html',
})
export class BoardPage {
  protected readonly words = inject(Words);
  private readonly client = inject(BoardClient);
  private readonly router = inject(Router);
  private readonly document = inject(DOCUMENT);

  readonly network = input<string>();
  readonly region = input<string>();
  readonly flag = input<string>();
  readonly q = input<string>();
  readonly sort = input<string>();
  readonly page = input(1, { transform: (page: unknown) => numberAttribute(page, 1) });

  private readonly filter = computed<BoardFilter>(() => ({
    network: this.network(),
    region: this.region(),
    flag: this.flag(),
    q: this.q(),
    sort: this.sort(),
  }));
  protected readonly board = this.client.board(() => ({ ...this.filter(), page: this.page() }));
  protected readonly counties = this.client.counties(() => ({ network: this.network(), region: this.region() }));
  protected readonly networks = inject(NetworksClient).list();
  protected readonly flagCodes = COHORT_FLAG_CODES;
  /** Most cohorts first; the server's order among equals. */
  protected readonly flagCounts = computed(() =>
    (this.board.value()?.flagCounts ?? []).toSorted((a, b) => b.count - a.count),
  );
  protected readonly filtered = computed(() => Boolean(this.region() ?? this.flag() ?? this.q()));
  protected readonly downloading = signal(false);
  protected readonly downloadTrouble = signal<Trouble | null>(null);

  protected readonly typed = new Subject<string>();

  constructor() {
    this.typed.pipe(debounceTime(TYPING_PAUSE_MS), takeUntilDestroyed()).subscribe((q) => this.narrow({ q }));
  }

  /** Puts a filter into the address and goes back to the first page; a blank one is taken out. */
  protected narrow(choice: Partial<Record<keyof BoardFilter, string>>): void {
    const blanked = Object.fromEntries(Object.entries(choice).map(([name, value]) => [name, value || null]));
    void this.router.navigate([], {
      queryParams: { ...blanked, page: null },
      queryParamsHandling: 'merge',
      replaceUrl: 'q' in choice,
    });
  }

  /** Downloads every row that the filter lets through, in the order shown. */
  protected async downloadRows(): Promise<void> {
    this.downloading.set(true);
    this.downloadTrouble.set(null);
    try {
      const { header, rows } = boardCsv(await this.client.allRows(this.filter()), this.words);
      download(`throughway-board-${this.board.value()?.run.asOf}.csv`, csvOf(header, rows), this.document);
    } catch (error) {
      this.downloadTrouble.set(troubleOf(error));
    } finally {
      this.downloading.set(false);
    }
  }
}
