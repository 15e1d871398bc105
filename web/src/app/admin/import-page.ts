import { Component, computed, DOCUMENT, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ImportsClient, isFinished } from '../data/imports-client';
import { csvOf, download } from '../ui/csv';
import { ErrorTable } from '../ui/error-table';
import { Skeleton } from '../ui/skeleton';
import { TableFrame } from '../ui/table-frame';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';
import { ImportState } from './import-state';

/** One import: its progress as the server counts it, then its report. The id is in the address, so a reload loses nothing. */
@Component({
  selector: 'app-import-page',
  imports: [ErrorTable, ImportState, RouterLink, Skeleton, TableFrame, TroubleNotice],
  templateUrl: './import-page.html',
})
export class ImportPage {
  protected readonly words = inject(Words);
  private readonly document = inject(DOCUMENT);

  readonly importId = input.required<string>();

  protected readonly answer = inject(ImportsClient).watch(this.importId);
  protected readonly finished = computed(() => {
    const run = this.answer.value();
    return run !== undefined && isFinished(run);
  });

  /** Downloads the errors that the server sent (the first 1,000). */
  protected downloadErrors(): void {
    const errors = this.answer.value()?.errors ?? [];
    const header = ['file', 'line', 'column', 'found', 'expected'].map((name) => this.words.t(`column.${name}`));
    const rows = errors.map(({ file, line, column, found, expected }) => [file, line, column, found, expected]);
    download(`throughway-import-${this.importId()}.csv`, csvOf(header, rows), this.document);
  }
}
