import { describe, expect, test } from '@jest/globals';
import { fireEvent, within } from '@testing-library/dom';
import { anOrganization, ORGANIZATION_ID } from '../../testing/an-organization';
import { aSession } from '../../testing/a-session';
import { openPage, Refusal } from '../../testing/open-page';

const PATH = `/api/organizations/${ORGANIZATION_ID}`;
const OWNER = { '/api/session': aSession(['employer-admin']) };
const COORDINATOR = { '/api/session': aSession(['coordinator']) };

describe('My organizations', () => {
  test('show each one once, with every role held there', async () => {
    const session = aSession(['coordinator', 'educator']);
    const [first, second] = session.memberships;
    const { page } = await openPage('/organizations', {
      '/api/session': { ...session, memberships: [first!, { ...second!, organization: first!.organization }] },
    });
    expect(page.getAllByRole('heading', { level: 2 })[0]!.textContent).toContain('Sample school 1');
    expect(page.getByText('Coordinator and Educator')).toBeTruthy();
  });

  test('an employer’s people are not offered other employers', async () => {
    const { page } = await openPage('/organizations', OWNER);
    expect(page.queryByRole('heading', { name: 'Invite an employer' })).toBeNull();
  });

  test('an employer like one that is here is not added until the reader has looked', async () => {
    let body: 'refused' | 'added' = 'refused';
    const { page, settle, address } = await openPage('/organizations', {
      ...COORDINATOR,
      '/api/employers': () =>
        body === 'refused'
          ? new Refusal(409, 'Sample Machine Works, Inc. is here already.', 'employer-exists')
          : { organizationId: ORGANIZATION_ID, name: 'Sample Machine Works', kind: 'employer', sample: false },
      [PATH]: anOrganization(),
    });
    const name = page.getByLabelText<HTMLInputElement>('Name of the employer');
    name.value = 'Sample Machine Works';
    fireEvent.submit(name.closest('form')!);
    await settle();
    expect(page.getByRole('alert').textContent).toContain('An employer like this one is here already.');
    expect(page.getByText('Sample Machine Works, Inc. is here already.')).toBeTruthy();
    expect(page.getByLabelText('I have looked: mine is another employer')).toBeTruthy();
    body = 'added';
    fireEvent.submit(name.closest('form')!);
    await settle();
    expect(address()).toBe(`/organizations/${ORGANIZATION_ID}`);
  });
});

describe('An organization', () => {
  test('shows who has which role, and lets its administrator invite', async () => {
    const invited = anOrganization({ invitations: [] });
    const { page, settle, asked } = await openPage(`/organizations/${ORGANIZATION_ID}`, {
      ...OWNER,
      [PATH]: anOrganization(),
      [`${PATH}/invitations`]: invited,
    });
    const people = within(page.getByRole('table', { name: 'People and roles' }));
    expect(people.getByRole('row', { name: /Sample Hand/ }).textContent).toContain('Employer member');
    const email = page.getByLabelText<HTMLInputElement>('Their mail address');
    email.value = 'next@example.test';
    fireEvent.submit(email.closest('form')!);
    await settle();
    expect(asked).toContain(`POST ${PATH}/invitations`);
    expect(page.getByText('A mail to next@example.test is on its way.')).toBeTruthy();
    expect(email.value).toBe('');
  });

  test('shows beside an invitation that mail to its address was refused, and when', async () => {
    const [invitation] = anOrganization().invitations;
    const unreachable = { since: '2026-03-01T15:00:00Z', reason: 'EENVELOPE 550' };
    const { page } = await openPage(`/organizations/${ORGANIZATION_ID}`, {
      ...OWNER,
      [PATH]: anOrganization({ invitations: [{ ...invitation!, unreachable }] }),
    });
    const note = page.getByText(/Mail to this address was refused on .*2026.*\(EENVELOPE 550\)/);
    expect(note.closest('li')?.textContent).toContain('new@example.test');
  });

  test('ends a role after one more press, and reads the people again', async () => {
    const membership = `${PATH}/memberships/0199c0de-0000-7000-8000-000000000302`;
    const { page, settle, asked } = await openPage(`/organizations/${ORGANIZATION_ID}`, {
      ...OWNER,
      [PATH]: anOrganization(),
      [membership]: { ended: true },
    });
    fireEvent.click(page.getByRole('button', { name: 'End: Employer member, Sample Hand' }));
    await settle();
    expect(page.getByText(/They lose it at their next click/)).toBeTruthy();
    fireEvent.click(page.getByRole('button', { name: 'End' }));
    await settle();
    expect(asked).toContain(`DELETE ${membership}`);
    expect(asked.filter((request) => request === `GET ${PATH}`)).toHaveLength(2);
  });

  test('the last administrator cannot leave, and the page says what to do first', async () => {
    const { page, settle } = await openPage(`/organizations/${ORGANIZATION_ID}`, {
      ...OWNER,
      [PATH]: anOrganization(),
      [`${PATH}/memberships/0199c0de-0000-7000-8000-000000000301`]: new Refusal(409, 'x', 'last-administrator'),
    });
    expect(page.getByRole('combobox', { name: 'Role for Sample Hand' })).toBeTruthy();
    expect(page.queryByRole('combobox', { name: 'Role for Sample Owner' })).toBeNull();
    fireEvent.click(page.getByRole('button', { name: 'Leave: Employer administrator, Sample Owner' }));
    await settle();
    fireEvent.click(page.getByRole('button', { name: 'Leave' }));
    await settle();
    const people = within(page.getByRole('region', { name: 'People and roles' }));
    expect(people.getByRole('alert').textContent).toContain('Give the role to someone else first.');
  });

  test('gives those who manage nothing here no button but to leave', async () => {
    const { page } = await openPage(`/organizations/${ORGANIZATION_ID}`, {
      ...OWNER,
      [PATH]: anOrganization({ mayGive: [], invitations: [] }),
    });
    expect(page.queryByRole('button', { name: 'Send the invitation' })).toBeNull();
    expect(page.queryByRole('button', { name: /Sample Hand/ })).toBeNull();
    expect(page.getByRole('button', { name: 'Leave: Employer administrator, Sample Owner' })).toBeTruthy();
  });

  test('that is not to be seen looks like one that does not exist', async () => {
    const { page } = await openPage(`/organizations/${ORGANIZATION_ID}`, {
      ...COORDINATOR,
      [PATH]: new Refusal(404, 'There is no such page.', 'not-found'),
    });
    expect(page.getByRole('alert').textContent).toContain('does not exist, or is not shown to you');
  });
});
