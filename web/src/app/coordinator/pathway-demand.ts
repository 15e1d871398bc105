import { Component, computed, inject, input } from '@angular/core';
import type { PathwayPage } from '@throughway/contracts/pathways';
import { StatusWord } from '../ui/status-word';
import { TableFrame } from '../ui/table-frame';
import { Words } from '../ui/words';

/** Demand in its three tiers, each with where it comes from; interview promises stand apart from job seats. */
@Component({
  selector: 'app-pathway-demand',
  imports: [StatusWord, TableFrame],
  templateUrl: './pathway-demand.html',
})
export class PathwayDemand {
  protected readonly words = inject(Words);
  readonly demand = input.required<PathwayPage['demand']>();
  readonly occupations = input.required<PathwayPage['pathway']['occupations']>();

  protected readonly tables = computed(() =>
    [
      { key: 'demand.seats', rows: this.demand().promised.filter(({ jobSeats }) => jobSeats) },
      { key: 'demand.doors', rows: this.demand().promised.filter(({ jobSeats }) => !jobSeats) },
    ].filter(({ rows }) => rows.length > 0),
  );
  protected readonly jobSeats = computed(() =>
    this.demand()
      .promised.filter(({ jobSeats }) => jobSeats)
      .reduce((sum, { seats }) => sum + seats, 0),
  );
  /** Null where no source projects any: not known is not zero. */
  protected readonly openings = computed(() =>
    this.demand().projected.length ? this.demand().projected.reduce((sum, row) => sum + row.annualOpenings, 0) : null,
  );

  protected titleOf(soc: string): string {
    return this.occupations().find((occupation) => occupation.soc === soc)?.title ?? soc;
  }
}
