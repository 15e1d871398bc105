import { describe, expect, test } from '@jest/globals';
import { fireEvent, within } from '@testing-library/dom';
import type { Role } from '@throughway/vocabulary/roles';
import { aSession } from '../../testing/a-session';
import { aStudent } from '../../testing/a-student';
import { openPage, Refusal } from '../../testing/open-page';

const STUDENT = `/api/students/${aStudent().studentId}`;
const answers = (role: Role, more = {}) => ({
  '/api/session': aSession([role]),
  '/api/students': { students: [], total: 0, page: 1, size: 50 },
  [STUDENT]: aStudent(),
  ...more,
});

describe("Erasing a student's record", () => {
  test('says what goes and what stays, asks once more, and leads back to the list', async () => {
    const { page, settle, asked, address } = await openPage(STUDENT.replace('/api', ''), answers('administrator'));
    const card = within(page.getByRole('region', { name: 'Erase this record' }));
    expect(card.getByText(/goes for good/)).toBeTruthy();
    expect(card.getByText(/What stays/)).toBeTruthy();
    fireEvent.click(card.getByRole('button', { name: 'Erase this record: Sample Student' }));
    await settle();
    expect(asked).not.toContain(`DELETE ${STUDENT}`);
    fireEvent.click(card.getByRole('button', { name: 'Erase this record' }));
    await settle();
    expect(asked).toContain(`DELETE ${STUDENT}`);
    expect(address()).toBe('/students');
  });

  test('is offered to administrators alone', async () => {
    const { page } = await openPage(STUDENT.replace('/api', ''), answers('coordinator'));
    expect(page.getByRole('heading', { level: 1, name: 'Sample Student' })).toBeTruthy();
    expect(page.queryByRole('button', { name: /Erase/ })).toBeNull();
  });

  test('that the server refuses leaves the page, with the reason', async () => {
    let answer: ReturnType<typeof aStudent> | Refusal = aStudent();
    const { page, settle } = await openPage(STUDENT.replace('/api', ''), {
      ...answers('administrator'),
      [STUDENT]: () => answer,
    });
    answer = new Refusal(403, 'x', 'not-allowed');
    for (let press = 0; press < 2; press++) {
      fireEvent.click(page.getByRole('button', { name: /^Erase this record/ }));
      await settle();
    }
    const card = within(page.getByRole('region', { name: 'Erase this record' }));
    expect(card.getByRole('alert')).toBeTruthy();
    expect(page.getByRole('heading', { level: 1, name: 'Sample Student' })).toBeTruthy();
  });
});
