import { HttpClient, httpResource } from '@angular/common/http';
import { computed, effect, inject, Injectable } from '@angular/core';
import type { ImportRun } from '@throughway/contracts/imports';
import { firstValueFrom } from 'rxjs';
import { type Answer, answer } from './answer';
import { listen } from './event-stream';

const ASK_AGAIN_MS = 1_000;
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

  /** One import, as it is and as it goes on until it is finished: told by the server, or asked for again when it does not tell. */
  watch(importId: () => string): Answer<ImportRun> {
    const path = (): string => `/api/imports/${encodeURIComponent(importId())}`;
    const resource = httpResource<ImportRun>(path);
    const watched = answer(resource, 'keeps');
    const goesOn = computed(() => {
      const run = watched.value();
      return !watched.loading() && run !== undefined && !isFinished(run);
    });
    effect((onCleanup) => {
      if (!goesOn()) return;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const stop = listen<ImportRun>(`${path()}/progress`, {
        next: (run) => resource.set(run),
        broken: () => (timer = setTimeout(() => watched.reload(), ASK_AGAIN_MS)),
      });
      onCleanup(() => {
        stop();
        clearTimeout(timer);
      });
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
