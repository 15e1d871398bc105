import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { SystemHealthClient } from '../data/system-health-client';
import { Skeleton } from '../ui/skeleton';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';

const MEGABYTE = 1e6;
const GIGABYTE = 1e9;

/** How the server is, for its operator and administrators of regions and states. */
@Component({
  selector: 'app-system-page',
  imports: [RouterLink, Skeleton, TroubleNotice],
  templateUrl: './system-page.html',
})
export class SystemPage {
  protected readonly words = inject(Words);
  protected readonly health = inject(SystemHealthClient).health();

  protected size(bytes: number): string {
    return bytes < GIGABYTE
      ? this.words.t('system.megabytes', { n: this.words.whole(bytes / MEGABYTE) })
      : this.words.t('system.gigabytes', { n: this.words.count(bytes / GIGABYTE) });
  }
}
