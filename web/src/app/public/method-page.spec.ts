import { describe, expect, test } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { within } from '@testing-library/dom';
import { aRegion, aRegionList, aRegionPage } from '../../testing/a-region';
import { openPage, Refusal } from '../../testing/open-page';

const ONET =
  'This product includes information from the O*NET 29.3 Database by the U.S. Department of Labor, Employment and ' +
  'Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. Modified.';

const sources = [
  { source: 'O*NET', vintage: '29.3', attribution: ONET, overdue: false },
  { source: 'Sample census', vintage: '2019–23', attribution: 'Sample census bureau', overdue: true },
  aRegion().source,
];
const answers = { '/api/regions': aRegionList(), '/api/regions/ekcep': aRegionPage({ sources }) };

describe('The method page', () => {
  test('carries O*NET’s sentence as its licence asks, in either language', async () => {
    const { page } = await openPage('/method', answers, 'es');
    expect(page.getByText(ONET).getAttribute('lang')).toBe('en');
    expect(page.getByRole('heading', { level: 1 }).textContent).toBe('Cómo se hacen las cifras');
  });

  test('names the sources of the figures that are loaded, each once, with its vintage and whether newer are due', async () => {
    const { page } = await openPage('/method', answers);
    const listed = within(page.getByRole('region', { name: 'Sources' })).getAllByRole('listitem');
    expect(listed.map((item) => item.firstElementChild?.textContent)).toEqual([
      'O*NET, 29.3',
      'Sample census, 2019–23',
      'KYSTATS Occupational Outlook, 2022–2032',
    ]);
    expect(listed.map((item) => item.textContent.includes('newer figures are due'))).toEqual([false, true, true]);
  });

  test('says so when no region is loaded, or when the server does not tell', async () => {
    const none = await openPage('/method', { '/api/regions': { regions: [] } });
    expect(none.page.getByText('No figures of a region are loaded here yet.')).toBeTruthy();
    TestBed.resetTestingModule();
    const broken = await openPage('/method', { '/api/regions': new Refusal(503, 'The database does not answer.') });
    expect(broken.page.getByRole('alert').textContent).toContain('The database does not answer.');
  });

  test('says of the rungs what they are, and nothing of choosing one', async () => {
    const { page } = await openPage('/method', answers);
    const rungs = page.getByRole('region', { name: 'Rungs of partnership' }).textContent;
    expect(rungs).toContain('A partnership stands on the highest rung with confirmed evidence.');
    expect(rungs).not.toContain('Choose a rung');
  });

  test('explains every flag', async () => {
    const { page } = await openPage('/method', answers);
    expect(page.getByText('Empty highway')).toBeTruthy();
    expect(page.getByText('Fewer than half of the graduates find a seat.')).toBeTruthy();
    expect(page.getByText('Rubber stamp')).toBeTruthy();
  });
});

describe('An address that leads nowhere', () => {
  test('says so and leads on', async () => {
    const { page } = await openPage('/no/such/page', {});
    expect(page.getByRole('heading', { level: 1 }).textContent).toBe('Page not found');
    expect(page.getByRole('link', { name: 'Go to where our pathways lead' }).getAttribute('href')).toBe('/');
  });
});
