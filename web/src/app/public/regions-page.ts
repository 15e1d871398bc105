import { Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { RegionsClient } from '../data/regions-client';
import { Skeleton } from '../ui/skeleton';
import { StatusWord } from '../ui/status-word';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';

/** The labor-market areas with a forecast, each with its leading growing roles and its source. */
@Component({
  selector: 'app-regions-page',
  imports: [RouterLink, Skeleton, StatusWord, TroubleNotice],
  template: `
    <div class="page-head">
      <h1>{{ words.t('regions.title') }}</h1>
      <p class="lede">{{ words.t('regions.lede') }}</p>
    </div>
    @if (answer.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" (retry)="answer.reload()" />
    }
    @if (answer.value(); as answered) {
      <ul class="plain side-by-side">
        @for (region of answered.regions; track region.areaId) {
          <li class="card">
            <h2>
              <a [routerLink]="['/regions', region.areaId]" [queryParams]="{ network: network() }"
                >{{ region.name }}, {{ region.state }}</a
              >
            </h2>
            <dl class="figures">
              <div>
                <dt>{{ words.t('regions.openings') }}</dt>
                <dd>{{ words.count(region.annualOpenings) }}</dd>
              </div>
              <div>
                <dt>{{ words.t('regions.occupations') }}</dt>
                <dd>{{ words.count(region.occupationCount) }}</dd>
              </div>
              <div>
                <dt>{{ words.t('regions.counties') }}</dt>
                <dd>{{ words.count(region.countyCount) }}</dd>
              </div>
            </dl>
            @if (region.topRoles.length) {
              <h3>{{ words.t('regions.top-roles') }}</h3>
              <ul class="top-roles">
                @for (role of region.topRoles; track role.soc) {
                  <li>
                    <span lang="en">{{ role.title }}</span>
                    <span>{{ words.wage(role.medianWageHourlyCents) }}</span>
                  </li>
                }
              </ul>
            }
            <p class="help">
              {{ words.t('source.line', { source: region.source.source, vintage: region.source.vintage }) }}
              @if (region.source.overdue) {
                <app-status-word is="waiting">{{ words.t('source.overdue') }}</app-status-word>
              }
            </p>
          </li>
        } @empty {
          <li class="empty">{{ words.t('regions.empty') }}</li>
        }
      </ul>
    } @else if (answer.loading()) {
      <app-skeleton [rows]="8" />
    }
  `,
})
export class RegionsPage {
  protected readonly words = inject(Words);
  readonly network = input<string>();
  protected readonly answer = inject(RegionsClient).list();
}
