import {
  HttpErrorResponse,
  HttpHeaders,
  HttpResponse,
  type HttpInterceptorFn,
  provideHttpClient,
  withInterceptors,
} from '@angular/common/http';
import { DeferBlockBehavior, DeferBlockState, TestBed } from '@angular/core/testing';
import { provideRouter, Router, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { provideTransloco, type Translation, TranslocoService } from '@jsverse/transloco';
import { within } from '@testing-library/dom';
import { firstValueFrom, of, throwError } from 'rxjs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { actOnce } from '../app/data/act-once';
import { rememberTags } from '../app/data/seen';
import { ROUTES } from '../app/routes';
import { type Language, LANGUAGES } from '../app/ui/words';

/** The words as they ship. */
export function wordsFile(lang: string): Translation {
  return JSON.parse(readFileSync(join(process.cwd(), 'web/src/i18n', `${lang}.json`), 'utf8')) as Translation;
}

/** A refusal, in the server's own words. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly code = 'refused',
    readonly fields: { path: string; found: string; expected: string }[] = [],
  ) {}
}

type Answered = Record<string, unknown> | Refusal;

/** What the server answers at a path; a function is asked each time anew. */
export type Answers = Record<string, Answered | (() => Answered)>;

/** Something that was sent to be done, and what it said beside its body. */
interface Command {
  url: string;
  key: string | null;
  ifMatch: string | null;
}

/** A page as a reader sees it, at an address, before a server that gives the answers; what was asked is kept. */
export async function openPage(url: string, answers: Answers, lang: Language = 'en') {
  const asked: string[] = [];
  const commands: Command[] = [];
  const server: HttpInterceptorFn = (request) => {
    asked.push(`${request.method} ${request.urlWithParams}`);
    const { method, url, headers: sent } = request;
    if (method !== 'GET') commands.push({ url, key: sent.get('Idempotency-Key'), ifMatch: sent.get('If-Match') });
    const found = answers[request.url];
    const answer = typeof found === 'function' ? found() : found;
    // Each answer its own: the ETag says which one it was.
    const headers = new HttpHeaders({ ETag: `"answer ${asked.length}"` });
    if (answer && !(answer instanceof Refusal))
      return of(new HttpResponse({ status: 200, body: { ...answer }, headers }));
    const status = answer?.status ?? 404;
    const error = {
      status,
      code: answer?.code ?? 'refused',
      detail: answer?.detail ?? `nothing at ${request.url}`,
      fields: answer?.fields,
      requestId: 'req-1',
    };
    return throwError(() => new HttpErrorResponse({ status, error, url: request.url }));
  };
  TestBed.configureTestingModule({
    deferBlockBehavior: DeferBlockBehavior.Manual,
    providers: [
      provideHttpClient(withInterceptors([actOnce, rememberTags, server])),
      provideRouter(ROUTES, withComponentInputBinding()),
      provideTransloco({
        config: { availableLangs: [...LANGUAGES], defaultLang: 'en', missingHandler: { allowEmpty: false } },
        loader: class {
          getTranslation = (asked: string) => Promise.resolve(wordsFile(asked));
        },
      }),
    ],
  });
  const transloco = TestBed.inject(TranslocoService);
  await firstValueFrom(transloco.load(lang));
  transloco.setActiveLang(lang);
  const harness = await RouterTestingHarness.create(url);
  await harness.fixture.whenStable();
  const root = harness.routeNativeElement?.parentElement;
  if (!root) throw new Error(`No page at ${url}`);
  return {
    page: within(root),
    root,
    asked,
    commands,
    settle: () => harness.fixture.whenStable(),
    address: () => TestBed.inject(Router).url,
    /** Renders what the page puts off until it is needed. */
    showDeferred: async () => {
      for (const block of await harness.fixture.getDeferBlocks()) await block.render(DeferBlockState.Complete);
      await harness.fixture.whenStable();
    },
  };
}
