import { HttpClient, httpResource } from '@angular/common/http';
import { effect, inject, Injectable } from '@angular/core';
import type { ImportRun } from '@throughway/contracts/imports';
import { firstValueFrom } from 'rxjs';
import { type Answer, answer } from './answer';

const POLL_MS = 1_000;
const FINISHED: readonly ImportRun['state'][] = ['done', 'refused', 'failed'];

/** Whether nothing more will happen to an import. */
export function isFinished(run: ImportRun): boolean {
  return FINISHED.includes(run.state);
}

@Injectable({ providedIn: 'root' })
export class ImportsClient {
  private readonly http = inject(HttpClient);

  list() {
    return answer(httpResource<{ imports: ImportRun[] }>(() => '/api/imports'));
  }

  /** One import, asked for again about every second until it is finished. */
  watch(importId: () => string): Answer<ImportRun> {
    const watched = answer(
      httpResource<ImportRun>(() => `/api/imports/${encodeURIComponent(importId())}`),
      'keeps',
    );
    effect((onCleanup) => {
      const run = watched.value();
      if (watched.loading() || !run || isFinished(run)) return;
      const timer = setTimeout(() => watched.reload(), POLL_MS);
      onCleanup(() => clearTimeout(timer));
    });
    return watched;
  }

  /** Sends a CSV folder, as one zip or as its files; the answer is the import to watch. */
  create(upload: { files: readonly File[]; partial: boolean; token: string }): Promise<ImportRun> {
    const body = new FormData();
    for (const file of upload.files) body.append('files', file, file.name);
    const params = { partial: upload.partial ? 'yes' : 'no' };
    const headers: Record<string, string> = upload.token ? { authorization: `Bearer ${upload.token}` } : {};
    return firstValueFrom(this.http.post<ImportRun>('/api/imports', body, { params, headers }));
  }
}
