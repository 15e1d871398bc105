import { describe, expect, test } from '@jest/globals';
import { fireEvent, within } from '@testing-library/dom';
import type { AuditEntry, AuditRecord } from '@throughway/contracts/audit';
import { AUDIT_ACTIONS, AUDIT_ACTORS, AUDIT_SUBJECTS } from '@throughway/vocabulary/audit';
import { RIGHTS_HOLDERS } from '@throughway/vocabulary/rights-holder';
import en from '../../i18n/en.json' with { type: 'json' };
import { aSession } from '../../testing/a-session';
import { anOrganization, ORGANIZATION_ID } from '../../testing/an-organization';
import { openPage, Refusal } from '../../testing/open-page';

const ADMINISTRATOR = { '/api/session': aSession(['administrator']) };
const SCHOOL = { organizationId: ORGANIZATION_ID, name: 'Sample School', kind: 'school', sample: true } as const;

function anEntry(facts: Partial<AuditEntry> = {}): AuditEntry {
  return {
    organization: SCHOOL,
    sequence: 7,
    at: '2026-06-30T15:00:00.000Z',
    actor: { kind: 'person', personId: '0199c0de-0000-7000-8000-000000000401', name: 'Sample Owner' },
    action: 'membership-given',
    subject: { kind: 'person', id: '0199c0de-0000-7000-8000-000000000402', name: 'Sample Hand' },
    detail: { role: 'coordinator' },
    erased: false,
    digest: 'abcdef0123456789'.repeat(4),
    ...facts,
  };
}

function aRecord(entries: AuditEntry[], facts: Partial<AuditRecord> = {}): AuditRecord {
  const root = { on: '2026-06-30', digest: 'f00d'.repeat(16) };
  return { entries, total: entries.length, page: 1, size: 50, organizations: [SCHOOL], root, ...facts };
}

describe('Who did what', () => {
  test('is said by who, what, when and on what, and how to check that nothing was rewritten', async () => {
    const { page } = await openPage('/audit', { ...ADMINISTRATOR, '/api/audit': aRecord([anEntry()]) });
    const row = within(page.getByRole('table', { name: 'Who did what' })).getByRole('row', { name: /Sample Owner/ });
    for (const said of ['Jun 30, 2026', 'Gave a role', 'Sample Hand', 'Role: Coordinator', 'abcdef012345']) {
      expect(row.textContent).toContain(said);
    }
    expect(page.getByText('npx throughway audit verify')).toBeTruthy();
    expect(page.getByText('f00d'.repeat(16))).toBeTruthy();
  });

  test('says so when details were erased, a person is gone, or the operator did it', async () => {
    const entries = [
      anEntry({ detail: null, erased: true, actor: { kind: 'person', personId: null, name: null } }),
      anEntry({ digest: 'b'.repeat(64), detail: null, actor: { kind: 'operator', personId: null, name: null } }),
    ];
    const { page } = await openPage('/audit', { ...ADMINISTRATOR, '/api/audit': aRecord(entries, { root: null }) });
    expect(page.getByRole('row', { name: /A person who is no longer here/ }).textContent).toContain('were erased');
    expect(page.getByRole('row', { name: /Who runs the server/ }).textContent).toContain('none');
    expect(page.getByText('The first root is made within a day.')).toBeTruthy();
  });

  test('says what a family decided by a mailed link, for which employer and as whom', async () => {
    const entry = anEntry({
      actor: { kind: 'link', personId: null, name: null },
      action: 'consent-withdrawn',
      subject: { kind: 'student', id: '0199c0de-0000-7000-8000-000000000901', name: null },
      detail: { employer: 'Sample Employer', purpose: 'hiring', as: 'guardian' },
    });
    const { page } = await openPage('/audit', { ...ADMINISTRATOR, '/api/audit': aRecord([entry]) });
    const row = page.getByRole('row', { name: /Someone by a mailed link/ });
    expect(row.textContent).toContain('Took back what an employer may see');
    expect(row.textContent).toContain('What for: To be considered for a job');
    expect(row.textContent).toContain('As: a parent or guardian');
  });

  test('is searched by what the form asks for, which the address keeps', async () => {
    const { page, settle, asked, address } = await openPage('/audit?page=3', {
      ...ADMINISTRATOR,
      '/api/audit': aRecord([anEntry()]),
    });
    page.getByLabelText<HTMLInputElement>('Name of a person').value = ' hand ';
    page.getByLabelText<HTMLInputElement>('From').value = '2026-06-01';
    page.getByLabelText<HTMLSelectElement>('What').value = 'membership-given';
    fireEvent.submit(page.getByRole('search'));
    await settle();
    expect(address()).toBe('/audit?action=membership-given&person=hand&from=2026-06-01');
    expect(asked.at(-1)).toBe('GET /api/audit?action=membership-given&person=hand&from=2026-06-01&page=1');
    fireEvent.click(page.getByRole('link', { name: /^All entries on: Sample Hand/ }));
    await settle();
    expect(asked.at(-1)).toContain('subject=0199c0de-0000-7000-8000-000000000402');
    expect(page.getByText('Only entries on one thing or person.')).toBeTruthy();
  });

  test('that is empty says why', async () => {
    const empty = await openPage('/audit', { ...ADMINISTRATOR, '/api/audit': aRecord([]) });
    expect(empty.page.getByText(/Nothing is recorded yet/)).toBeTruthy();
  });

  test('that cannot be read says so', async () => {
    const { page } = await openPage('/audit', { ...ADMINISTRATOR, '/api/audit': new Refusal(503, 'x', 'busy') });
    expect(page.getByRole('alert')).toBeTruthy();
  });

  test('is a place of administrators, and one link away from their organization', async () => {
    const PATH = `/api/organizations/${ORGANIZATION_ID}`;
    const { page } = await openPage(`/organizations/${ORGANIZATION_ID}`, {
      ...ADMINISTRATOR,
      [PATH]: anOrganization(),
    });
    const link = page.getByRole<HTMLAnchorElement>('link', { name: 'Who did what here' });
    expect(link.getAttribute('href')).toBe(`/audit?organization=${ORGANIZATION_ID}`);
  });

  test('has words for everything that can be recorded', () => {
    expect(Object.keys(en.audit.action).sort()).toEqual([...AUDIT_ACTIONS].sort());
    expect(Object.keys(en.audit.subject).sort()).toEqual([...AUDIT_SUBJECTS].sort());
    expect(Object.keys(en.audit.actor).sort()).toEqual([...AUDIT_ACTORS].sort());
    expect(Object.keys(en.audit.as).sort()).toEqual([...RIGHTS_HOLDERS, 'school'].sort());
  });
});
