import { Component, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Router, RouterLink } from '@angular/router';
import { debounceTime, Subject } from 'rxjs';
import { OrganizationsClient } from '../data/organizations-client';
import { Sending } from '../data/sending';
import { SampleMark } from '../ui/sample-mark';
import { Skeleton } from '../ui/skeleton';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';

const TYPING_PAUSE_MS = 300;

/** Looks for an employer first, so that nobody adds one twice; adds it only when it is not there. */
@Component({
  selector: 'app-find-employer',
  imports: [RouterLink, SampleMark, Skeleton, TroubleNotice],
  templateUrl: './find-employer.html',
})
export class FindEmployer {
  protected readonly words = inject(Words);
  private readonly client = inject(OrganizationsClient);
  private readonly router = inject(Router);

  protected readonly q = signal('');
  protected readonly found = this.client.employers(this.q);
  protected readonly typed = new Subject<string>();
  protected readonly sending = new Sending();

  constructor() {
    this.typed.pipe(debounceTime(TYPING_PAUSE_MS), takeUntilDestroyed()).subscribe((q) => this.q.set(q));
  }

  /** Adds the employer and opens its page, where its first administrator is invited. */
  protected async add(name: string, webDomain: string, ein: string, another: boolean): Promise<void> {
    const facts = {
      name: name.trim(),
      another,
      ...(webDomain.trim() ? { webDomain: webDomain.trim() } : {}),
      ...(ein.trim() ? { ein: ein.trim() } : {}),
    };
    const employer = await this.sending.run(() => this.client.addEmployer(facts));
    if (employer) await this.router.navigate(['/organizations', employer.organizationId]);
  }
}
