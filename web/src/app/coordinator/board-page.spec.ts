import { describe, expect, test } from '@jest/globals';
import { fireEvent, within } from '@testing-library/dom';
import type { Board } from '@throughway/contracts/board';
import { aBoard, aBoardCounty, aBoardRow, boardCounties, SAMPLE_NETWORK } from '../../testing/a-board';
import { openPage, Refusal } from '../../testing/open-page';

const NETWORKS = { networks: [SAMPLE_NETWORK] };
const answers = (board = aBoard(), counties = boardCounties()) => ({
  '/api/board': board,
  '/api/board/counties': counties,
  '/api/networks': NETWORKS,
});

/** The cells of the row that a header names. */
function cellsOf(row: HTMLElement): string[] {
  return [...row.querySelectorAll('td')].map((cell) => cell.textContent.trim().replace(/\s+/g, ' '));
}

describe('Where our pathways lead', () => {
  test('a cohort shows its graduates, seats, shares and flags', async () => {
    const { page } = await openPage('/', answers());
    const row = page.getByRole('row', { name: /Sample Welding/ });
    expect(
      within(row)
        .getByTitle(/^Even the closest job asks/)
        .textContent.trim(),
    ).toBe('Skills gap');
    expect(cellsOf(row)).toEqual(['May 14, 2027', '24', '12', '12', '50%', '88%', '100%', 'Skills gap']);
  });

  test('what is not known says so and never shows as zero', async () => {
    const unknown = aBoardRow({
      seated: null,
      withoutSeat: null,
      seatShare: null,
      bestCoverage: null,
      credentialRelevance: null,
      flags: [],
    });
    const board = aBoard({ rows: [unknown] });
    const { page } = await openPage('/', answers({ ...board, totals: { ...board.totals, projectedOpenings: null } }));
    expect(cellsOf(page.getByRole('row', { name: /Sample Welding/ })).slice(2, 7)).toEqual(Array(5).fill('not known'));
    expect(page.getByText('Projected openings').nextElementSibling?.textContent).toBe('not known');
  });

  test('a cohort outside the year of the run says so once and has no figures of seats', async () => {
    const { page } = await openPage(
      '/',
      answers(
        aBoard({ rows: [aBoardRow({ completesOn: '2028-05-12', seated: null, withoutSeat: null, seatShare: null })] }),
      ),
    );
    expect(cellsOf(page.getByRole('row', { name: /Sample Welding/ })).slice(0, 6)).toEqual([
      'May 12, 2028 outside this run’s year',
      '24',
      ...Array<string>(3).fill('–not counted'),
      '88%',
    ]);
  });

  test('projected openings name their source, its vintage, and that newer figures are due', async () => {
    const { page } = await openPage('/', answers());
    const source = page.getByText(/Sample statistics office, outlook, 2022–2032/);
    expect(source.textContent).toContain('newer figures are due');
  });

  test('the three tiers of demand stand side by side and are never added up', async () => {
    const { page, root } = await openPage('/', answers());
    for (const [tier, figure] of [
      ['Promised seats', '212'],
      ['Posted jobs', '640'],
      ['Projected openings', '3,117'],
    ] as const) {
      expect(page.getByText(tier, { selector: 'dt' }).nextElementSibling?.textContent).toBe(figure);
    }
    expect(root.textContent).not.toContain((212 + 640 + 3_117).toLocaleString('en-US'));
    expect(page.getByText(/never added up/)).toBeTruthy();
  });

  test('a sample network says that its figures are made up', async () => {
    const { page } = await openPage('/', answers());
    expect(page.getByRole('note').textContent).toContain('Sample data.');
  });

  test('a real network shows no sample banner', async () => {
    const real = aBoard({ network: { slug: 'main', name: 'Our region', sample: false } });
    const { page } = await openPage('/', answers(real));
    expect(page.queryByRole('note')).toBeNull();
  });

  test('sorting is announced in the table and asked of the server', async () => {
    const { page, asked, settle, address } = await openPage('/', answers());
    const header = () => page.getByRole('columnheader', { name: 'Seat share' });
    expect(page.getByRole('columnheader', { name: 'Without a seat' }).getAttribute('aria-sort')).toBe('descending');
    expect(header().getAttribute('aria-sort')).toBe('none');
    fireEvent.click(page.getByRole('link', { name: 'Seat share' }));
    await settle();
    expect(address()).toBe('/?sort=seat-share');
    expect(asked).toContain('GET /api/board?sort=seat-share&page=1');
    expect(header().getAttribute('aria-sort')).toBe('ascending');
  });

  test('choosing a flag keeps the rest of the filter and goes back to the first page', async () => {
    const { page, asked, settle } = await openPage('/?region=ekcep&page=3', answers());
    fireEvent.click(page.getByRole('link', { name: /Skills gap/ }));
    await settle();
    expect(asked).toContain('GET /api/board?region=ekcep&flag=skills-gap&page=1');
  });

  test('totals of the rows shown leave out cohorts without a seat count', async () => {
    const rows = [aBoardRow(), aBoardRow({ cohortId: 'b', expectedCompleters: 9, seated: null, withoutSeat: null })];
    const { page } = await openPage('/', answers(aBoard({ rows })));
    expect(cellsOf(page.getByRole('row', { name: /^Rows shown here/ })).slice(1, 5)).toEqual(['24', '12', '12', '50%']);
  });

  test('rows that are all there is are summed once', async () => {
    const { totals } = aBoard();
    const all = { ...totals, completers: 24, seated: 12, withoutSeat: 12 };
    const { page } = await openPage('/', answers(aBoard({ totals: all })));
    expect(page.queryByRole('row', { name: /^Rows shown here/ })).toBeNull();
    expect(cellsOf(page.getByRole('row', { name: /^All in this run/ })).slice(1, 5)).toEqual(['24', '12', '12', '50%']);
  });

  test('flags with the most cohorts come first', async () => {
    const flagCounts: Board['flagCounts'] = [
      { code: 'empty-highway', count: 2 },
      { code: 'skills-gap', count: 9 },
      { code: 'built-outward', count: 2 },
    ];
    const { page } = await openPage('/', answers(aBoard({ flagCounts })));
    const names = within(page.getByRole('region', { name: 'What stands in the way' })).getAllByRole('link');
    expect(names.map((link) => link.textContent.trim().replace(/\s+/g, ' '))).toEqual([
      'Skills gap9 cohorts',
      'Empty highway2 cohorts',
      'Built outward2 cohorts',
    ]);
  });

  test('a filter that finds nothing says what to do', async () => {
    const { page } = await openPage('/?q=zzz', answers(aBoard({ rows: [], rowCount: 0 })));
    expect(page.getByText(/No cohort matches/)).toBeTruthy();
  });

  test('an empty network leads to the import', async () => {
    const { page } = await openPage('/', answers(aBoard({ rows: [], rowCount: 0 })));
    expect(page.getByRole('link', { name: 'Import a folder' }).getAttribute('href')).toBe('/imports');
  });

  test('the map has words and a table behind it', async () => {
    const counties = boardCounties([
      aBoardCounty(),
      aBoardCounty({ fips: '21119', name: 'Knott County', withoutSeat: 0 }),
    ]);
    const { page, showDeferred } = await openPage('/', answers(aBoard(), counties));
    await showDeferred();
    expect(page.getByRole('img').getAttribute('aria-label')).toContain('Perry County, KY (12)');
    expect(page.getByRole('rowheader', { name: 'Knott County, KY', hidden: true })).toBeTruthy();
    expect(page.getByText('0', { selector: '.map-legend span' })).toBeTruthy();
  });

  test('the legend of the map has no zero where no county has none', async () => {
    const { page, showDeferred } = await openPage('/', answers());
    await showDeferred();
    expect(page.getByText('no figures', { selector: '.map-legend span' })).toBeTruthy();
    expect(page.queryByText('0', { selector: '.map-legend span' })).toBeNull();
  });

  test('the receipt names the day, the engine and the fingerprint of the input', async () => {
    const { page } = await openPage('/', answers());
    expect(page.getByText('throughway-alignment/1.0.0')).toBeTruthy();
    expect(page.getByText(/^9f2c1a77/)).toBeTruthy();
  });

  test('a refusal shows the server’s own words', async () => {
    const { page } = await openPage('/', {
      ...answers(),
      '/api/board': new Refusal(400, 'flag: found “x”, expected a flag.'),
    });
    expect(page.getByRole('alert').textContent).toContain('flag: found “x”, expected a flag.');
  });

  test('in Spanish, words, numbers and dates are Spanish', async () => {
    const { page } = await openPage('/', answers(), 'es');
    expect(page.getByRole('heading', { level: 1 }).textContent).toBe('Adónde llevan nuestras trayectorias');
    const cells = cellsOf(page.getByRole('row', { name: /Sample Welding/ }));
    expect(cells[0]).toMatch(/14 may/);
    expect(cells.at(-1)).toBe('Faltan habilidades');
  });
});
