import { expect, test } from '@jest/globals';
import { fireEvent } from '@testing-library/dom';
import { openPage, Refusal } from '../../testing/open-page';

const LETTERS = '/api/development/letters';
const SUMMARY = {
  letterId: '0199c0de-0000-7000-8000-000000000001',
  subject: 'Invitation to Throughway: Sample School',
  to: 'someone@example.test',
  writtenAt: '2026-03-01T15:00:00Z',
};
const LETTER = {
  ...SUMMARY,
  from: 'Throughway <throughway@localhost>',
  text: 'You are invited',
  htmlUrl: `${LETTERS}/${SUMMARY.letterId}/html`,
};

test('Letters are listed, and one that is opened shows its text, and its HTML in a frame without scripts', async () => {
  const { page, settle, address } = await openPage('/mailbox', {
    [LETTERS]: { letters: [SUMMARY] },
    [`${LETTERS}/${SUMMARY.letterId}`]: LETTER,
  });
  fireEvent.click(page.getByRole('link', { name: SUMMARY.subject }));
  await settle();
  expect(address()).toBe(`/mailbox?letter=${SUMMARY.letterId}`);
  expect(page.getByText('You are invited')).toBeTruthy();
  const frame = page.getByTitle<HTMLIFrameElement>('As most mail programs show it');
  expect(new URL(frame.src).pathname).toBe(LETTER.htmlUrl);
  expect(frame.getAttribute('sandbox')).toBe('allow-popups allow-popups-to-escape-sandbox');
});

test('A frame leads nowhere else, whatever the answer says', async () => {
  const { page } = await openPage(`/mailbox?letter=${SUMMARY.letterId}`, {
    [LETTERS]: { letters: [SUMMARY] },
    [`${LETTERS}/${SUMMARY.letterId}`]: { ...LETTER, htmlUrl: 'https://elsewhere.example/' },
  });
  expect(page.getByText('You are invited')).toBeTruthy();
  expect(page.queryByTitle('As most mail programs show it')).toBeNull();
});

test('Where there is no mailbox, it is not found', async () => {
  const { page } = await openPage('/mailbox', { [LETTERS]: new Refusal(404, 'not here', 'not-found') });
  expect(page.getByRole('alert')).toBeTruthy();
  expect(page.queryByText('Letters')).toBeNull();
});
