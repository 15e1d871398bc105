import { Component, type ElementRef, inject, input, output, signal, viewChild } from '@angular/core';
import type { OrganizationRef } from '@throughway/contracts/people';
import type { StudentImportReport } from '@throughway/contracts/students';
import { readableFiles } from '../data/readable-files';
import { Sending } from '../data/sending';
import { StudentsClient } from '../data/students-client';
import { ErrorTable } from '../ui/error-table';
import { FocusHere } from '../ui/focus-here';
import { StatusWord } from '../ui/status-word';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';

/** What the file must have, and an example of each; the other columns may be left out. */
const COLUMNS = [
  { name: 'student_id', example: 'S-17' },
  { name: 'given_name', example: 'Ana' },
  { name: 'family_name', example: 'Sample' },
  { name: 'birth_date', example: '2009-04-02' },
  { name: 'email', example: 'ana@example.org' },
  { name: 'grade', example: '11' },
  { name: 'guardian_contacts', example: 'Eva Sample <eva@example.org>' },
] as const;

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
  protected readonly columns = COLUMNS;
  private readonly input = viewChild.required<ElementRef<HTMLInputElement>>('chosen');
  protected readonly report = signal<StudentImportReport | null>(null);

  protected choose(files: FileList | null): void {
    this.file.set(files?.item(0) ?? null);
    this.report.set(null);
  }

  protected async send(organizationId: string, partial: boolean): Promise<void> {
    const file = this.file();
    if (!file) return;
    this.report.set(null);
    const report = await this.sending.run(async () => {
      await readableFiles([file]);
      return this.client.upload({ organizationId, file, partial });
    });
    // A file that is corrected has to be chosen again: as it was, browsers do not read it.
    if (report || this.sending.trouble()?.code === 'file-unreadable') this.forgetFile();
    if (!report) return;
    this.report.set(report);
    if (report.added + report.changed > 0) this.saved.emit();
  }

  private forgetFile(): void {
    this.file.set(null);
    this.input().nativeElement.value = '';
  }
}
