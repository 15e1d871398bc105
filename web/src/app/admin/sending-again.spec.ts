import { describe, expect, test } from '@jest/globals';
import { fireEvent, within } from '@testing-library/dom';
import { anOrganization, ORGANIZATION_ID } from '../../testing/an-organization';
import { aSession } from '../../testing/a-session';
import { openPage, Refusal } from '../../testing/open-page';

const PATH = `/api/organizations/${ORGANIZATION_ID}`;
const BROKEN = new Refusal(0, 'no answer');

/** An employer's page before a server that answers one after the other to a new site. */
async function adding(...answers: (Refusal | 'added')[]) {
  const opened = await openPage(`/organizations/${ORGANIZATION_ID}`, {
    '/api/session': aSession(['employer-admin']),
    [PATH]: anOrganization(),
    [`${PATH}/sites`]: () => {
      const answer = answers.shift();
      return answer instanceof Refusal ? answer : anOrganization();
    },
  });
  const sites = within(opened.page.getByRole('region', { name: 'Sites' }));
  const add = async (site: string): Promise<void> => {
    const name = sites.getByLabelText<HTMLInputElement>('Name of the site');
    const county = sites.getByLabelText<HTMLInputElement>(/^County/);
    [name.value, county.value] = [site, '21193'];
    fireEvent.submit(name.closest('form')!);
    await opened.settle();
  };
  return { ...opened, sites, add, keys: () => opened.commands.map(({ key }) => key) };
}

describe('What a reader sends', () => {
  test('again after the connection broke is the same wish, as often as it breaks', async () => {
    const { add, keys, sites } = await adding(BROKEN, new Refusal(502, 'x'), 'added');
    await add('Sample Plant');
    expect(sites.getByRole('alert').textContent).toContain('Send it again as it is: nothing is done twice.');
    await add('Sample Plant');
    await add('Sample Plant');
    expect(keys()).toHaveLength(3);
    expect(keys()[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(keys()).size).toBe(1);
  });

  test('while it is still being done is the same wish too', async () => {
    const { add, keys, sites } = await adding(new Refusal(409, 'x', 'request-running'), 'added');
    await add('Sample Plant');
    expect(sites.getByRole('alert').textContent).toContain('This is being done at this moment.');
    await add('Sample Plant');
    expect(new Set(keys()).size).toBe(1);
  });

  test('after an answer, whatever it was, is a new wish, and so is another text', async () => {
    const { add, keys } = await adding('added', new Refusal(409, 'x', 'not-allowed'), BROKEN, 'added');
    await add('Sample Plant');
    await add('Sample Plant');
    await add('Sample Plant');
    await add('Sample Yard');
    expect(new Set(keys()).size).toBe(4);
  });

  test('says what the page shows, as it was answered last', async () => {
    const { add, commands, asked } = await adding('added', 'added');
    const shown = asked.indexOf(`GET ${PATH}`) + 1;
    await add('Sample Plant');
    await add('Sample Yard');
    expect(commands[0]?.ifMatch).toBe(`"answer ${shown}"`);
    expect(commands[1]?.ifMatch).toBe(`"answer ${asked.indexOf(`POST ${PATH}/sites`) + 1}"`);
  });

  test('about what somebody changed meanwhile is refused, and the page says what to do', async () => {
    const { add, sites } = await adding(new Refusal(412, 'x', 'changed-meanwhile'));
    await add('Sample Plant');
    const alert = within(sites.getByRole('alert'));
    expect(alert.getByText(/Somebody changed this after you opened the page/)).toBeTruthy();
    const link = alert.getByRole('link', { name: 'Look at the page as it is now' });
    expect(link.getAttribute('href')).toBe(`/organizations/${ORGANIZATION_ID}`);
  });
});
