import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { COHORT_FLAG_CODES, PARTNERSHIP_FLAG_CODES } from '@throughway/vocabulary/alignment-result';
import { RegionsClient } from '../data/regions-client';
import { FlagChip } from '../ui/flag-chip';
import { Skeleton } from '../ui/skeleton';
import { StatusWord } from '../ui/status-word';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';

/** What the figures mean, in the order in which a reader meets them. */
const TERMS = ['seat', 'seat-share', 'coverage', 'ready', 'level', 'orphan', 'reach', 'live', 'kept-rate', 'run'];

/** How the figures are made, what the flags mean, and whose data they rest on. */
@Component({
  selector: 'app-method-page',
  imports: [FlagChip, RouterLink, Skeleton, StatusWord, TroubleNotice],
  templateUrl: './method-page.html',
})
export class MethodPage {
  protected readonly words = inject(Words);
  private readonly client = inject(RegionsClient);

  readonly network = input<string>();

  protected readonly terms = TERMS;
  protected readonly tiers = ['promised', 'posted', 'projected'];
  protected readonly rungs = [5, 4, 3, 2, 1, 0];
  protected readonly flagGroups = [
    { key: 'method.cohort-flags', codes: COHORT_FLAG_CODES },
    { key: 'method.partnership-flags', codes: PARTNERSHIP_FLAG_CODES },
  ];

  private readonly listed = this.client.list();
  private readonly first = this.client.firstOf(() => this.listed.value()?.regions);
  protected readonly loading = computed(() => this.listed.loading() || this.first.loading());
  protected readonly trouble = computed(() => this.listed.trouble() ?? this.first.trouble());
  /** What the areas and the page of the first name, each source in each vintage once, in the publishers' own words. */
  protected readonly sources = computed(() => {
    const areas = this.listed.value()?.regions.map(({ source }) => source) ?? [];
    const named = [...(this.first.value()?.sources ?? []), ...areas];
    return [...new Map(named.map((source) => [source.source + source.vintage, source])).values()];
  });

  protected reload(): void {
    this.listed.reload();
    this.first.reload();
  }
}
