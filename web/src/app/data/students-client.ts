import { HttpClient, httpResource } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { Student, StudentImportReport, StudentList } from '@throughway/contracts/students';
import { firstValueFrom } from 'rxjs';
import { answer } from './answer';
import { chosen } from './query';
import { asSeen } from './seen';

@Injectable({ providedIn: 'root' })
export class StudentsClient {
  private readonly http = inject(HttpClient);

  list(query: () => { organizationId: string | undefined; q: string | undefined; page: number }) {
    return answer(
      httpResource<StudentList>(() => ({ url: '/api/students', params: chosen({ ...query() }) })),
      'keeps',
    );
  }

  student(studentId: () => string) {
    return answer(httpResource<Student>(() => at(studentId())));
  }

  mine() {
    return answer(httpResource<{ students: Student[] }>(() => '/api/my-students'));
  }

  /** Sends one school's students, whole or not at all unless `partial`. */
  upload(sent: { organizationId: string; file: File; partial: boolean }): Promise<StudentImportReport> {
    const body = new FormData();
    body.append('files', sent.file, sent.file.name);
    const params = { organizationId: sent.organizationId, partial: sent.partial ? 'yes' : 'no' };
    return firstValueFrom(this.http.post<StudentImportReport>('/api/students', body, { params }));
  }

  /**
   * This and what follows take the record as it was answered: they are about what the reader saw. `language` is that of the mail; a
   * record names none.
   */
  inviteStudent(seen: Student, language: 'en' | 'es'): Promise<Student> {
    return firstValueFrom(this.http.post<Student>(`${at(seen.studentId)}/invitation`, { language }, asSeen(seen)));
  }

  inviteGuardian(seen: Student, guardianId: string, language: 'en' | 'es'): Promise<Student> {
    const path = `${at(seen.studentId)}/guardians/${guardianId}/invitation`;
    return firstValueFrom(this.http.post<Student>(path, { language }, asSeen(seen)));
  }

  /** For good, whole. */
  erase(seen: Student): Promise<{ erased: true }> {
    return firstValueFrom(this.http.delete<{ erased: true }>(at(seen.studentId), asSeen(seen)));
  }

  /** Ends what the student's account, or a guardian's, may see of the record. */
  unlink(seen: Student, guardianId?: string): Promise<Student> {
    const who = guardianId === undefined ? '' : `/guardians/${guardianId}`;
    return firstValueFrom(this.http.delete<Student>(`${at(seen.studentId)}${who}/account`, asSeen(seen)));
  }
}

function at(studentId: string): string {
  return `/api/students/${encodeURIComponent(studentId)}`;
}
