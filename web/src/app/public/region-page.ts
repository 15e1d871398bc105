import { Component, computed, DOCUMENT, inject, input, numberAttribute, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Router, RouterLink } from '@angular/router';
import { debounceTime, Subject } from 'rxjs';
import { type Trouble, troubleOf } from '../data/problem';
import { type RegionGates, RegionsClient } from '../data/regions-client';
import { csvOf, download } from '../ui/csv';
import { Pager } from '../ui/pager';
import { Skeleton } from '../ui/skeleton';
import { StatusWord } from '../ui/status-word';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';
import { occupationsCsv } from './occupations-csv';
import { RegionCounties } from './region-counties';
import { RegionGateForm } from './region-gate-form';
import { RegionOccupations } from './region-occupations';

const TYPING_PAUSE_MS = 300;

/** The growing roles of one area behind gates of wage and schooling; what the gates leave out is said. */
@Component({
  selector: 'app-region-page',
  imports: [Pager, RegionCounties, RegionGateForm, RegionOccupations, RouterLink, Skeleton, StatusWord, TroubleNotice],
  templateUrl: './region-page.html',
})
export class RegionPage {
  protected readonly words = inject(Words);
  private readonly client = inject(RegionsClient);
  private readonly router = inject(Router);
  private readonly document = inject(DOCUMENT);

  readonly areaId = input.required<string>();
  readonly minWageHourlyCents = input<string>();
  readonly maxEducation = input<string>();
  readonly growing = input<string>();
  readonly q = input<string>();
  readonly sort = input<string>();
  readonly network = input<string>();
  readonly page = input(1, { transform: (page: unknown) => numberAttribute(page, 1) });

  protected readonly gates = computed<RegionGates>(() => ({
    minWageHourlyCents: this.minWageHourlyCents(),
    maxEducation: this.maxEducation(),
    growing: this.growing(),
    q: this.q(),
    sort: this.sort(),
  }));
  protected readonly answer = this.client.region(() => ({
    ...this.gates(),
    areaId: this.areaId(),
    page: this.page(),
  }));
  /** What each gate left out, in words; gates that left nothing out are silent. */
  protected readonly leftOut = computed(() => {
    const counts = this.answer.value()?.leftOut;
    if (!counts) return [];
    return (['belowWage', 'wageUnknown', 'aboveEducation', 'notGrowing'] as const)
      .filter((gate) => counts[gate] > 0)
      .map((gate) => this.words.plural(`region.left-out.${gate}`, counts[gate]));
  });
  protected readonly downloadTrouble = signal<Trouble | null>(null);

  protected readonly typed = new Subject<string>();

  constructor() {
    this.typed.pipe(debounceTime(TYPING_PAUSE_MS), takeUntilDestroyed()).subscribe((q) => this.narrow({ q }));
  }

  /** Puts a gate into the address and goes back to the first page; a blank one falls back to the default. */
  protected narrow(choice: Partial<Record<keyof RegionGates, string>>): void {
    const blanked = Object.fromEntries(Object.entries(choice).map(([name, value]) => [name, value || null]));
    void this.router.navigate([], {
      queryParams: { ...blanked, page: null },
      queryParamsHandling: 'merge',
      replaceUrl: 'q' in choice,
    });
  }

  /** Leads to a part of this page; the page's base would send a plain fragment elsewhere. */
  protected jump(event: Event, to: HTMLElement): void {
    event.preventDefault();
    to.focus();
  }

  /** Downloads every role that passes the gates. */
  protected async downloadRows(): Promise<void> {
    this.downloadTrouble.set(null);
    try {
      const { header, rows } = occupationsCsv(
        await this.client.allOccupations(this.areaId(), this.gates()),
        this.words,
      );
      download(`throughway-region-${this.areaId()}.csv`, csvOf(header, rows), this.document);
    } catch (error) {
      this.downloadTrouble.set(troubleOf(error));
    }
  }
}
