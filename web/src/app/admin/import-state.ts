import { Component, computed, inject, input } from '@angular/core';
import type { ImportRun } from '@throughway/contracts/imports';
import { StatusWord } from '../ui/status-word';
import { Words } from '../ui/words';

/** Where an import stands, as a shape and a word. */
@Component({
  selector: 'app-import-state',
  imports: [StatusWord],
  template: `<app-status-word [is]="mark()">{{ words.t('import.state.' + state()) }}</app-status-word>`,
})
export class ImportState {
  protected readonly words = inject(Words);
  readonly state = input.required<ImportRun['state']>();
  protected readonly mark = computed(() => {
    if (this.state() === 'done') return 'yes';
    return this.state() === 'refused' || this.state() === 'failed' ? 'no' : 'waiting';
  });
}
