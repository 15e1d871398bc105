import { describe, expect, test } from '@jest/globals';
import { openPage } from '../../testing/open-page';

const ONET =
  'This product includes information from the O*NET 29.3 Database by the U.S. Department of Labor, Employment and ' +
  'Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. Modified.';

describe('The method page', () => {
  test('carries O*NET’s sentence as its licence asks, in either language', async () => {
    const { page } = await openPage('/method', {}, 'es');
    expect(page.getByText(ONET).getAttribute('lang')).toBe('en');
    expect(page.getByRole('heading', { level: 1 }).textContent).toBe('Cómo se hacen las cifras');
  });

  test('names every publisher whose figures are shown', async () => {
    const { page } = await openPage('/method', {});
    const sources = page.getByRole('region', { name: 'Sources' }).textContent;
    for (const publisher of [
      'KYSTATS',
      'Bureau of Labor Statistics',
      'Census Bureau',
      'Department of Agriculture',
      'IPEDS',
    ]) {
      expect(sources).toContain(publisher);
    }
  });

  test('explains every flag', async () => {
    const { page } = await openPage('/method', {});
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
