import { Component, inject, input, output, signal } from '@angular/core';
import type { OrganizationRef } from '@throughway/contracts/people';
import type { StudentImportReport } from '@throughway/contracts/students';
import { Sending } from '../data/sending';
import { StudentsClient } from '../data/students-client';
import { ErrorTable } from '../ui/error-table';
import { FocusHere } from '../ui/focus-here';
import { StatusWord } from '../ui/status-word';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';

/** Sends one school's file of students; the report says what was saved, or where each mistake stands. */
@Component({
  selector: 'app-students-upload',
  imports: [ErrorTable, FocusHere, StatusWord, TroubleNotice],
  templateUrl: './students-upload.html',
})
export class StudentsUpload {
  protected readonly words = inject(Words);
  private readonly client = inject(StudentsClient);
  readonly schools = input.required<readonly OrganizationRef[]>();
  readonly saved = output();
  protected readonly sending = new Sending();
  protected readonly file = signal<File | null>(null);
  protected readonly report = signal<StudentImportReport | null>(null);

  protected choose(files: FileList | null): void {
    this.file.set(files?.item(0) ?? null);
    this.report.set(null);
  }

  protected async send(organizationId: string, partial: boolean): Promise<void> {
    const file = this.file();
    if (!file) return;
    this.report.set(null);
    const report = await this.sending.run(() => this.client.upload({ organizationId, file, partial }));
    if (!report) return;
    this.report.set(report);
    if (report.added + report.changed > 0) this.saved.emit();
  }
}
