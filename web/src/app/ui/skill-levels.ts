import { Component, computed, inject, input } from '@angular/core';
import { StatusWord } from './status-word';
import { Words } from './words';

/** One skill of a requirement: the level needed against the level taught. */
export interface SkillLine {
  skillId: string;
  name: string;
  required: number;
  taught: number;
  necessity: 'day-one' | 'trainable' | 'preferred';
  vote: 'essential' | 'important' | 'useful' | null;
}

/** Taught against required level, skill by skill: four steps each, filled as far as taught, outlined as far as needed. */
@Component({
  selector: 'app-skill-levels',
  imports: [StatusWord],
  template: `
    <ul class="skill-levels">
      @for (line of ordered(); track line.skillId) {
        <li>
          <span class="skill-name">
            <span lang="en">{{ line.name }}</span>
            <span class="under">
              {{ words.t('necessity.' + line.necessity) }}{{ line.vote ? ' · ' + words.t('vote.' + line.vote) : '' }}
            </span>
          </span>
          <svg viewBox="0 0 84 14" width="84" height="14" aria-hidden="true">
            @for (level of [1, 2, 3, 4]; track level) {
              <rect
                y="1"
                width="18"
                height="12"
                [attr.x]="(level - 1) * 21 + 1"
                [class.taught]="level <= line.taught"
                [class.needed]="level <= line.required"
              />
            }
          </svg>
          <app-status-word [is]="line.taught >= line.required ? 'yes' : line.necessity === 'day-one' ? 'no' : 'open'">
            {{ words.t('skill.levels', { taught: words.count(line.taught), required: words.count(line.required) }) }}
          </app-status-word>
        </li>
      }
    </ul>
  `,
})
export class SkillLevels {
  protected readonly words = inject(Words);
  readonly lines = input.required<readonly SkillLine[]>();
  /** Gaps first, then what is met, then what can wait; the given order within each. */
  protected readonly ordered = computed(() => this.lines().toSorted((a, b) => urgency(a) - urgency(b)));
}

function urgency(line: SkillLine): number {
  const isGap = line.necessity === 'day-one' && line.taught < line.required;
  return isGap ? 0 : ['day-one', 'trainable', 'preferred'].indexOf(line.necessity) + 1;
}
