import { expect, test } from '@jest/globals';
import { aSession } from '../../testing/a-session';
import { openPage } from '../../testing/open-page';

const SHARED = {
  consentId: '0199c0de-0000-7000-8000-000000000c01',
  studentId: '0199c0de-0000-7000-8000-000000000901',
  records: ['name', 'contact'],
  purpose: 'placement',
  untilOn: '2026-12-31',
  name: 'Sample Student',
  contact: null,
  grade: null,
  school: null,
};

test('an employer sees the parts that were allowed, for what and until when, and that each look is written down', async () => {
  const unnamed = { ...SHARED, consentId: 'c-2', records: ['grade'], name: null, grade: '11', purpose: 'hiring' };
  const { page } = await openPage('/shared-students', {
    '/api/session': aSession(['employer-member']),
    '/api/shared-students': { shared: [SHARED, unnamed], total: 2, page: 1, size: 10 },
  });
  expect(page.getByText(/The family sees each time you look/)).toBeTruthy();
  const [named, other] = page.getAllByRole('region');
  expect(named?.textContent).toMatch(
    /Sample Student.*To find a placement.*until Dec 31, 2026.*Mail address\s*not known/,
  );
  expect(named?.textContent).not.toMatch(/Grade|School/);
  expect(other?.textContent).toMatch(/A student.*To be considered for a job.*Grade\s*11/);
});

test('whom nobody shares with is told so', async () => {
  const { page } = await openPage('/shared-students', {
    '/api/session': aSession(['employer-admin']),
    '/api/shared-students': { shared: [], total: 0, page: 1, size: 10 },
  });
  expect(page.getByText(/Nobody shares details with your company at the moment/)).toBeTruthy();
});
