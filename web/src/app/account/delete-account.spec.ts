import { describe, expect, test } from '@jest/globals';
import { fireEvent, within } from '@testing-library/dom';
import { aProfile } from '../../testing/a-profile';
import { aSession } from '../../testing/a-session';
import { openPage, Refusal } from '../../testing/open-page';

const ANSWERS = {
  '/api/session/providers': { providers: [] },
};

describe('Deleting my account', () => {
  test('says what goes and what stays, asks once more, and signs me out', async () => {
    let session: ReturnType<typeof aSession> = aSession();
    const { page, settle, asked, address } = await openPage('/profile', {
      ...ANSWERS,
      '/api/session': () => session,
      '/api/profile': aProfile(),
    });
    const card = within(page.getByRole('region', { name: 'Delete my account' }));
    expect(card.getByText(/go for good/)).toBeTruthy();
    expect(card.getByText(/What stays/)).toBeTruthy();
    fireEvent.click(card.getByRole('button', { name: 'Delete my account' }));
    await settle();
    expect(asked).not.toContain('DELETE /api/profile');
    session = { ...aSession([]), person: null };
    fireEvent.click(card.getByRole('button', { name: 'Delete my account' }));
    await settle();
    expect(asked).toContain('DELETE /api/profile');
    expect(address()).toBe('/sign-in');
  });

  test('is refused to the last administrator here an organization, and says what to do', async () => {
    let profile: ReturnType<typeof aProfile> | Refusal = aProfile();
    const { page, settle } = await openPage('/profile', {
      ...ANSWERS,
      '/api/session': aSession(),
      '/api/profile': () => profile,
    });
    profile = new Refusal(409, 'x', 'last-administrator');
    const card = within(page.getByRole('region', { name: 'Delete my account' }));
    for (const press of [1, 2]) {
      fireEvent.click(card.getByRole('button', { name: 'Delete my account' }));
      await settle();
      expect(page.queryAllByRole('alert')).toHaveLength(press - 1);
    }
    expect(page.getByRole('alert').textContent).toContain('last administrator here');
  });
});
