import { describe, expect, jest, test } from '@jest/globals';
import { fireEvent, within } from '@testing-library/dom';
import { SAMPLE_NETWORK } from '../../testing/a-board';
import { aLadder } from '../../testing/a-partnership';
import { openPage } from '../../testing/open-page';

const answers = (ladder = aLadder()) => ({
  '/api/partnerships': ladder,
  '/api/networks': { networks: [SAMPLE_NETWORK, { slug: 'main', name: 'Our region', sample: false }] },
});

describe('Partnerships as a ladder', () => {
  test('count how many stand on each rung, the highest first', async () => {
    const { page } = await openPage('/partnerships', answers());
    const rungs = within(page.getByRole('region', { name: 'The ladder' })).getAllByRole('link');
    expect(rungs.map((rung) => /(\d+)\s*Rung (\d)/.exec(rung.textContent)?.slice(1))).toEqual([
      ['1', '5'],
      ['4', '4'],
      ['7', '3'],
      ['11', '2'],
      ['21', '1'],
      ['9', '0'],
    ]);
  });

  test('keep the server’s order and say why, since when and what to do next', async () => {
    const { page } = await openPage('/partnerships', answers());
    const names = page.getAllByRole('heading', { level: 3 }).map((heading) => heading.textContent.trim());
    expect(names[0]).toBe('Sample Fabrication × Sample Welding');
    const first = page.getAllByRole('heading', { level: 3 })[0]!.closest('li')!;
    expect(within(first).getByText('Advisory only')).toBeTruthy();
    expect(within(first).getByText('since Feb 10, 2025')).toBeTruthy();
    expect(within(first).getByText('Ask the other side to confirm what is already recorded.')).toBeTruthy();
  });

  test('a partnership without evidence says so', async () => {
    const { page } = await openPage('/partnerships', answers());
    expect(page.getByText('No evidence on record')).toBeTruthy();
    expect(page.getByText('Nothing is pending.')).toBeTruthy();
  });

  test('say to who only counts who sees which, and show counts of flags and no row', async () => {
    const ladder = aLadder({ rowsVisible: 'none', rowCount: 0, rows: [] });
    const { page } = await openPage('/partnerships', answers(ladder));
    expect(page.getByText(/^You see how many there are\./)).toBeTruthy();
    const flags = within(page.getByRole('region', { name: 'How many raise each flag' })).getAllByRole('listitem');
    expect(flags.map((flag) => /\d+$/.exec(flag.textContent.trim())?.[0])).toEqual(['21', '9', '3']);
    expect(page.queryByRole('button', { name: 'Download as CSV' })).toBeNull();
    expect(page.queryByText(/No partnerships yet/)).toBeNull();
  });

  test.each([
    ['network', /the ladder counts all of them/],
    ['own', /of your own organization alone/],
  ] as const)('say whose rows they list when they count the %s', async (countsCover, sentence) => {
    const { page } = await openPage('/partnerships', answers(aLadder({ rowsVisible: 'own', countsCover })));
    expect(page.getByText(sentence)).toBeTruthy();
    expect(page.getAllByRole('heading', { level: 3 })).toHaveLength(3);
  });

  test('choosing a rung asks the server for it, and choosing it again lets it go', async () => {
    const { page, settle, asked, address } = await openPage('/partnerships', answers());
    fireEvent.click(page.getByRole('link', { name: /Rung 1: Advisory/ }));
    await settle();
    expect(asked).toContain('GET /api/partnerships?rung=1&page=1');
    expect(page.getByRole('link', { name: /Rung 1: Advisory/ }).getAttribute('aria-current')).toBe('true');
    fireEvent.click(page.getByRole('link', { name: /Rung 1: Advisory/ }));
    await settle();
    expect(address()).toBe('/partnerships');
  });

  test('another data set is chosen through the address', async () => {
    const { page, settle, asked } = await openPage('/partnerships?region=ekcep', answers());
    fireEvent.change(page.getByLabelText('Data set'), { target: { value: 'main' } });
    await settle();
    expect(asked).toContain('GET /api/partnerships?network=main&page=1');
  });

  test('are taken along as CSV, every row of the filter, in words and plain dates', async () => {
    let taken: Blob | undefined;
    URL.createObjectURL = (blob: Blob) => ((taken = blob), 'blob:ladder');
    URL.revokeObjectURL = () => undefined;
    const clicked = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    const { page, settle, asked } = await openPage('/partnerships?rung=1', answers());
    fireEvent.click(page.getByRole('button', { name: 'Download as CSV' }));
    await settle();
    expect(asked).toContain('GET /api/partnerships?rung=1&page=1&size=100');
    expect((clicked.mock.contexts[0] as HTMLAnchorElement).download).toBe('throughway-partnerships-2026-06-30.csv');
    const text = await new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result);
      reader.readAsText(taken!);
    });
    const lines = String(text).trim().split('\r\n');
    expect(lines[1]).toBe(
      'Sample Fabrication,Sample Welding,Sample Mountain College,1,Advisory,Advisory only,2026-05-02,' +
        'Ask the other side to confirm what is already recorded.',
    );
    expect(lines[2]).toBe('Sample Hospital,Sample Practical Nursing,Sample Mountain College,0,Dormant,Dormant,,');
    clicked.mockRestore();
  });

  test('in Spanish, rungs, flags and steps are Spanish', async () => {
    const { page } = await openPage('/partnerships', answers(), 'es');
    expect(page.getByText('Solo asesora', { selector: 'app-flag-chip *' })).toBeTruthy();
    expect(page.getByText('Pedir a la otra parte que confirme lo que ya está anotado.')).toBeTruthy();
  });
});
