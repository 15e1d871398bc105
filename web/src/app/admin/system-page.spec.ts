import { expect, test } from '@jest/globals';
import { within } from '@testing-library/dom';
import type { SystemHealth } from '@throughway/contracts/system-health';
import { aSession } from '../../testing/a-session';
import { openPage, Refusal } from '../../testing/open-page';

const HEALTH: SystemHealth = {
  database: { version: '18.4', bytes: 1_250_000_000, migrations: 'pending' },
  mail: {
    server: 'silent',
    counts: { 'given-up': 3, waiting: 41, sent: 900 },
    waitingSince: '2026-06-30T04:00:00.000Z',
  },
  jobs: { counts: { failed: 2, running: 1, waiting: 0, done: 70 }, waitingSince: null },
  disk: { freeBytes: 12e9, totalBytes: 80e9 },
  program: { version: '0.1.0', node: '24.21.0', startedAt: '2026-06-29T04:00:00.000Z' },
};
const ADMINISTRATOR = { '/api/session': aSession(['administrator']) };

test('an administrator reads what waits, what failed and what does not answer', async () => {
  const { page } = await openPage('/system', { ...ADMINISTRATOR, '/api/system-health': HEALTH });
  const said = (heading: string): string | null | undefined =>
    within(page.getByRole('heading', { level: 2, name: heading }).closest('section')!)
      .getAllByRole('definition')
      .map(({ textContent }) => textContent?.trim())
      .join(' | ');
  expect(said('Database')).toBe('18.4 | 1.3 GB | Older than the program');
  expect(said('Mails')).toMatch(/^Does not answer \| 41 \| .*2026.* \| 3$/);
  expect(said('Jobs')).toBe('0 | None waits | 1 | 2');
  expect(said('This machine')).toMatch(/^12 GB of 80 GB \| 0.1.0 \| 24.21.0 \| /);
});

test('whoever may not see it is told so', async () => {
  const { page } = await openPage('/system', {
    ...ADMINISTRATOR,
    '/api/system-health': new Refusal(403, 'not-allowed'),
  });
  expect(page.queryByRole('heading', { level: 2, name: 'Database' })).toBeNull();
});
