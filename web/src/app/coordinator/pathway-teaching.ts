import { Component, inject, input } from '@angular/core';
import type { PathwayPage } from '@throughway/contracts/pathways';
import { StatusWord } from '../ui/status-word';
import { TableFrame } from '../ui/table-frame';
import { Words } from '../ui/words';

/** What is taught and by whom: units nobody asks for, credentials asked for or not, educators and their currency. */
@Component({
  selector: 'app-pathway-teaching',
  imports: [StatusWord, TableFrame],
  templateUrl: './pathway-teaching.html',
})
export class PathwayTeaching {
  protected readonly words = inject(Words);
  readonly units = input.required<PathwayPage['units']>();
  readonly credentials = input.required<PathwayPage['credentials']>();
  readonly educators = input.required<PathwayPage['educators']>();
  readonly orphanHours = input.required<number>();
  readonly orphanShare = input.required<number | null>();
}
