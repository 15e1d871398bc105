import { describe, expect, test } from '@jest/globals';
import { fireEvent } from '@testing-library/dom';
import type { OpenedInvitation } from '@throughway/contracts/organizations';
import { aSession } from '../../testing/a-session';
import { openPage, Refusal } from '../../testing/open-page';

const ADDRESS = '/invitation#token=a-secret-of-the-mail-0001';

function anOffer(facts: Partial<OpenedInvitation> = {}): OpenedInvitation {
  return {
    organization: { organizationId: 'o-1', name: 'Sample Machine Works', kind: 'employer', sample: true },
    role: 'employer-admin',
    email: 'owner@example.test',
    invitedBy: 'Sample Coordinator',
    language: 'es',
    known: false,
    ...facts,
  };
}

describe('An invitation', () => {
  test('says where, as what, by whom and for whom before anything is accepted', async () => {
    const { page, asked } = await openPage(ADDRESS, { '/api/invitation/open': anOffer() });
    expect(page.getByRole('heading', { level: 2 }).textContent).toContain(
      'Employer administrator at Sample Machine Works',
    );
    expect(page.getByText('Sample Coordinator')).toBeTruthy();
    expect(page.getByText('owner@example.test')).toBeTruthy();
    expect(page.getByLabelText<HTMLSelectElement>('Language').value).toBe('en');
    expect(asked).toEqual(['POST /api/invitation/open']);
  });

  test('accepted by someone new leads to a first way in, which may be none', async () => {
    const { page, settle, address } = await openPage(ADDRESS, {
      '/api/invitation/open': anOffer(),
      '/api/invitation/accept': aSession(['employer-admin']),
      '/api/session': aSession(['employer-admin']),
    });
    const name = page.getByLabelText<HTMLInputElement>('Name');
    name.value = 'Sample Owner';
    fireEvent.submit(name.closest('form')!);
    await settle();
    expect(address()).toBe('/invitation');
    expect(document.activeElement?.textContent).toContain('Welcome, Sample Person');
    fireEvent.click(page.getByRole('button', { name: 'Neither: mail me a link each time' }));
    await settle();
    expect(address()).toBe('/organizations');
  });

  test('accepted by staff leads to a second factor', async () => {
    const { page, settle } = await openPage(ADDRESS, {
      '/api/invitation/open': anOffer({ role: 'coordinator', known: true }),
      '/api/invitation/accept': aSession([], { secondFactor: 'enrollment-needed' }),
    });
    expect(page.queryByLabelText('Name')).toBeNull();
    fireEvent.click(page.getByRole('button', { name: 'Accept the invitation' }));
    await settle();
    expect(page.getByRole('heading', { level: 2, name: 'Protect your account' })).toBeTruthy();
  });

  test('accepted by new staff who set up an app shows nothing but the codes, then asks for a way in', async () => {
    let session = aSession([], { secondFactor: 'enrollment-needed' });
    const { page, settle, address } = await openPage(ADDRESS, {
      '/api/invitation/open': anOffer({ role: 'coordinator' }),
      '/api/invitation/accept': () => session,
      '/api/session': () => session,
      '/api/profile/authenticator': { secret: 'JBSWY3DPEHPK3PXP', url: 'otpauth://totp/Sample', picture: 'data:,' },
      '/api/profile/authenticator/confirm': () => {
        session = aSession(['coordinator']);
        return { recoveryCodes: ['aaaa-1111', 'bbbb-2222'] };
      },
    });
    const name = page.getByLabelText<HTMLInputElement>('Name');
    name.value = 'Sample Coordinator';
    fireEvent.submit(name.closest('form')!);
    await settle();
    expect(page.getByRole('button', { name: 'Sign out' })).toBeTruthy();
    fireEvent.click(page.getByRole('button', { name: 'Set up an authenticator app' }));
    await settle();
    const code = page.getByLabelText<HTMLInputElement>('The six digits that the app shows');
    code.value = '123456';
    fireEvent.submit(code.closest('form')!);
    await settle();
    expect(page.getByRole('list', { name: 'Your recovery codes' })).toBeTruthy();
    expect(page.queryByRole('button', { name: 'Sign out' })).toBeNull();
    expect(page.queryByRole('heading', { name: /A passkey/ })).toBeNull();
    fireEvent.click(page.getByRole('button', { name: 'I have kept them' }));
    await settle();
    expect(page.getByText('How do you want to sign in next time?')).toBeTruthy();
    fireEvent.click(page.getByRole('button', { name: 'Neither: mail me a link each time' }));
    await settle();
    expect(address()).toBe('/');
  });

  test('used by the reader, who is signed in, lets them go on', async () => {
    const { page, settle, address } = await openPage(ADDRESS, {
      '/api/invitation/open': new Refusal(409, 'x', 'link-used'),
      '/api/session': aSession(['employer-admin']),
    });
    expect(page.getByText(/signed in as Sample Person/)).toBeTruthy();
    fireEvent.click(page.getByRole('button', { name: 'Go on' }));
    await settle();
    expect(address()).toBe('/organizations');
  });

  test('with a secret that was cut off says so, and sends nothing', async () => {
    const { page, asked } = await openPage('/invitation#token=a-secret', {});
    expect(page.getByRole('alert').textContent).toContain('is not complete. Copy the whole link');
    expect(asked).toEqual([]);
  });

  test('with a blank name is answered in plain words', async () => {
    const blank = { path: 'body.name', found: '"  "', expected: 'at least 1 characters' };
    const { page, settle } = await openPage(ADDRESS, {
      '/api/invitation/open': anOffer(),
      '/api/invitation/accept': new Refusal(400, 'body.name: found', 'bad-input', [blank]),
    });
    fireEvent.submit(page.getByLabelText('Name').closest('form')!);
    await settle();
    const told = page.getByRole('alert').textContent;
    expect(told).toContain('Something that is needed was left blank.');
    expect(told).not.toContain('body.name');
  });

  test('whose link has run out mails a fresh one', async () => {
    const { page, settle, asked } = await openPage(ADDRESS, {
      '/api/invitation/open': new Refusal(409, 'x', 'link-expired'),
      '/api/invitation/renew': { sent: true },
    });
    fireEvent.click(page.getByRole('button', { name: 'Mail me a fresh link' }));
    await settle();
    expect(asked).toContain('POST /api/invitation/renew');
    expect(page.getByRole('status').textContent).toContain('A fresh link is on its way');
  });

  test.each([
    ['invitation-revoked', 'This invitation was taken back.', null],
    ['link-used', 'This link has been used', 'Sign in'],
    ['invitation-accepted', 'This invitation has been accepted.', 'Sign in'],
    ['link-unknown', 'This link is not one of ours', null],
  ])('with %s says what happened and the way on', async (code, sentence, link) => {
    const { page } = await openPage(ADDRESS, { '/api/invitation/open': new Refusal(409, 'x', code) });
    expect(page.getByRole('alert').textContent).toContain(sentence);
    expect(page.queryByRole('link')?.textContent.trim() ?? null).toBe(link);
  });

  test('without its secret asks for the mail again', async () => {
    const { page, asked } = await openPage('/invitation', {});
    expect(page.getByText(/Open the link in the mail/)).toBeTruthy();
    expect(asked).toEqual([]);
  });
});
