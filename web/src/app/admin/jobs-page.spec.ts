import { describe, expect, test } from '@jest/globals';
import { fireEvent, waitFor, within } from '@testing-library/dom';
import type { JobList, JobRow, MailList } from '@throughway/contracts/jobs';
import { aSession } from '../../testing/a-session';
import { openPage, Refusal } from '../../testing/open-page';

const ADMINISTRATOR = { '/api/session': aSession(['administrator']) };

function aJob(facts: Partial<JobRow> = {}): JobRow {
  return {
    jobId: '0199c0de-0000-7000-8000-000000000701',
    queue: 'nightly-alignment',
    state: 'failed',
    tries: 4,
    createdAt: '2026-06-30T04:00:00.000Z',
    startedAt: null,
    finishedAt: '2026-06-30T15:00:00.000Z',
    nextTryAt: null,
    reason: 'job heartbeat timeout',
    network: { slug: 'main', name: 'Sample Network', sample: false },
    organization: null,
    ...facts,
  };
}

function jobs(list: JobRow[]): JobList {
  const counts = { failed: 0, running: 0, waiting: 0, done: 0 };
  for (const { state } of list) counts[state] += 1;
  return { jobs: list, total: list.length, page: 1, size: 50, counts };
}
const noMails: MailList = {
  mails: [],
  total: 0,
  page: 1,
  size: 50,
  counts: { 'given-up': 0, waiting: 0, sent: 0 },
};

describe('Jobs and mails', () => {
  test('a job that failed for good says why in words, and one tap has it tried again', async () => {
    let list = jobs([aJob()]);
    const { page, settle, asked } = await openPage('/jobs', {
      ...ADMINISTRATOR,
      '/api/jobs': () => ({ ...list }),
      '/api/mails': { ...noMails },
      [`/api/jobs/${aJob().jobId}/retry`]: {},
    });
    const row = within(page.getByRole('table', { name: 'Jobs' })).getByRole('row', { name: /Nightly run/ });
    for (const said of ['Sample Network', 'Failed for good', 'The program that worked on it ended.', '4']) {
      expect(row.textContent).toContain(said);
    }
    list = jobs([aJob({ state: 'waiting', reason: null, tries: 0, finishedAt: null })]);
    fireEvent.click(page.getByRole('button', { name: 'Try again: Nightly run, Sample Network' }));
    await waitFor(() => expect(asked).toContain(`POST /api/jobs/${aJob().jobId}/retry`));
    await settle();
    expect(page.getByRole('status').textContent).toBe('It will be tried again in a few seconds.');
    expect(page.queryByRole('button', { name: /Try again/ })).toBeNull();
    expect(page.queryByRole('link', { name: 'Mails' })).toBeNull();
  });

  test('states narrow the list and say how many there are; what has no words goes by its name', async () => {
    const failed = aJob({ queue: 'some-new-work', network: null, reason: 'ECONNREFUSED' });
    const { page, asked } = await openPage('/jobs?state=failed', {
      ...ADMINISTRATOR,
      '/api/jobs': { ...jobs([failed]) },
      '/api/mails': { ...noMails },
    });
    expect(asked).toContain('GET /api/jobs?state=failed&page=1');
    expect(page.getByRole('link', { name: 'Failed for good (1)' }).getAttribute('aria-current')).toBe('true');
    const row = page.getByRole('row', { name: /some-new-work/ });
    expect(row.textContent).toContain('The whole server');
    expect(row.textContent).toContain('ECONNREFUSED');
  });

  test('a refusal says that the same work waits already', async () => {
    const { page, settle } = await openPage('/jobs', {
      ...ADMINISTRATOR,
      '/api/jobs': { ...jobs([aJob()]) },
      '/api/mails': { ...noMails },
      [`/api/jobs/${aJob().jobId}/retry`]: new Refusal(409, 'waits', 'job-waits-already'),
    });
    fireEvent.click(page.getByRole('button', { name: /Try again/ }));
    await settle();
    expect(page.getByRole('alert').textContent).toContain('The same work is waiting already.');
  });

  test('in Spanish, whoever runs the server sees mails by state and never to whom', async () => {
    const mail = {
      mailId: '0199c0de-0000-7000-8000-000000000801',
      template: 'invitation',
      domain: 'firm.example',
      state: 'given-up',
      tries: 9,
      createdAt: '2026-06-30T15:00:00.000Z',
      finishedAt: '2026-06-30T16:00:00.000Z',
      reason: 'ECONNREFUSED',
    } as const;
    const mails = { ...noMails, mails: [mail], total: 1, counts: { 'given-up': 1, waiting: 0, sent: 0 } };
    const { page } = await openPage('/jobs?show=mails', { '/api/jobs': { ...jobs([]) }, '/api/mails': mails }, 'es');
    const row = page.getByRole('row', { name: /Invitación/ });
    for (const said of ['firm.example', 'Abandonado', 'ECONNREFUSED', '9']) expect(row.textContent).toContain(said);
    expect(page.getByRole('link', { name: 'Abandonado (1)' })).toBeTruthy();
  });
});
