import { Component, computed, type ElementRef, inject, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { SessionStore } from '../data/session-store';
import { Words } from '../ui/words';

/** "Sign in", or the person's name with their places behind it. */
@Component({
  selector: 'app-account-menu',
  imports: [RouterLink],
  host: { class: 'account', '(keydown.escape)': 'close(true)', '(focusout)': 'left($event)' },
  templateUrl: './account-menu.html',
})
export class AccountMenu {
  protected readonly words = inject(Words);
  protected readonly store = inject(SessionStore);
  private readonly router = inject(Router);
  private readonly menu = viewChild<ElementRef<HTMLDetailsElement>>('menu');
  protected readonly leaving = signal(false);

  protected readonly places = computed(() => {
    const staff = this.store.holds('administrator', 'coordinator');
    const overRegion = this.store
      .memberships()
      .some(({ role, organization }) => role === 'administrator' && ['region', 'state'].includes(organization.kind));
    return [
      { path: '/profile', key: 'nav.profile' },
      ...(this.store.memberships().length > 0 ? [{ path: '/organizations', key: 'nav.organizations' }] : []),
      ...(staff ? [{ path: '/students', key: 'nav.students' }] : []),
      ...(this.store.holds('student', 'guardian') ? [{ path: '/my-students', key: 'nav.my-students' }] : []),
      ...(this.store.holds('student', 'guardian') ? [{ path: '/consent', key: 'nav.consent' }] : []),
      ...(this.store.holds('employer-admin', 'employer-member')
        ? [{ path: '/shared-students', key: 'nav.shared-students' }]
        : []),
      ...(this.store.holds('administrator', 'employer-admin') ? [{ path: '/audit', key: 'nav.audit' }] : []),
      ...(this.store.holds('administrator') ? [{ path: '/jobs', key: 'nav.jobs' }] : []),
      ...(overRegion ? [{ path: '/system', key: 'nav.system' }] : []),
      ...(overRegion ? [{ path: '/duplicates', key: 'nav.duplicates' }] : []),
    ];
  });

  protected close(takeFocus = false): void {
    const menu = this.menu()?.nativeElement;
    if (!menu?.open) return;
    menu.open = false;
    if (takeFocus) menu.querySelector<HTMLElement>('summary')?.focus();
  }

  /** The focus went elsewhere on the page; a click into the page's blank does not count, nor does another window. */
  protected left({ relatedTarget }: FocusEvent): void {
    if (relatedTarget instanceof Node && !this.menu()?.nativeElement.contains(relatedTarget)) this.close();
  }

  /** Signs out here. */
  protected async leave(): Promise<void> {
    this.leaving.set(true);
    try {
      await this.store.end();
      await this.router.navigate(['/sign-in']);
    } finally {
      this.leaving.set(false);
    }
  }
}
