import { Component, computed, inject, input, numberAttribute } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { AuditEntry } from '@throughway/contracts/audit';
import { AUDIT_ACTIONS } from '@throughway/vocabulary/audit';
import { AuditClient } from '../data/audit-client';
import { Pager } from '../ui/pager';
import { Skeleton } from '../ui/skeleton';
import { TableFrame } from '../ui/table-frame';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';
import { AuditDetail } from './audit-detail';

/** Characters of a digest that are shown: enough to compare by eye with what the command prints. */
const SHOWN_DIGITS = 12;

/** Who did what to what, in the organizations whose people the reader manages; what is looked for stands in the address. */
@Component({
  selector: 'app-audit-page',
  imports: [AuditDetail, Pager, RouterLink, Skeleton, TableFrame, TroubleNotice],
  templateUrl: './audit-page.html',
})
export class AuditPage {
  protected readonly words = inject(Words);
  private readonly router = inject(Router);

  readonly organization = input<string>();
  readonly action = input<string>();
  readonly person = input<string>();
  readonly subject = input<string>();
  readonly from = input<string>();
  readonly to = input<string>();
  readonly page = input(1, { transform: (page: unknown) => numberAttribute(page, 1) });

  protected readonly answer = inject(AuditClient).search(() => ({
    organizationId: this.organization(),
    action: this.action(),
    person: this.person(),
    subject: this.subject(),
    from: this.from(),
    to: this.to(),
    page: this.page(),
  }));
  protected readonly filtered = computed(() =>
    [this.organization(), this.action(), this.person(), this.subject(), this.from(), this.to()].some(Boolean),
  );
  /** By what they are called here. */
  protected readonly actions = computed(() =>
    AUDIT_ACTIONS.map((code) => ({ code, name: this.words.t(`audit.action.${code}`) })).sort((a, b) =>
      a.name.localeCompare(b.name, this.words.lang()),
    ),
  );

  /** Puts what the form asks for into the address, blank fields left out, and goes back to the first page. */
  protected look(form: HTMLFormElement): void {
    const fields = Object.fromEntries(new FormData(form)) as Record<string, string>;
    const asked = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.trim() || null]));
    void this.router.navigate([], { queryParams: { ...asked, page: null }, queryParamsHandling: 'merge' });
  }

  protected who({ actor }: AuditEntry): string {
    return actor.name ?? this.words.t(`audit.actor.${actor.kind}`);
  }

  protected short(digest: string): string {
    return digest.slice(0, SHOWN_DIGITS);
  }
}
