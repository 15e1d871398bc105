import { describe, expect, jest, test } from '@jest/globals';
import { within } from '@testing-library/dom';
import { aPartnershipPage } from '../../testing/a-partnership';
import { openPage } from '../../testing/open-page';

const URL = '/partnerships/em-1/pw-welding?network=sample';
const answers = (partnership = aPartnershipPage()) => ({ '/api/partnerships/em-1/pw-welding': partnership });

describe('One partnership', () => {
  test('shows its rung, its kept rate and the next step', async () => {
    const { page } = await openPage(URL, answers());
    const rung = within(page.getByRole('region', { name: 'Rung 3: Hosting' }));
    expect(rung.getByText('50%')).toBeTruthy();
    expect(rung.getByText(/1 kept of 2 that fell due/)).toBeTruthy();
    expect(rung.getAllByRole('listitem')[0]!.textContent).toContain('Answer the graduate who called on the promise.');
  });

  test('has no kept rate when nothing fell due', async () => {
    const { page } = await openPage(URL, answers(aPartnershipPage({ kept: null })));
    expect(page.getByText(/there is no kept rate/)).toBeTruthy();
    expect(page.queryByText('0%')).toBeNull();
  });

  test('lists its evidence newest first and says which counts today', async () => {
    const { page } = await openPage(URL, answers());
    const rows = within(page.getByRole('region', { name: 'Evidence: table' }))
      .getAllByRole('row')
      .slice(1);
    expect(rows.map((row) => row.querySelector('th')?.textContent.trim())).toEqual([
      'Oct 9, 2025',
      'Jul 18, 2025',
      'Mar 12, 2024',
    ]);
    expect(rows[0]!.textContent).toContain('not yet');
    expect(rows[0]!.textContent).toContain('does not count');
    expect(rows[1]!.textContent).toMatch(/Paid placement.*160/);
  });

  test('draws the evidence on a time line with the same words beside it', async () => {
    const { page, root } = await openPage(URL, answers());
    expect(page.getByRole('img').getAttribute('aria-label')).toContain('3 records, the newest of Oct 9, 2025');
    expect(root.querySelectorAll('circle')).toHaveLength(3);
    expect(root.querySelectorAll('circle.counted')).toHaveLength(1);
  });

  test('begins the time line at its end, where the evidence is that counts today', async () => {
    const width = jest.spyOn(Element.prototype, 'scrollWidth', 'get').mockReturnValue(560);
    const { page } = await openPage(URL, answers());
    expect(page.getByRole('region', { name: 'Time line: table' }).scrollLeft).toBe(560);
    width.mockRestore();
  });

  test('a call without an answer says so', async () => {
    const { page } = await openPage(URL, answers());
    const waiting = page.getByRole('row', { name: /Jun 20, 2026/ });
    expect(waiting.textContent).toContain('no answer yet');
    expect(waiting.textContent).toContain('waiting');
  });

  test('without evidence, promises or calls it says what to do first', async () => {
    const { page } = await openPage(URL, answers(aPartnershipPage({ evidence: [], commitments: [], activations: [] })));
    expect(page.getByText(/Begin with one dated event/)).toBeTruthy();
    expect(page.getByText('No hiring promise on record.')).toBeTruthy();
    expect(page.getByText('Nobody has called on a promise yet.')).toBeTruthy();
  });

  test('in Spanish, evidence and answers are Spanish', async () => {
    const { page } = await openPage(URL, answers(), 'es');
    expect(page.getByRole('cell', { name: 'Práctica pagada' })).toBeTruthy();
    expect(page.getByText('contratado')).toBeTruthy();
  });
});
