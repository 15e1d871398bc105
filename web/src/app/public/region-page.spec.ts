import { describe, expect, test } from '@jest/globals';
import { fireEvent } from '@testing-library/dom';
import { openPage } from '../../testing/open-page';
import { aRegionList, aRegionPage } from '../../testing/a-region';

const answers = (region = aRegionPage()) => ({ '/api/regions/ekcep': region, '/api/regions': aRegionList() });

describe('Regions', () => {
  test('each name openings, source and vintage, and whether newer figures are due', async () => {
    const { page } = await openPage('/regions', answers());
    expect(page.getByRole('link', { name: 'EKCEP, KY' }).getAttribute('href')).toBe('/regions/ekcep');
    expect(page.getAllByText(/KYSTATS Occupational Outlook, 2022–2032/)).toHaveLength(2);
    expect(page.getAllByText('newer figures are due')).toHaveLength(2);
  });

  test('show the growing roles that lead each, with what they pay', async () => {
    const { page } = await openPage('/regions?network=sample', answers(), 'es');
    const role = page.getByText('Registered Nurses');
    expect(role.lang).toBe('en');
    expect(role.closest('li')!.textContent).toMatch(/24\.19 por hora/);
    expect(page.getAllByText('Empleos que crecen, con más vacantes')).toHaveLength(1);
    expect(page.getByRole('link', { name: 'EKCEP, KY' }).getAttribute('href')).toBe('/regions/ekcep?network=sample');
  });
});

describe('A region', () => {
  test('shows roles with openings, growth, wage and schooling', async () => {
    const { page } = await openPage('/regions/ekcep', answers());
    const row = page.getByRole('row', { name: /Electricians/ });
    for (const figure of ['52', '+7.1%', '+61 jobs, 2022–2032', '$26.55 an hour', 'High school']) {
      expect(row.textContent).toContain(figure);
    }
  });

  test('a role without wage, growth, schooling or skills says not known three times, and that O*NET has not rated it', async () => {
    const { page } = await openPage('/regions/ekcep', answers());
    const row = page.getByRole('row', { name: /Flight Attendants/ });
    expect(row.textContent.match(/not known/g)).toHaveLength(3);
    expect(row.textContent).toContain('O*NET has not rated this occupation');
  });

  test('roles are ordered through the address, and the table says how', async () => {
    const { page, settle, asked } = await openPage('/regions/ekcep?page=2', answers());
    const header = (name: string) => page.getByRole('columnheader', { name }).getAttribute('aria-sort');
    expect(header('Openings a year')).toBe('descending');
    fireEvent.click(page.getByRole('link', { name: 'Median wage' }));
    await settle();
    expect(asked.at(-1)).toBe('GET /api/regions/ekcep?sort=wage&page=1');
    expect([header('Openings a year'), header('Median wage')]).toEqual(['none', 'descending']);
  });

  test('leads on a phone past its roles to the map, and back to the regions of the same network', async () => {
    const { page } = await openPage('/regions/ekcep?network=sample', answers());
    fireEvent.click(page.getByRole('link', { name: 'To the map and the sources' }));
    expect(document.activeElement).toBe(page.getByRole('heading', { name: '2 counties' }));
    expect(page.getByRole('link', { name: 'Back to all regions' }).getAttribute('href')).toBe(
      '/regions?network=sample',
    );
  });

  test('says which gate is in force and what it leaves out', async () => {
    const { page, root } = await openPage('/regions/ekcep', answers());
    expect(page.getByText(/roles that pay \$17\.88 an hour or more/)).toBeTruthy();
    expect(root.textContent).toContain(
      'Left out: 171 roles below the wage, 14 roles whose wage is not known, and 96 roles that do not grow.',
    );
    expect(root.textContent).not.toContain('more schooling.');
  });

  test('gates are chosen through the address', async () => {
    const { page, settle, asked } = await openPage('/regions/ekcep', answers());
    fireEvent.change(page.getByLabelText('Lowest median wage'), { target: { value: '2000' } });
    await settle();
    fireEvent.change(page.getByLabelText('Most schooling at entry'), { target: { value: 'associate' } });
    await settle();
    fireEvent.change(page.getByLabelText('Growth'), { target: { value: 'no' } });
    await settle();
    expect(asked.at(-1)).toBe(
      'GET /api/regions/ekcep?minWageHourlyCents=2000&maxEducation=associate&growing=no&page=1',
    );
  });

  test('no wage gate is said, too', async () => {
    const { page } = await openPage('/regions/ekcep', answers(aRegionPage({ wageGate: null })));
    expect(page.getByText('No wage gate is in force.')).toBeTruthy();
  });

  test('when no role passes the gates, it says what to change', async () => {
    const { page } = await openPage('/regions/ekcep', answers(aRegionPage({ occupations: [], rowCount: 0 })));
    expect(page.getByText(/Choose a lower wage or more schooling/)).toBeTruthy();
  });

  test('counties show people and unemployment, or that they are not known', async () => {
    const { page, showDeferred } = await openPage('/regions/ekcep', answers());
    await showDeferred();
    expect(page.getByRole('row', { name: /Perry County/ }).textContent).toMatch(
      /Rural–urban code: 7, small town, away from metro areas.*28,473.*6\.1%/,
    );
    expect(page.getByRole('row', { name: /Knott County/ }).textContent.match(/not known/g)).toHaveLength(3);
  });

  test('in Spanish, schooling and wages are Spanish', async () => {
    const { page } = await openPage('/regions/ekcep', answers(), 'es');
    const row = page.getByRole('row', { name: /Electricians/ });
    expect(row.textContent).toContain('Escuela secundaria');
    expect(row.textContent).toContain('por hora');
    expect(page.getByText('Electricians').lang).toBe('en');
    expect(row.querySelector('td:last-child [lang="en"]')?.textContent).toBe('Service Orientation');
    expect(page.getByRole('option', { name: /^Mediana \(.*17\.88 por hora\)$/ })).toBeTruthy();
  });
});
