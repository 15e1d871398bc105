import { Component, computed, type ElementRef, inject, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { ImportsClient } from '../data/imports-client';
import { type Trouble, troubleOf } from '../data/problem';
import { readableFiles } from '../data/readable-files';
import { SessionStore } from '../data/session-store';
import { Skeleton } from '../ui/skeleton';
import { TableFrame } from '../ui/table-frame';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';
import { ImportState } from './import-state';

/** Send a CSV folder, and find the imports before it. */
@Component({
  selector: 'app-imports-page',
  imports: [ImportState, RouterLink, Skeleton, TableFrame, TroubleNotice],
  templateUrl: './imports-page.html',
})
export class ImportsPage {
  protected readonly words = inject(Words);
  private readonly client = inject(ImportsClient);
  private readonly router = inject(Router);

  protected readonly answer = this.client.list();
  private readonly session = inject(SessionStore);
  /** Administrators, and whoever runs the server, who need not sign in. */
  protected readonly seesJobs = computed(() => this.session.holds('administrator') || this.session.person() === null);
  protected readonly files = signal<readonly File[]>([]);
  private readonly input = viewChild.required<ElementRef<HTMLInputElement>>('fileInput');
  protected readonly partial = signal(false);
  protected readonly sending = signal(false);
  protected readonly trouble = signal<Trouble | null>(null);
  /** Megabytes chosen, to one decimal. */
  protected readonly megabytes = computed(
    () => Math.ceil(this.files().reduce((sum, file) => sum + file.size, 0) / 100_000) / 10,
  );

  protected choose(files: FileList | null): void {
    this.files.set(files ? [...files] : []);
  }

  /** Sends the files and goes to the import's own page, where progress can be left and returned to. */
  protected async send(token: string): Promise<void> {
    this.sending.set(true);
    this.trouble.set(null);
    try {
      const files = await readableFiles(this.files());
      const run = await this.client.create({ files, partial: this.partial(), token });
      await this.router.navigate(['/imports', run.importId]);
    } catch (error) {
      const trouble = troubleOf(error);
      this.trouble.set(trouble);
      if (trouble.code === 'file-unreadable') this.forgetFiles();
    } finally {
      this.sending.set(false);
    }
  }

  private forgetFiles(): void {
    this.files.set([]);
    this.input().nativeElement.value = '';
  }
}
