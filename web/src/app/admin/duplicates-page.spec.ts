import { describe, expect, test } from '@jest/globals';
import { fireEvent, within } from '@testing-library/dom';
import type { EmployerDuplicate } from '@throughway/contracts/employer-duplicates';
import { aSession } from '../../testing/a-session';
import { openPage } from '../../testing/open-page';

const SIDE = { kind: 'employer' as const, sample: true, ein: null, siteCount: 1, peopleCount: 2, networks: ['Sample'] };

function aPair(facts: Partial<EmployerDuplicate> = {}): EmployerDuplicate {
  return {
    duplicateId: 'd-1',
    reasons: ['web-domain', 'name'],
    state: 'open',
    proposedAt: '2026-03-01T15:00:00Z',
    decidedAt: null,
    decidedBy: null,
    version: '"as proposed"',
    first: { ...SIDE, organizationId: 'o-1', name: 'Sample Machine Works', webDomain: 'machine.example' },
    second: { ...SIDE, organizationId: 'o-2', name: 'Sample Machine Works Inc.', webDomain: 'machine.example' },
    ...facts,
  };
}

const { first, second } = aPair();
const DECIDED = {
  state: 'merged',
  decidedAt: '2026-03-02T15:00:00Z',
  decidedBy: 'Sample Person',
  first: second,
  second: first,
} as const;
const ANSWERS = {
  '/api/session': aSession(['administrator']),
  '/api/employer-duplicates': { duplicates: [aPair()], openCount: 1 },
  '/api/employer-duplicates/d-1/merge': aPair(DECIDED),
  '/api/employer-duplicates/d-1/undo': aPair(),
};

describe('The merge queue', () => {
  test('says in words why two may be one, and marks what is equal on both sides', async () => {
    const { page } = await openPage('/duplicates', ANSWERS);
    expect(page.getByText('same web domain')).toBeTruthy();
    for (const name of ['Sample Machine Works', 'Sample Machine Works Inc.']) {
      const side = within(page.getByRole('region', { name }));
      expect(side.getByText('equal')).toBeTruthy();
      expect(side.getByText('alike')).toBeTruthy();
    }
    expect(page.getByRole('link', { name: 'Open (1)' }).getAttribute('aria-current')).toBe('page');
  });

  test('a decision stays in place, is counted, and can be undone there', async () => {
    const { page, settle, asked } = await openPage('/duplicates', ANSWERS);
    fireEvent.click(page.getByRole('button', { name: /keep this entry : Sample Machine Works Inc\./ }));
    await settle();
    expect(asked).toContain('POST /api/employer-duplicates/d-1/merge');
    expect(page.getByText(/They are one\./)).toBeTruthy();
    const stays = within(page.getByRole('region', { name: 'Sample Machine Works Inc.' }));
    expect(stays.getByText('this entry stays')).toBeTruthy();
    const joined = within(page.getByRole('region', { name: 'Sample Machine Works' }));
    expect(joined.getByText('joined to the other entry')).toBeTruthy();
    expect(page.getByRole('link', { name: 'Open (0)' })).toBeTruthy();
    fireEvent.click(page.getByRole('button', { name: 'Undo' }));
    await settle();
    expect(page.getByRole('link', { name: 'Open (1)' })).toBeTruthy();
    expect(page.getByRole('button', { name: /keep this entry : Sample Machine Works$/ })).toBeTruthy();
  });

  test('many pairs come 20 to a page', async () => {
    const duplicates = Array.from({ length: 25 }, (_, at) => aPair({ duplicateId: `d-${at}` }));
    const { page } = await openPage('/duplicates?page=2', {
      ...ANSWERS,
      '/api/employer-duplicates': { duplicates, openCount: 25 },
    });
    expect(page.getAllByRole('heading', { level: 2 })).toHaveLength(5);
    expect(page.getByText('Page 2 of 2')).toBeTruthy();
  });

  test('an empty queue says what would appear here', async () => {
    const { page } = await openPage('/duplicates', {
      ...ANSWERS,
      '/api/employer-duplicates': { duplicates: [], openCount: 0 },
    });
    expect(page.getByText(/Nothing to decide/)).toBeTruthy();
  });
});
