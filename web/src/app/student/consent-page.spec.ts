import { describe, expect, test } from '@jest/globals';
import { fireEvent, within } from '@testing-library/dom';
import type { Consent } from '@throughway/contracts/consents';
import { aConsent, aDisclosure, aGivenConsent, aWithdrawnConsent } from '../../testing/a-consent';
import { aSession } from '../../testing/a-session';
import { aStudent } from '../../testing/a-student';
import { openPage, Refusal } from '../../testing/open-page';

const CONSENT = `/api/consents/${aConsent().consentId}`;
const LINK = '/consent-link#token=invented-token-of-a-mailed-link';

function mine(consents: Consent[], more = {}): Record<string, unknown> {
  const { studentId, name, school } = aStudent();
  const student = { studentId, name, school, rightsHolder: 'guardian', disclosures: [], disclosureCount: 0 };
  return { students: [{ ...student, consents, ...more }] };
}

describe('What employers may see', () => {
  test('is asked in plain words, given with one tap, and taken back with one tap', async () => {
    const answers = {
      '/api/session': aSession(['guardian']),
      '/api/my-consents': mine([aConsent()]),
      [`${CONSENT}/answer`]: aGivenConsent(),
      [CONSENT]: aWithdrawnConsent(),
    };
    const { page, settle, asked } = await openPage('/consent', answers);
    const card = within(page.getByRole('article', { name: /Sample Works/ }));
    expect(card.getByText(/may Sample Works see these details of Sample Student\? You decide/)).toBeTruthy();
    for (const fact of ['name and grade', 'To find a placement', 'Dec 31, 2026', /They see nothing else/]) {
      expect(card.getAllByText(fact).length).toBeGreaterThan(0);
    }
    fireEvent.click(card.getByRole('button', { name: 'Yes, they may see this' }));
    await settle();
    expect(asked).toContain(`POST ${CONSENT}/answer`);
    expect(document.activeElement?.textContent).toContain('may see these details until Dec 31, 2026');
    fireEvent.click(card.getByRole('button', { name: 'Take it back' }));
    await settle();
    expect(asked).toContain(`DELETE ${CONSENT}`);
    expect(document.activeElement?.textContent).toContain('Sample Works sees nothing any more.');
    expect(card.queryByRole('button')).toBeNull();
  });

  test('puts what waits for an answer first, and says who looked, when and why', async () => {
    const past = {
      ...aWithdrawnConsent(),
      consentId: 'c-2',
      recipient: { ...aConsent().recipient, name: 'Sample Past' },
    };
    const more = { disclosures: [aDisclosure(), aDisclosure({ disclosureId: '2', person: null })], disclosureCount: 5 };
    const { page } = await openPage('/consent', {
      '/api/session': aSession(['guardian']),
      '/api/my-consents': mine([past, aConsent()], more),
    });
    const names = page.getAllByRole('article').map((card) => card.querySelector('h3')?.textContent);
    expect(names.map((name) => /Past|Works/.exec(name ?? '')?.[0])).toEqual(['Works', 'Past']);
    const looks = page.getByRole('region', { name: 'Who looked at the record of Sample Student' });
    expect(looks.textContent).toMatch(
      /Sample Recruiter, Sample Works.*saw: name and grade.*because of a yes: To find a placement/,
    );
    expect(looks.textContent).toContain('Someone who has left, Sample Works');
    expect(looks.textContent).toContain('And 3 earlier looks.');
  });

  test('is for a student under 18 to read, in Spanish too', async () => {
    const { page } = await openPage(
      '/consent',
      { '/api/session': aSession(['student']), '/api/my-consents': mine([aConsent({ mayAnswer: false })]) },
      'es',
    );
    expect(page.getByText(/Hasta los 18 años decide la madre, el padre o el tutor/)).toBeTruthy();
    expect(page.queryByRole('button', { name: /Sí, puede verlo/ })).toBeNull();
  });

  test('a refusal keeps the question as it was', async () => {
    const { page, settle } = await openPage('/consent', {
      '/api/session': aSession(['guardian']),
      '/api/my-consents': mine([aConsent()]),
      [`${CONSENT}/answer`]: new Refusal(409, 'over', 'consent-over'),
    });
    fireEvent.click(page.getByRole('button', { name: 'Not now' }));
    await settle();
    expect(page.getByRole('alert').textContent).toContain('This question is over. The school can ask again.');
    expect(page.getByRole('button', { name: 'Not now' })).toBeTruthy();
  });
});

describe('A mailed link', () => {
  test('opens one question without an account: to say yes and to take it back', async () => {
    const { page, settle, asked } = await openPage(LINK, {
      '/api/consent-by-link': { ...aConsent() },
      '/api/consent-by-link/answer': { ...aGivenConsent() },
      '/api/consent-by-link/withdrawal': { ...aWithdrawnConsent() },
    });
    await settle();
    fireEvent.click(page.getByRole('button', { name: 'Yes, they may see this' }));
    await settle();
    fireEvent.click(page.getByRole('button', { name: 'Take it back' }));
    await settle();
    expect(document.activeElement?.textContent).toContain('sees nothing any more');
    expect(asked.filter((request) => request.startsWith('POST'))).toEqual([
      'POST /api/consent-by-link',
      'POST /api/consent-by-link/answer',
      'POST /api/consent-by-link/withdrawal',
    ]);
    expect(asked.join(' ')).not.toContain('invented-token');
  });

  test('that is over says so, and one that is cut off is not sent', async () => {
    const over = await openPage(LINK, { '/api/consent-by-link': new Refusal(404, 'over', 'link-over') });
    await over.settle();
    expect(over.page.getByRole('alert').textContent).toContain('Ask whoever sent it for a new one.');
  });

  test('without its secret asks for the whole link', async () => {
    const { page, asked } = await openPage('/consent-link', {});
    expect(page.getByText(/This address is not complete/)).toBeTruthy();
    expect(asked.filter((request) => request.startsWith('POST'))).toEqual([]);
  });
});
