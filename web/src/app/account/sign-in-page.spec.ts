import { afterEach, describe, expect, test } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { fireEvent } from '@testing-library/dom';
import { aSession, STRANGER } from '../../testing/a-session';
import { openPage, Refusal } from '../../testing/open-page';

const NONE = { '/api/session/providers': { providers: [] } };

afterEach(() => {
  sessionStorage.clear();
  localStorage.clear();
});

describe('Signing in', () => {
  test('by password asks for what a password manager knows, and leads to the page that was wanted', async () => {
    let session = STRANGER;
    const { page, settle, address, asked } = await openPage('/sign-in?then=%2Forganizations', {
      ...NONE,
      '/api/session': () => session,
      '/api/session/password': () => (session = aSession(['employer-admin'])),
    });
    const email = page.getByLabelText<HTMLInputElement>('Mail address');
    const password = page.getByLabelText<HTMLInputElement>('Password');
    expect([email.autocomplete, password.autocomplete]).toEqual(['username webauthn', 'current-password']);
    email.value = 'owner@example.test';
    fireEvent.input(password, { target: { value: 'a long sample password' } });
    fireEvent.submit(password.closest('form')!);
    await settle();
    expect(asked).toContain('POST /api/session/password');
    expect(address()).toBe('/organizations');
  });

  test('never leads to another site', async () => {
    const { page, settle, address } = await openPage('/sign-in?then=%2F%2Felsewhere.example%2F', {
      ...NONE,
      '/api/session': aSession(['employer-admin']),
    });
    fireEvent.click(page.getByRole('button', { name: 'Go on' }));
    await settle();
    expect(address()).toBe('/organizations');
  });

  test('with a wrong password says so in the reader’s language, and keeps what was typed', async () => {
    const answers = {
      ...NONE,
      '/api/session': STRANGER,
      '/api/session/password': new Refusal(401, 'The server’s English sentence.', 'wrong-password'),
    };
    const { page, settle } = await openPage('/sign-in', answers, 'es');
    const password = page.getByLabelText<HTMLInputElement>('Contraseña');
    page.getByLabelText<HTMLInputElement>('Dirección de correo').value = 'owner@example.test';
    fireEvent.input(password, { target: { value: 'wrong' } });
    fireEvent.submit(password.closest('form')!);
    await settle();
    expect(page.getByRole('alert').textContent).toContain('no van juntas');
    expect(page.queryByText(/English sentence/)).toBeNull();
    expect(password.value).toBe('wrong');
  });

  test('a password can be looked at', async () => {
    const { page, settle } = await openPage('/sign-in', { ...NONE, '/api/session': STRANGER });
    const show = page.getByRole('button', { name: 'Show the password' });
    fireEvent.click(show);
    await settle();
    expect(page.getByLabelText<HTMLInputElement>('Password').type).toBe('text');
    expect(show.getAttribute('aria-pressed')).toBe('true');
  });

  test('by a mailed link happens at the click only, and the link leaves the address bar', async () => {
    const { page, settle, address, asked } = await openPage('/sign-in#link=a-secret-of-the-mail-0001', {
      ...NONE,
      '/api/session': STRANGER,
      '/api/session/link/open': aSession(['guardian']),
    });
    expect(address()).toBe('/sign-in');
    expect(asked.filter((request) => request.startsWith('POST'))).toEqual([]);
    fireEvent.click(page.getByRole('button', { name: 'Sign in' }));
    await settle();
    expect(asked).toContain('POST /api/session/link/open');
    expect(address()).toBe('/my-students');
  });

  test('by a mailed link leads to the page that was wanted when it was asked for', async () => {
    const asking = await openPage('/sign-in?then=%2Forganizations', {
      ...NONE,
      '/api/session': STRANGER,
      '/api/session/link': { sent: true },
    });
    asking.page.getByLabelText<HTMLInputElement>('Mail address').value = 'guardian@example.test';
    fireEvent.click(asking.page.getByRole('button', { name: 'Mail me a link' }));
    await asking.settle();
    TestBed.resetTestingModule();
    const { page, settle, address } = await openPage('/sign-in#link=a-secret-of-the-mail-0001', {
      ...NONE,
      '/api/session': STRANGER,
      '/api/session/link/open': aSession(['guardian']),
    });
    fireEvent.click(page.getByRole('button', { name: 'Sign in' }));
    await settle();
    expect(address()).toBe('/organizations');
  });

  test('by a link when the server does not answer keeps the link for another try', async () => {
    let answer: Refusal | ReturnType<typeof aSession> = new Refusal(0, 'x');
    const { page, settle, address } = await openPage('/sign-in#link=a-secret-of-the-mail-0001', {
      ...NONE,
      '/api/session': STRANGER,
      '/api/session/link/open': () => answer,
    });
    fireEvent.click(page.getByRole('button', { name: 'Sign in' }));
    await settle();
    answer = aSession(['guardian']);
    fireEvent.click(page.getByRole('button', { name: 'Sign in' }));
    await settle();
    expect(address()).toBe('/my-students');
  });

  test('by a link that has run out says so and offers a fresh one', async () => {
    const { page, settle } = await openPage('/sign-in#link=a-secret-of-the-mail-0001', {
      ...NONE,
      '/api/session': STRANGER,
      '/api/session/link/open': new Refusal(409, 'x', 'link-expired'),
    });
    fireEvent.click(page.getByRole('button', { name: 'Sign in' }));
    await settle();
    expect(page.getByRole('alert').textContent).toContain('This link has run out.');
    expect(page.getByRole('button', { name: 'Mail me a link' })).toBeTruthy();
  });

  test('asks for the code of a second factor, and goes on when it is right', async () => {
    let session = aSession([], { secondFactor: 'code-needed' });
    const { page, settle, address } = await openPage('/sign-in?then=%2Fprofile', {
      ...NONE,
      '/api/session': () => session,
      '/api/session/second-factor': () => (session = aSession()),
    });
    const code = page.getByLabelText<HTMLInputElement>('Code');
    expect(code.autocomplete).toBe('one-time-code');
    expect(document.activeElement?.textContent).toBe('One more step');
    code.value = '123456';
    fireEvent.submit(code.closest('form')!);
    await settle();
    expect(address()).toBe('/profile');
  });

  test('of staff without a second factor leads through setting one up, and recovery codes are shown once', async () => {
    let session = aSession([], { secondFactor: 'enrollment-needed' });
    const { page, settle, address } = await openPage('/sign-in?then=%2Fprofile', {
      ...NONE,
      '/api/session': () => session,
      '/api/profile/authenticator': {
        secret: 'JBSWY3DPEHPK3PXP',
        url: 'otpauth://totp/Sample',
        picture: 'data:image/png;base64,iVBORw0KGgo=',
      },
      '/api/profile/authenticator/confirm': () => {
        session = aSession();
        return { recoveryCodes: ['aaaa-1111', 'bbbb-2222'] };
      },
    });
    fireEvent.click(page.getByRole('button', { name: 'Set up an authenticator app' }));
    await settle();
    expect(page.getByText('JBSWY3DPEHPK3PXP')).toBeTruthy();
    const code = page.getByLabelText<HTMLInputElement>('The six digits that the app shows');
    code.value = '123 456';
    fireEvent.submit(code.closest('form')!);
    await settle();
    expect(page.getByRole('list', { name: 'Your recovery codes' }).textContent).toContain('bbbb-2222');
    expect(address()).toContain('/sign-in');
    fireEvent.click(page.getByRole('button', { name: 'I have kept them' }));
    await settle();
    expect(address()).toBe('/profile');
  });

  test('sample people are offered where the server is for development, and nowhere else', async () => {
    const people = [{ ...aSession().person!, memberships: aSession(['leader']).memberships }];
    const answers = { ...NONE, '/api/development/people': { people } };
    const there = await openPage('/sign-in', { ...answers, '/api/session': { ...STRANGER, development: true } });
    await there.settle();
    expect(there.page.getByRole('button', { name: 'Sample Person' })).toBeTruthy();
    expect(there.page.getByText(/Leader, Sample school 1/)).toBeTruthy();
  });

  test('in production no sample person is asked for', async () => {
    const { asked, page } = await openPage('/sign-in', { ...NONE, '/api/session': STRANGER });
    expect(asked.some((request) => request.includes('development'))).toBe(false);
    expect(page.queryByText(/sample person/i)).toBeNull();
  });
});

describe('Back from a sign-in service', () => {
  test('what it sent along is handed on once and taken out of the address', async () => {
    sessionStorage.setItem('throughway-return', '/organizations');
    const { address, asked, settle } = await openPage('/sign-in/services/district?code=c-1&state=s-1', {
      '/api/session': aSession(['educator']),
      '/api/session/providers/district': aSession(['educator']),
    });
    await settle();
    expect(asked).toContain('POST /api/session/providers/district');
    expect(address()).toBe('/organizations');
  });

  test('without a code it says that the service did not let them in', async () => {
    const { page, asked, address } = await openPage('/sign-in/services/district?error=access_denied&state=s-1', {});
    expect(page.getByRole('alert').textContent).toContain('did not let you in');
    expect(asked).toEqual([]);
    expect(address()).toBe('/sign-in/services/district');
  });
});

test('a page of one’s own leads a stranger to the sign-in page and back', async () => {
  const { address } = await openPage('/profile', { ...NONE, '/api/session': STRANGER });
  expect(address()).toBe('/sign-in?then=%2Fprofile');
});
