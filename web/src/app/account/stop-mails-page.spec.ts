import { expect, test } from '@jest/globals';
import { fireEvent } from '@testing-library/dom';
import { openPage, Refusal } from '../../testing/open-page';

const TOKEN = 'a-secret-of-the-mail-0001';
const ADDRESS = `/stop-mails#token=${TOKEN}&mail=consent-answered`;
const STOP = '/api/mails/stop';

test('The end of a mail asks nobody anything before its button is pressed, then turns that kind off', async () => {
  const { page, asked, settle } = await openPage(ADDRESS, { [STOP]: { mail: 'consent-answered' } });
  expect(page.getByText(/Now we mail you when someone answers my question/)).toBeTruthy();
  expect(asked).toEqual([]);
  fireEvent.click(page.getByRole('button', { name: 'Turn these mails off' }));
  await settle();
  expect(asked).toEqual([`POST ${STOP}?token=${TOKEN}`]);
  expect(document.activeElement?.textContent).toContain('These mails are turned off');
  expect(page.queryByRole('button', { name: 'Turn these mails off' })).toBeNull();
});

test('An address without its secret offers no button', async () => {
  const { page } = await openPage('/stop-mails', {});
  expect(page.getByText('This address is not complete. Open the link in the mail again.')).toBeTruthy();
  expect(page.queryByRole('button', { name: 'Turn these mails off' })).toBeNull();
});

test('A link that is not ours is said to be none', async () => {
  const { page, settle } = await openPage(ADDRESS, { [STOP]: new Refusal(404, 'no such link', 'link-unknown') }, 'es');
  fireEvent.click(page.getByRole('button', { name: 'No recibir más estos correos' }));
  await settle();
  expect(page.getByText(/Este enlace no es nuestro/)).toBeTruthy();
});
