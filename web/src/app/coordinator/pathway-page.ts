import { Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { PathwaysClient } from '../data/pathways-client';
import { FlagEvidence } from '../ui/flag-evidence';
import { RunReceipt } from '../ui/run-receipt';
import { inRunWindow } from '../ui/run-window';
import { SampleBanner } from '../ui/sample-banner';
import { SeatFlow, type SeatFlowTarget } from '../ui/seat-flow';
import { Skeleton } from '../ui/skeleton';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';
import { PathwayDemand } from './pathway-demand';
import { PathwayMatches } from './pathway-matches';
import { PathwayTeaching } from './pathway-teaching';

/** Where one pathway leads: its seats, what each requirement asks against what is taught, and what to change first. */
@Component({
  selector: 'app-pathway-page',
  imports: [
    FlagEvidence,
    PathwayDemand,
    PathwayMatches,
    PathwayTeaching,
    RouterLink,
    RunReceipt,
    SampleBanner,
    SeatFlow,
    Skeleton,
    TroubleNotice,
  ],
  templateUrl: './pathway-page.html',
})
export class PathwayPage {
  protected readonly words = inject(Words);
  private readonly router = inject(Router);

  readonly pathwayId = input.required<string>();
  readonly cohort = input<string>();
  readonly network = input<string>();

  protected readonly answer = inject(PathwaysClient).pathway(() => ({
    pathwayId: this.pathwayId(),
    cohort: this.cohort(),
    network: this.network(),
  }));
  protected readonly outside = computed(() => {
    const page = this.answer.value();
    return page !== undefined && !inRunWindow(page.cohort.completesOn, page.run.asOf);
  });
  /** Seats that take graduates, most first, then those without one. */
  protected readonly targets = computed<SeatFlowTarget[]>(() => {
    const page = this.answer.value();
    if (!page || page.cohort.seated === null) return [];
    const seated = page.matches
      .filter((match) => match.seated > 0)
      .toSorted((a, b) => b.seated - a.seated)
      .map((match) => ({
        id: match.requirementId,
        label: match.title,
        under: `${match.employerName} · ${match.countyName}`,
        count: match.seated,
      }));
    const rest = page.cohort.expectedCompleters - page.cohort.seated;
    const without = {
      id: '',
      label: this.words.t('column.without-seat'),
      under: this.words.t('flow.without'),
      count: rest,
    };
    return rest > 0 ? [...seated, without] : seated;
  });

  protected showCohort(cohort: string): void {
    void this.router.navigate([], { queryParams: { cohort }, queryParamsHandling: 'merge' });
  }
}
