import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Board, BoardRow } from '@throughway/contracts/board';
import { FlagChip } from '../ui/flag-chip';
import { inRunWindow } from '../ui/run-window';
import { ShareBar } from '../ui/share-bar';
import { Words } from '../ui/words';

/** Columns in the board's order; a column with `sort` can be sorted by, in the direction that the server uses. */
const COLUMNS = [
  { key: 'pathway', sort: 'pathway', direction: 'ascending', number: false },
  { key: 'completes', sort: 'completes', direction: 'ascending', number: false },
  { key: 'graduates', sort: null, direction: null, number: true },
  { key: 'seated', sort: null, direction: null, number: true },
  { key: 'without-seat', sort: 'without-seat', direction: 'descending', number: true },
  { key: 'seat-share', sort: 'seat-share', direction: 'ascending', number: true },
  { key: 'coverage', sort: 'coverage', direction: 'ascending', number: true },
  { key: 'credentials', sort: null, direction: null, number: true },
  { key: 'flags', sort: null, direction: null, number: false },
] as const;

/** The board's rows; on a phone each row is a card. Roles are spelled out, since cards take the table's own away. */
@Component({
  selector: 'app-board-table',
  imports: [FlagChip, NgTemplateOutlet, RouterLink, ShareBar],
  templateUrl: './board-table.html',
})
export class BoardTable {
  protected readonly words = inject(Words);
  readonly rows = input.required<readonly BoardRow[]>();
  readonly totals = input.required<Board['totals']>();
  readonly asOf = input.required<string>();
  readonly network = input.required<string>();
  readonly sort = input.required<string>();

  protected readonly columns = COLUMNS;
  protected readonly shown = computed(() => {
    const inWindow = this.rows().filter((row) => row.seated !== null);
    const completers = sum(inWindow.map((row) => row.expectedCompleters));
    const seated = sum(inWindow.map((row) => row.seated ?? 0));
    return { completers, seated, withoutSeat: sum(inWindow.map((row) => row.withoutSeat ?? 0)) };
  });
  /** The rows shown are summed only where they are not all there is. */
  protected readonly foot = computed(() => {
    const [shown, all] = [this.shown(), this.totals()];
    const isAll = (['completers', 'seated', 'withoutSeat'] as const).every((figure) => shown[figure] === all[figure]);
    const line = { key: 'board.table.all', ...all };
    return isAll ? [line] : [{ key: 'board.table.shown', ...shown }, line];
  });

  /** Whether the run did not look for seats for it; a missing figure inside the run's year is not known. */
  protected outside(row: BoardRow): boolean {
    return row.seated === null && !inRunWindow(row.completesOn, this.asOf());
  }

  protected shareOf(seated: number, completers: number): number | null {
    return completers === 0 ? null : seated / completers;
  }
}

function sum(figures: readonly number[]): number {
  return figures.reduce((total, figure) => total + figure, 0);
}
