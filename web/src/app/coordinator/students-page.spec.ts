import { describe, expect, test } from '@jest/globals';
import { fireEvent, waitFor, within } from '@testing-library/dom';
import { aSession } from '../../testing/a-session';
import { aStudent } from '../../testing/a-student';
import { openPage, Refusal } from '../../testing/open-page';

const STUDENT = `/api/students/${aStudent().studentId}`;
const COUNTS = { rowsRead: 2, added: 0, changed: 0, unchanged: 0, errorCount: 0, errors: [], notices: [] };

function upload(page: Awaited<ReturnType<typeof openPage>>['page'], isChanged = false): void {
  const input = page.getByLabelText<HTMLInputElement>('The file students.csv');
  const files = [new File(['school_student_id,name\n'], 'students.csv', { type: 'text/csv' })];
  if (isChanged)
    files[0]!.slice = () => ({ arrayBuffer: () => Promise.reject(new Error('changed')) }) as unknown as Blob;
  Object.defineProperty(input, 'files', { value: Object.assign(files, { item: (at: number) => files[at] ?? null }) });
  fireEvent.change(input);
}

describe('Students', () => {
  test('are listed with who decides over the record', async () => {
    const students = [
      aStudent(),
      aStudent({ studentId: 's-2', name: 'Sample Adult', age: 18, rightsHolder: 'student' }),
    ];
    const { page } = await openPage('/students', {
      '/api/session': aSession(['coordinator']),
      '/api/students': { students, total: 2, page: 1, size: 50 },
    });
    const table = within(page.getByRole('table', { name: 'Students' }));
    expect(table.getByRole('row', { name: /Sample Student/ }).textContent).toContain('Guardian');
    expect(table.getByRole('row', { name: /Sample Adult/ }).textContent).toContain('no account');
  });

  const OUTLOOK = { dueCount: 0, days: 30, years: 5, nextRunOn: '2026-07-01' };
  test.each([
    [OUTLOOK, 'none'],
    [{ ...OUTLOOK, dueCount: 1200 }, '1,200 records'],
    [null, null],
  ])('say to administrators how many records fall due to be erased, and when: %j', async (retention, said) => {
    const { page } = await openPage('/students', {
      '/api/session': aSession(['administrator']),
      '/api/students': { students: [], total: 0, page: 1, size: 50, retention },
    });
    const outlook = page.queryByRole('region', { name: 'Records that will be erased' });
    if (said === null) return void expect(outlook).toBeNull();
    expect(outlook?.textContent).toContain('no file has listed for 5 years');
    expect(outlook?.textContent).toMatch(new RegExp(`Due within 30 days\\s*${said}`));
    expect(outlook?.textContent).toMatch(/Next run\s*Jul 1, 2026/);
  });

  test('a file with mistakes is reported by file, line, column, found and expected, and saves nothing', async () => {
    let answer: Record<string, unknown> = { students: [], total: 0, page: 1, size: 50 };
    const { page, settle, asked } = await openPage('/students', {
      '/api/session': aSession(['coordinator']),
      '/api/students': () => answer,
    });
    expect(page.getByText(/No students yet/)).toBeTruthy();
    const error = { file: 'students.csv', line: 3, column: 'born_on', found: '2010-02-30', expected: 'a date' };
    answer = { ...COUNTS, state: 'refused', errorCount: 1, errors: [error] };
    upload(page);
    await settle();
    fireEvent.submit(page.getByRole('button', { name: 'Send' }).closest('form')!);
    await waitFor(() => expect(asked.some((request) => request.startsWith('POST'))).toBe(true));
    await settle();
    expect(asked.some((request) => /^POST \/api\/students\?organizationId=.+&partial=no$/.test(request))).toBe(true);
    expect(document.activeElement?.textContent).toContain('Nothing was changed');
    const report = within(page.getByRole('table', { name: 'Errors by file and line' }));
    expect(report.getByRole('row', { name: /students\.csv/ }).textContent).toContain('born_on');
    expect(asked.filter((request) => request.startsWith('GET /api/students?'))).toHaveLength(1);
    expect(page.getByText('No file chosen yet')).toBeTruthy();
    expect(page.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true);
  });

  test('a file that was changed since it was chosen is not sent: it is to be chosen again', async () => {
    const { page, settle, asked } = await openPage('/students', {
      '/api/session': aSession(['coordinator']),
      '/api/students': { students: [], total: 0, page: 1, size: 50 },
    });
    upload(page, true);
    await settle();
    fireEvent.submit(page.getByRole('button', { name: 'Send' }).closest('form')!);
    await settle();
    expect((await page.findByRole('alert')).textContent).toContain('Choose it again.');
    expect(page.getByText('No file chosen yet')).toBeTruthy();
    expect(asked.some((request) => request.startsWith('POST'))).toBe(false);
  });
});

describe('A student', () => {
  test('says who decides until 18, and the school can invite the guardian', async () => {
    const guardian = aStudent().guardians[0]!;
    const invite = `${STUDENT}/guardians/${guardian.guardianId}/invitation`;
    const { page, settle, asked } = await openPage(`/students/${aStudent().studentId}`, {
      '/api/session': aSession(['coordinator']),
      [STUDENT]: aStudent(),
      [invite]: aStudent({ guardians: [{ ...guardian, account: 'invited' }] }),
    });
    expect(page.getByText('Until 18 the guardian decides, then the student.', { exact: false })).toBeTruthy();
    expect(page.getByText('First in the family to go to college')).toBeTruthy();
    expect(page.getByLabelText<HTMLSelectElement>('Language of the mail').value).toBe('en');
    fireEvent.click(page.getByRole('button', { name: 'Invite: Sample Guardian' }));
    await settle();
    expect(asked).toContain(`POST ${invite}`);
    expect(page.getByText('A mail with an invitation is on its way.')).toBeTruthy();
    expect(page.getByText('invited')).toBeTruthy();
  });

  test('shows beside an address that mail to it was refused, and when', async () => {
    const unreachable = { since: '2026-03-01T15:00:00Z', reason: 'EENVELOPE 550' };
    const guardian = { ...aStudent().guardians[0]!, unreachable };
    const { page } = await openPage(`/students/${aStudent().studentId}`, {
      '/api/session': aSession(['coordinator']),
      [STUDENT]: aStudent({ guardians: [guardian] }),
    });
    const [note, ...more] = page.getAllByText(/Mail to this address was refused on .*2026.*\(EENVELOPE 550\)/);
    expect(note?.closest('li')?.textContent).toContain('guardian@example.test');
    expect(more).toEqual([]);
  });

  test('and a guardian are parted from an account by the school, after a question', async () => {
    const guardian = { ...aStudent().guardians[0]!, account: 'linked' as const };
    const linked = aStudent({ account: 'linked', guardians: [guardian] });
    const { page, settle, asked } = await openPage(STUDENT.replace('/api', ''), {
      '/api/session': aSession(['coordinator']),
      [STUDENT]: linked,
      [`${STUDENT}/account`]: { ...linked, account: 'none' },
      [`${STUDENT}/guardians/${guardian.guardianId}/account`]: aStudent(),
    });
    for (const name of ['End access: Sample Student', 'End access: Sample Guardian']) {
      fireEvent.click(page.getByRole('button', { name }));
      await settle();
      fireEvent.click(page.getByRole('button', { name: 'End access' }));
      await settle();
    }
    expect(asked).toContain(`DELETE ${STUDENT}/account`);
    expect(asked).toContain(`DELETE ${STUDENT}/guardians/${guardian.guardianId}/account`);
    expect(page.getByText('The account sees this record no longer. Check', { exact: false })).toBeTruthy();
    expect(page.queryByRole('button', { name: /End access/ })).toBeNull();
  });

  test('of 18 decides, and guardians are not invited', async () => {
    const { page } = await openPage(`/students/${aStudent().studentId}`, {
      '/api/session': aSession(['coordinator']),
      [STUDENT]: aStudent({ age: 18, rightsHolder: 'student' }),
    });
    expect(page.getByText('The student decides.')).toBeTruthy();
    expect(page.queryByRole('button', { name: /Sample Guardian/ })).toBeNull();
  });

  test('of another school looks like one that does not exist', async () => {
    const { page } = await openPage(`/students/${aStudent().studentId}`, {
      '/api/session': aSession(['coordinator']),
      [STUDENT]: new Refusal(404, 'x', 'not-found'),
    });
    expect(page.getByRole('alert').textContent).toContain('does not exist, or is not shown to you');
  });

  test('under an address that is none is not found', async () => {
    const wrong = { path: 'params.studentId', found: '"x"', expected: 'an id' };
    const { page } = await openPage('/students/x', {
      '/api/session': aSession(['coordinator']),
      '/api/students/x': new Refusal(400, 'params.studentId: found "x"', 'bad-input', [wrong]),
    });
    expect(page.getByRole('alert').textContent).toContain('Nothing here.');
    expect(page.queryByText(/params/)).toBeNull();
  });

  test('sees their own record without a button that is the school’s', async () => {
    const { page } = await openPage('/my-students', {
      '/api/session': aSession(['guardian']),
      '/api/my-students': { students: [aStudent()] },
    });
    expect(page.getByRole('heading', { level: 2, name: 'Sample Student' })).toBeTruthy();
    expect(page.getByText('You decide.')).toBeTruthy();
    expect(page.queryByRole('button', { name: /Invite/ })).toBeNull();
  });
});
