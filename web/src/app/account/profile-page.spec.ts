import { describe, expect, test } from '@jest/globals';
import { fireEvent, within } from '@testing-library/dom';
import { aProfile } from '../../testing/a-profile';
import { aSession } from '../../testing/a-session';
import { openPage, Refusal } from '../../testing/open-page';

const ANSWERS = {
  '/api/session': aSession(),
  '/api/session/providers': { providers: [{ providerId: 'district', name: 'Sample District' }] },
  '/api/profile': aProfile(),
};
const PASSKEY = '/api/profile/passkeys/0199c0de-0000-7000-8000-000000000701';

describe('My account', () => {
  test('shows the second factor, what is left of it, and where the person is signed in', async () => {
    const { page } = await openPage('/profile', ANSWERS);
    expect(page.getByText('9 recovery codes left.')).toBeTruthy();
    expect(page.getByText('Work laptop')).toBeTruthy();
    const sessions = within(page.getByRole('region', { name: 'Where I am signed in' }));
    expect(sessions.getByRole('button', { name: 'End the session on Safari, iPhone' })).toBeTruthy();
    expect(sessions.queryByRole('button', { name: /Firefox/ })).toBeNull();
    expect(page.getByRole('button', { name: 'Link Sample District' })).toBeTruthy();
  });

  test('a passkey is removed after one more press, and Escape keeps it', async () => {
    const { page, settle, asked } = await openPage('/profile', {
      ...ANSWERS,
      [PASSKEY]: aProfile({ passkeys: [] }),
    });
    fireEvent.click(page.getByRole('button', { name: 'Remove Work laptop' }));
    await settle();
    fireEvent.keyDown(page.getByText(/It will no longer sign you in/), { key: 'Escape' });
    await settle();
    expect(asked).not.toContain(`DELETE ${PASSKEY}`);
    fireEvent.click(page.getByRole('button', { name: 'Remove Work laptop' }));
    await settle();
    fireEvent.click(within(page.getByRole('region', { name: 'Passkeys' })).getByRole('button', { name: 'Remove' }));
    await settle();
    expect(asked).toContain(`DELETE ${PASSKEY}`);
    expect(page.queryByText('Work laptop')).toBeNull();
    expect(page.getByText('The passkey is removed.')).toBeTruthy();
  });

  test('the last second factor of a role that needs one stays, and the page says why', async () => {
    const { page, settle } = await openPage('/profile', {
      ...ANSWERS,
      '/api/profile/authenticator': new Refusal(409, 'x', 'second-factor-required'),
    });
    fireEvent.click(page.getByRole('button', { name: 'Remove Authenticator app' }));
    await settle();
    const region = within(page.getByRole('region', { name: 'Authenticator app' }));
    fireEvent.click(region.getByRole('button', { name: 'Remove' }));
    await settle();
    expect(page.getByRole('alert').textContent).toContain('Add another one before you remove this one.');
  });

  test('a changed password asks for the current one, and tells that the other sessions ended', async () => {
    const { page, settle, asked } = await openPage('/profile', { ...ANSWERS, '/api/profile/password': aProfile() });
    fireEvent.input(page.getByLabelText('Current password'), { target: { value: 'an old sample password' } });
    fireEvent.input(page.getByLabelText('New password'), { target: { value: 'a new sample password' } });
    await settle();
    fireEvent.submit(page.getByLabelText('New password').closest('form')!);
    await settle();
    expect(asked).toContain('PUT /api/profile/password');
    expect(page.getByText(/Your other sessions have ended/)).toBeTruthy();
    expect(page.getByLabelText<HTMLInputElement>('New password').value).toBe('');
  });
});
