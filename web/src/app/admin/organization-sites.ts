import { Component, inject, input, output, signal } from '@angular/core';
import type { Organization } from '@throughway/contracts/organizations';
import { OrganizationsClient } from '../data/organizations-client';
import { Sending } from '../data/sending';
import { ConfirmButton } from '../ui/confirm-button';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';

/** Where an employer's work is done, by county. */
@Component({
  selector: 'app-organization-sites',
  imports: [ConfirmButton, TroubleNotice],
  template: `
    @if (organization().sites.length) {
      <ul class="plain rows">
        @for (site of organization().sites; track site.siteId) {
          <li>
            <div>
              {{ site.name }}
              <span class="under">{{ words.t('sites.county', { fips: site.countyFips }) }}</span>
            </div>
            @if (manages()) {
              <app-confirm-button
                [label]="words.t('sites.close')"
                [name]="words.t('sites.close-this', { name: site.name })"
                [question]="words.t('sites.close-question')"
                [disabled]="sending.busy()"
                (confirmed)="close(site.siteId)"
              />
            }
          </li>
        }
      </ul>
    } @else {
      <p>{{ words.t('sites.none') }}</p>
    }
    @if (manages()) {
      <form class="narrow" (submit)="$event.preventDefault(); add(name, county)">
        <h3>{{ words.t('sites.add-title') }}</h3>
        <label class="field">
          <span>{{ words.t('sites.name') }}</span>
          <input #name required maxlength="200" autocomplete="off" />
        </label>
        <label class="field" for="site-county">
          <span>{{ words.t('column.county-code') }}</span>
        </label>
        <input
          #county
          id="site-county"
          required
          inputmode="numeric"
          pattern="\\d{5}"
          maxlength="5"
          autocomplete="off"
          aria-describedby="site-county-help"
          [attr.title]="words.t('sites.county-help')"
        />
        <p id="site-county-help" class="help">{{ words.t('sites.county-help') }}</p>
        <p class="form-end">
          <button type="submit" [disabled]="sending.busy()">{{ words.t('sites.add') }}</button>
          <span aria-live="polite">{{ told() }}</span>
        </p>
      </form>
    }
    @if (sending.trouble(); as trouble) {
      <app-trouble-notice [trouble]="trouble" [sending]="true" (retry)="sending.forget()" />
    }
  `,
})
export class OrganizationSites {
  protected readonly words = inject(Words);
  private readonly client = inject(OrganizationsClient);
  protected readonly sending = new Sending();
  protected readonly told = signal('');
  readonly organization = input.required<Organization>();
  readonly manages = input.required<boolean>();
  readonly changed = output<Organization>();

  protected async add(name: HTMLInputElement, county: HTMLInputElement): Promise<void> {
    const site = { name: name.value.trim(), countyFips: county.value };
    const changed = await this.sending.run(() => this.client.addSite(this.organization(), site));
    if (!changed) return;
    name.value = '';
    county.value = '';
    this.told.set(this.words.t('sites.added', { name: site.name }));
    this.changed.emit(changed);
  }

  protected async close(siteId: string): Promise<void> {
    const changed = await this.sending.run(() => this.client.removeSite(this.organization(), siteId));
    if (!changed) return;
    this.told.set(this.words.t('sites.closed'));
    this.changed.emit(changed);
  }
}
