import { HttpClient, httpResource, provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ApplicationRef, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { describe, expect, test } from '@jest/globals';
import { type Answer, answer } from './answer';
import { troubleOf } from './problem';

type Rows = { rows: number[] };

/** An answer to `/rows?page=…` whose page can be turned, and the server's side of it. */
async function asking(keeps: 'keeps' | 'clears') {
  TestBed.configureTestingModule({ providers: [provideHttpClient(), provideHttpClientTesting()] });
  const page = signal(1);
  const asked: Answer<Rows> = TestBed.runInInjectionContext(() =>
    answer(
      httpResource<Rows>(() => `/rows?page=${page()}`),
      keeps,
    ),
  );
  const server = TestBed.inject(HttpTestingController);
  const settle = () => TestBed.inject(ApplicationRef).whenStable();
  TestBed.tick();
  server.expectOne('/rows?page=1').flush({ rows: [1] });
  await settle();
  expect(asked.value()).toEqual({ rows: [1] });
  page.set(2);
  TestBed.tick();
  return { asked, settle, next: server.expectOne('/rows?page=2') };
}

describe('An answer', () => {
  test('of a list keeps its rows while the next ones load', async () => {
    const { asked } = await asking('keeps');
    expect(asked.loading()).toBe(true);
    expect(asked.value()).toEqual({ rows: [1] });
  });

  test('about one thing is gone as soon as another is asked for', async () => {
    const { asked } = await asking('clears');
    expect(asked.value()).toBeUndefined();
  });

  test('of a list keeps its rows when the server cannot be reached', async () => {
    const { asked, next, settle } = await asking('keeps');
    next.error(new ProgressEvent('error'));
    await settle();
    expect(asked.value()).toEqual({ rows: [1] });
    expect(asked.trouble()?.kind).toBe('unreachable');
  });

  test('is gone when the server refuses, and the server’s words are kept', async () => {
    const { asked, next, settle } = await asking('keeps');
    const fields = [{ path: 'page', found: '2', expected: '1' }];
    next.flush(
      { code: 'not-found', detail: 'No such page.', requestId: 'req-9', fields },
      { status: 404, statusText: 'Not Found' },
    );
    await settle();
    expect(asked.value()).toBeUndefined();
    expect(asked.trouble()).toEqual({
      kind: 'not-found',
      code: 'not-found',
      detail: 'No such page.',
      fields,
      requestId: 'req-9',
    });
  });

  test.each([
    [400, 'refused'],
    [404, 'not-found'],
    [409, 'refused'],
    [500, 'broken'],
    [503, 'broken'],
  ])('with status %i is %s', (status, kind) => {
    TestBed.configureTestingModule({ providers: [provideHttpClient(), provideHttpClientTesting()] });
    let found: unknown;
    TestBed.inject(HttpClient)
      .get('/x')
      .subscribe({ error: (error: unknown) => (found = error) });
    TestBed.inject(HttpTestingController).expectOne('/x').flush('<h1>proxy</h1>', { status, statusText: 'x' });
    expect(troubleOf(found)).toEqual({ kind, code: null, detail: null, fields: [], requestId: null });
  });
});
