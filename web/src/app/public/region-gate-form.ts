import { Component, computed, inject, input, output } from '@angular/core';
import type { EntryEducation, RegionPage } from '@throughway/contracts/regions';
import { Words } from '../ui/words';

/** Wages to choose from, in cents an hour. */
const WAGES = [1_500, 1_800, 2_000, 2_500, 3_000, 4_000];

/** Schooling from least to most; "any" is the absence of a gate. */
const EDUCATIONS = [
  'none',
  'high-school',
  'some-college',
  'postsecondary-certificate',
  'associate',
  'bachelor',
  'master',
  'doctoral',
] as const satisfies readonly EntryEducation[];

/** The gates of the region page: lowest wage, most schooling, growing or not. */
@Component({
  selector: 'app-region-gate-form',
  template: `
    <div class="controls">
      <label class="field wide">
        <span>{{ words.t('region.wage') }}</span>
        <select #wageChoice (change)="wage.emit(wageChoice.value)">
          <option value="" [selected]="!minWage()">{{ byDefault() }}</option>
          <option value="0" [selected]="minWage() === '0'">{{ words.t('region.any-wage') }}</option>
          @for (cents of wages(); track cents) {
            <option [value]="cents" [selected]="minWage() === '' + cents">
              {{ words.t('region.at-least', { wage: words.wage(cents) }) }}
            </option>
          }
        </select>
      </label>
      <label class="field">
        <span>{{ words.t('region.education') }}</span>
        <select #educationChoice (change)="education.emit(educationChoice.value)">
          <option value="" [selected]="!maxEducation()">{{ words.t('region.any-education') }}</option>
          @for (level of educations; track level) {
            <option [value]="level" [selected]="maxEducation() === level">{{ words.t('education.' + level) }}</option>
          }
        </select>
      </label>
      <label class="field">
        <span>{{ words.t('region.growth') }}</span>
        <select #growingChoice (change)="growing.emit(growingChoice.value)">
          <option value="" [selected]="onlyGrowing()">{{ words.t('region.only-growing') }}</option>
          <option value="no" [selected]="!onlyGrowing()">{{ words.t('region.all-roles') }}</option>
        </select>
      </label>
      <label class="field grow">
        <span>{{ words.t('region.search') }}</span>
        <input #search type="search" maxlength="100" [value]="q() ?? ''" (input)="typed.emit(search.value)" />
      </label>
    </div>
  `,
})
export class RegionGateForm {
  protected readonly words = inject(Words);
  /** As in the address; absent is the default. */
  readonly minWage = input<string>();
  readonly maxEducation = input<string>();
  readonly onlyGrowing = input(true);
  readonly q = input<string>();
  readonly gate = input.required<RegionPage['wageGate']>();
  readonly wage = output<string>();
  readonly education = output<string>();
  readonly growing = output<string>();
  readonly typed = output<string>();

  protected readonly educations = EDUCATIONS;
  protected readonly wages = computed(() => {
    const chosen = Number(this.minWage() ?? 0);
    return chosen > 0 && !WAGES.includes(chosen) ? [...WAGES, chosen].sort((a, b) => a - b) : WAGES;
  });
  protected readonly byDefault = computed(() => {
    const gate = this.gate();
    return gate?.basis === 'area-median'
      ? this.words.t('region.area-median-of', { wage: this.words.wage(gate.hourlyCents) })
      : this.words.t('region.area-median');
  });
}
