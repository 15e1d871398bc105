import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { SessionStore } from '../data/session-store';
import { SampleMark } from '../ui/sample-mark';
import { Words } from '../ui/words';
import { FindEmployer } from './find-employer';

/** The organizations where the reader has a role; for schools' staff also every employer, to invite or to add. */
@Component({
  selector: 'app-organizations-page',
  imports: [FindEmployer, RouterLink, SampleMark],
  template: `
    <div class="page-head">
      <h1>{{ words.t('organizations.title') }}</h1>
      <p class="lede">{{ words.t('organizations.lede') }}</p>
    </div>
    @if (mine().length) {
      <ul class="plain organization-cards">
        @for (each of mine(); track each.organization.organizationId) {
          <li class="card">
            <h2>
              <a [routerLink]="['/organizations', each.organization.organizationId]">{{ each.organization.name }}</a>
              <app-sample-mark [sample]="each.organization.sample" />
            </h2>
            <p class="help">{{ words.t('organization-kind.' + each.organization.kind) }}</p>
            <p>{{ words.list(roleWords(each.roles)) }}</p>
          </li>
        }
      </ul>
    } @else {
      <p class="empty">{{ words.t('organizations.empty') }}</p>
    }
    @if (isEmployer()) {
      <p>
        <a routerLink="/shared-students">{{ words.t('organizations.shared-students') }}</a>
      </p>
    }
    @if (mayFindEmployers()) {
      <app-find-employer />
    }
  `,
})
export class OrganizationsPage {
  protected readonly words = inject(Words);
  private readonly store = inject(SessionStore);
  protected readonly mayFindEmployers = computed(() => this.store.holds('administrator', 'coordinator'));
  protected readonly isEmployer = computed(() => this.store.holds('employer-admin', 'employer-member'));
  protected readonly mine = computed(() => {
    const memberships = this.store.memberships();
    const ids = [...new Set(memberships.map(({ organization }) => organization.organizationId))];
    return ids.map((id) => {
      const held = memberships.filter(({ organization }) => organization.organizationId === id);
      return { organization: held[0]!.organization, roles: [...new Set(held.map(({ role }) => role))] };
    });
  });

  protected roleWords(roles: readonly string[]): string[] {
    return roles.map((role) => this.words.t(`role.${role}`));
  }
}
