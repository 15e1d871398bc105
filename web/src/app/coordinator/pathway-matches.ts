import { Component, computed, inject, input } from '@angular/core';
import type { PathwayMatch } from '@throughway/contracts/pathways';
import { ShareBar } from '../ui/share-bar';
import { SkillLevels } from '../ui/skill-levels';
import { StatusWord } from '../ui/status-word';
import { TableFrame } from '../ui/table-frame';
import { Words } from '../ui/words';

/** Requirements in reach, those the pathway aims at first: how far teaching covers each, and what is missing. */
@Component({
  selector: 'app-pathway-matches',
  imports: [ShareBar, SkillLevels, StatusWord, TableFrame],
  templateUrl: './pathway-matches.html',
})
export class PathwayMatches {
  protected readonly words = inject(Words);
  readonly matches = input.required<readonly PathwayMatch[]>();

  protected readonly mine = computed(() => this.matches().filter((match) => match.mine));
  protected readonly others = computed(() => this.matches().filter((match) => !match.mine));

  protected gapCount(match: PathwayMatch): number {
    return match.skills.filter((line) => line.necessity === 'day-one' && line.taught < line.required).length;
  }
}
