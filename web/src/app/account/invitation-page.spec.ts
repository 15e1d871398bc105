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
    expect(page.getByLabelText<HTMLSelectElement>('Language').value).toBe('es');
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
