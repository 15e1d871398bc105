import { describe, expect, test } from '@jest/globals';
import { fireEvent } from '@testing-library/dom';
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

  test('a cohort outside the year of the run says so', async () => {
    const { page } = await openPage(
      '/',
      answers(aBoard({ rows: [aBoardRow({ completesOn: '2028-05-12', seated: null })] })),
    );
    expect(page.getByText('outside this run’s year')).toBeTruthy();
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
