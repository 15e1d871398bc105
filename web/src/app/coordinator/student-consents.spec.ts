import { expect, test } from '@jest/globals';
import { fireEvent } from '@testing-library/dom';
import { aConsent, aDisclosure, aWithdrawnConsent } from '../../testing/a-consent';
import { aSession } from '../../testing/a-session';
import { aStudent } from '../../testing/a-student';
import { openPage } from '../../testing/open-page';

const STUDENT = `/api/students/${aStudent().studentId}`;
const ASKED = aConsent({ mayAnswer: false, mayWithdraw: true });
const EMPLOYERS = [ASKED.recipient, { ...ASKED.recipient, organizationId: 'real', name: 'A Real One', sample: false }];

test('a school asks for consent, sees how it stands and who looked, and takes a question back', async () => {
  let consents = {};
  const { page, settle, asked } = await openPage(STUDENT.replace('/api', ''), {
    '/api/session': aSession(['coordinator']),
    [STUDENT]: aStudent(),
    [`${STUDENT}/consents`]: () => {
      const before = consents;
      consents = { consents: [ASKED] };
      return 'consents' in before ? before : { consents: [] };
    },
    [`${STUDENT}/disclosures`]: { disclosures: [aDisclosure()], total: 1, page: 1, size: 20 },
    '/api/employers': { employers: EMPLOYERS.map((each) => ({ ...each, webDomain: null, siteCount: 1 })) },
    [`/api/consents/${ASKED.consentId}`]: { ...aWithdrawnConsent(), withdrawnAs: 'school' },
  });
  await settle();
  expect(page.getByText('No employer may see anything of this record.')).toBeTruthy();
  expect(page.getByText(/Sample Recruiter, Sample Works/)).toBeTruthy();
  const ask = page.getByRole<HTMLButtonElement>('button', { name: 'Ask', hidden: true });
  expect(ask.disabled).toBe(true);

  const search = page.getByLabelText<HTMLInputElement>('Find the employer by name, web domain or EIN');
  search.value = 'Sample';
  fireEvent.submit(search.closest('form')!);
  await settle();
  expect(page.queryByLabelText(/A Real One/)).toBeNull();
  fireEvent.click(page.getByLabelText(/Sample Works/));
  fireEvent.click(page.getByLabelText('grade'));
  const day = page.getByLabelText<HTMLInputElement>('Last day');
  day.value = '2026-12-31';
  fireEvent.input(day);
  await settle();
  expect(ask.disabled).toBe(false);
  fireEvent.submit(ask.closest('form')!);
  await settle();
  expect(asked).toContain(`POST ${STUDENT}/consents`);
  expect(page.getByText('The question is on its way by mail.')).toBeTruthy();
  expect(page.getByText(/A mail went to the parents or guardians on record/)).toBeTruthy();

  fireEvent.click(page.getByRole('button', { name: 'Take the question back' }));
  await settle();
  expect(asked).toContain(`DELETE /api/consents/${ASKED.consentId}`);
  expect(document.activeElement?.textContent).toContain('Taken back by Sample school 1');
});
