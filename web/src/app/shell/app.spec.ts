import { Location } from '@angular/common';
import { HttpResponse, provideHttpClient, withInterceptors } from '@angular/common/http';
import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Title } from '@angular/platform-browser';
import { provideRouter, Router, TitleStrategy } from '@angular/router';
import { provideTransloco } from '@jsverse/transloco';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { fireEvent, waitFor, within } from '@testing-library/dom';
import { of } from 'rxjs';
import { aSession, STRANGER } from '../../testing/a-session';
import { App } from './app';
import { LanguageChoice, LanguageFiles } from './language';
import { PageTitle } from './page-title';

@Component({ template: '<h1>A page</h1>' })
class APage {}

async function start(url: string, session = STRANGER) {
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([() => of(new HttpResponse({ status: 200, body: session }))])),
      provideRouter([{ path: '**', component: APage, title: 'regions.title' }]),
      provideTransloco({ config: { availableLangs: ['en', 'es'], defaultLang: 'en' }, loader: LanguageFiles }),
      { provide: TitleStrategy, useClass: PageTitle },
    ],
  });
  await TestBed.inject(LanguageChoice).start();
  TestBed.inject(Router).setUpLocationChangeListener();
  const app = TestBed.createComponent(App);
  await TestBed.inject(Router).navigateByUrl(url);
  await app.whenStable();
  const root = app.nativeElement as HTMLElement;
  document.body.append(root);
  return { root, page: within(root), settle: () => app.whenStable() };
}

describe('The frame', () => {
  const scrolled = jest.spyOn(window, 'scrollTo');
  // jsdom has no layout to scroll.
  beforeEach(() => {
    scrolled.mockReset().mockImplementation(() => undefined);
  });
  afterEach(() => localStorage.clear());

  test('says where the reader is and keeps the network from page to page', async () => {
    const { page } = await start('/regions?network=sample&q=nurse');
    const nav = within(page.getByRole('navigation', { name: 'Pages' }));
    expect(nav.getByRole('link', { current: 'page' }).textContent).toBe('Regions');
    expect(nav.getByRole('link', { name: 'Partnerships' }).getAttribute('href')).toBe('/partnerships?network=sample');
  });

  test('a chosen language is spoken at once, set on the document and remembered', async () => {
    const { page, settle } = await start('/regions');
    expect(document.documentElement.lang).toBe('en');
    fireEvent.click(page.getByRole('button', { name: 'Español' }));
    await waitFor(() => expect(document.documentElement.lang).toBe('es'));
    await settle();
    expect(page.getByRole('link', { name: 'Alianzas' })).toBeTruthy();
    expect(page.getByRole('button', { name: 'Español' }).getAttribute('aria-pressed')).toBe('true');
    expect(TestBed.inject(Title).getTitle()).toBe('Regiones · Throughway');
    TestBed.resetTestingModule();
    const again = await start('/regions');
    expect(again.page.getByRole('link', { name: 'Alianzas' })).toBeTruthy();
  });

  test('the skip link leads to the content', async () => {
    const { page } = await start('/regions');
    fireEvent.click(page.getByRole('link', { name: 'Skip to the content' }));
    expect(document.activeElement).toBe(page.getByRole('main'));
  });

  test('a new page begins at its top and takes the focus; a changed filter moves neither', async () => {
    const { page, settle } = await start('/regions');
    const link = page.getByRole('link', { name: 'Partnerships' });
    link.focus();
    await TestBed.inject(Router).navigateByUrl('/regions?q=nurse');
    await settle();
    expect(document.activeElement).toBe(link);
    expect(scrolled).not.toHaveBeenCalled();
    await TestBed.inject(Router).navigateByUrl('/partnerships');
    await settle();
    expect(document.activeElement).toBe(page.getByRole('main'));
    expect(scrolled).toHaveBeenCalledWith(0, 0);
  });

  test('going back returns to where the reader was', async () => {
    const { settle } = await start('/regions');
    Object.defineProperty(window, 'scrollY', { value: 420, configurable: true });
    await TestBed.inject(Router).navigateByUrl('/partnerships');
    TestBed.inject(Location).back();
    await waitFor(() => expect(TestBed.inject(Router).url).toBe('/regions'));
    await settle();
    await waitFor(() => expect(scrolled).toHaveBeenLastCalledWith(0, 420));
  });

  test('offers a stranger to sign in, and a person their own places and the way out', async () => {
    const { page } = await start('/regions');
    await waitFor(() => expect(page.getByRole('link', { name: 'Sign in' }).getAttribute('href')).toBe('/sign-in'));
    TestBed.resetTestingModule();
    const there = await start('/regions', aSession(['coordinator']));
    await waitFor(() => expect(there.page.getByText('Sample Person')).toBeTruthy());
    await there.settle();
    const links = within(there.root.querySelector('details')!).getAllByText(/./, { selector: 'li > *' });
    expect(links.map((link) => link.textContent.trim())).toEqual([
      'My account',
      'My organizations',
      'Students',
      'Sign out',
    ]);
    expect(there.page.queryByRole('link', { name: 'Sign in' })).toBeNull();
  });

  test('shows the merge queue to administrators of a region only', async () => {
    const session = aSession(['administrator']);
    const region = { ...session.memberships[0]!.organization, kind: 'region' as const };
    const { page } = await start('/regions', {
      ...session,
      memberships: [{ ...session.memberships[0]!, organization: region }],
    });
    await waitFor(() => expect(page.getByText('Duplicate employers')).toBeTruthy());
  });

  test('speaks the language of who signs in, unless another was chosen on this device', async () => {
    const session = aSession();
    const spanish = { ...session, person: { ...session.person!, language: 'es' as const } };
    await start('/regions', spanish);
    await waitFor(() => expect(document.documentElement.lang).toBe('es'));
    localStorage.setItem('throughway-language', 'en');
    TestBed.resetTestingModule();
    const { page } = await start('/regions', spanish);
    await waitFor(() => expect(page.getByText('Sample Person')).toBeTruthy());
    expect(document.documentElement.lang).toBe('en');
  });
});
