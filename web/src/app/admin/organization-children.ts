import { Component, computed, inject, input, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Organization } from '@throughway/contracts/organizations';
import type { OrganizationKind } from '@throughway/vocabulary/roles';
import { OrganizationsClient } from '../data/organizations-client';
import { Sending } from '../data/sending';
import { SampleMark } from '../ui/sample-mark';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';

/** What may stand below each kind. */
const BELOW: Partial<Record<OrganizationKind, readonly OrganizationKind[]>> = {
  state: ['region'],
  region: ['district', 'college'],
  district: ['school'],
};

/** The schools of a district, the districts and colleges of a region, the regions of a state. */
@Component({
  selector: 'app-organization-children',
  imports: [RouterLink, SampleMark, TroubleNotice],
  template: `
    @if (organization().children.length) {
      <ul class="plain">
        @for (child of organization().children; track child.organizationId) {
          <li>
            <a [routerLink]="['/organizations', child.organizationId]">{{ child.name }}</a>
            <app-sample-mark [sample]="child.sample" />
            <span class="help">{{ words.t('organization-kind.' + child.kind) }}</span>
          </li>
        }
      </ul>
    } @else {
      <p>{{ words.t('children.none') }}</p>
    }
    @if (manages()) {
      <form class="narrow" (submit)="$event.preventDefault(); add(kind.value, name)">
        <h3>{{ words.t('children.add-title') }}</h3>
        <label class="field">
          <span>{{ words.t('children.kind') }}</span>
          <select #kind>
            @for (each of kinds(); track each) {
              <option [value]="each">{{ words.t('organization-kind.' + each) }}</option>
            }
          </select>
        </label>
        <label class="field">
          <span>{{ words.t('children.name') }}</span>
          <input #name required maxlength="200" autocomplete="off" />
        </label>
        @if (sending.trouble(); as trouble) {
          <app-trouble-notice [trouble]="trouble" [sending]="true" (retry)="sending.forget()" />
        }
        <p class="form-end">
          <button type="submit" [disabled]="sending.busy()">{{ words.t('children.add') }}</button>
          <span aria-live="polite">{{ told() }}</span>
        </p>
      </form>
    }
  `,
})
export class OrganizationChildren {
  protected readonly words = inject(Words);
  private readonly client = inject(OrganizationsClient);
  protected readonly sending = new Sending();
  protected readonly told = signal('');
  readonly organization = input.required<Organization>();
  readonly manages = input.required<boolean>();
  readonly changed = output<Organization>();
  protected readonly kinds = computed(() => BELOW[this.organization().kind] ?? []);

  protected async add(chosen: string, name: HTMLInputElement): Promise<void> {
    const kind = this.kinds().find((each) => each === chosen);
    if (!kind) return;
    const child = { kind, name: name.value.trim() };
    const changed = await this.sending.run(() => this.client.addChild(this.organization(), child));
    if (!changed) return;
    name.value = '';
    this.told.set(this.words.t('children.added', { name: child.name }));
    this.changed.emit(changed);
  }
}
