import { Component, computed, inject, input, numberAttribute } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Router, RouterLink } from '@angular/router';
import { debounceTime, Subject } from 'rxjs';
import { OrganizationsClient } from '../data/organizations-client';
import { SessionStore } from '../data/session-store';
import { StudentsClient } from '../data/students-client';
import { Pager } from '../ui/pager';
import { Skeleton } from '../ui/skeleton';
import { StatusWord } from '../ui/status-word';
import { TableFrame } from '../ui/table-frame';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';
import { RetentionOutlook } from './retention-outlook';
import { StudentsUpload } from './students-upload';

const TYPING_PAUSE_MS = 300;
const MARKS = { none: 'open', invited: 'waiting', linked: 'yes' } as const;

/** The students of the reader's schools: to find one, and to bring in a file. */
@Component({
  selector: 'app-students-page',
  imports: [Pager, RetentionOutlook, RouterLink, Skeleton, StatusWord, StudentsUpload, TableFrame, TroubleNotice],
  templateUrl: './students-page.html',
})
export class StudentsPage {
  protected readonly words = inject(Words);
  protected readonly marks = MARKS;
  private readonly router = inject(Router);
  private readonly store = inject(SessionStore);

  readonly school = input<string>();
  readonly q = input<string>();
  readonly page = input(1, { transform: (page: unknown) => numberAttribute(page, 1) });

  protected readonly answer = inject(StudentsClient).list(() => ({
    organizationId: this.school(),
    q: this.q(),
    page: this.page(),
  }));
  protected readonly filtered = computed(() => Boolean(this.school() ?? this.q()));

  private readonly offices = computed(() =>
    this.store
      .memberships()
      .filter(({ role }) => role === 'administrator' || role === 'coordinator')
      .map(({ organization }) => organization),
  );
  private readonly below = inject(OrganizationsClient).schoolsBelow(() =>
    this.offices()
      .filter(({ kind }) => ['district', 'region', 'state'].includes(kind))
      .map(({ organizationId }) => organizationId),
  );
  /** Schools and colleges whose students the reader may bring in, each once. */
  protected readonly schools = computed(() => {
    const own = this.offices().filter(({ kind }) => kind === 'school' || kind === 'college');
    const below = this.below.hasValue() ? this.below.value() : [];
    const each = new Map([...own, ...below].map((school) => [school.organizationId, school]));
    return [...each.values()].sort((a, b) => a.name.localeCompare(b.name));
  });

  protected readonly typed = new Subject<string>();

  constructor() {
    this.typed.pipe(debounceTime(TYPING_PAUSE_MS), takeUntilDestroyed()).subscribe((q) => this.narrow({ q }));
  }

  /** Puts a filter into the address and goes back to the first page; a blank one is taken out. */
  protected narrow(choice: { q?: string; school?: string }): void {
    const blanked = Object.fromEntries(Object.entries(choice).map(([name, value]) => [name, value || null]));
    void this.router.navigate([], {
      queryParams: { ...blanked, page: null },
      queryParamsHandling: 'merge',
      replaceUrl: 'q' in choice,
    });
  }
}
