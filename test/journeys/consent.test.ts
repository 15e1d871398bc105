import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually, type House, openHouse } from './open-house.ts';

let house: House;
before(async () => (house = await openHouse('consent', { NODE_ENV: 'development' })));
after(() => house?.close());
afterEach(() => house.clear());

/** A coordinator asks for a sample student, by the school's own id, whether a sample employer may see their name and grade. */
async function ask(schoolStudentId: string, employer: string): Promise<Page> {
  const page = await house.visit(`/students?q=${schoolStudentId}`, { as: 'Sample Coordinator' });
  await page.getByRole('table').getByRole('link').first().click();
  await page.getByText('Ask whether an employer may see something').click();
  await page.getByLabel('Find the employer by name, web domain or EIN').fill(employer);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await page.getByRole('radio', { name: `${employer} Sample`, exact: true }).check();
  await page.getByRole('checkbox', { name: 'grade' }).check();
  await page.getByLabel('Last day').fill('2026-12-31');
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await page.getByText('The question is on its way by mail.').waitFor();
  return page;
}

test('a parent without an account says yes by link, and takes it back with the same link', async () => {
  const employer = 'Sample Hollow Regional Hospital';
  const page = await ask('SAMPLE-002', employer);
  const link = await eventually(
    async () => (await house.mails()).find((mail) => /guardian002@.*consent-link#token/s.test(mail)),
    (mail) => assert.ok(mail),
  );
  assert.doesNotMatch(link!, /Student 002/, 'the mail names no student');
  const parent = await house.visit(/http\S+consent-link#\S+/.exec(link!)![0]);
  await parent.getByText('You decide. Without your yes they see nothing.').waitFor();
  await parent.getByRole('button', { name: 'Yes, they may see this' }).focus();
  await parent.keyboard.press('Enter');
  await parent.getByText(`${employer} may see these details until Dec 31, 2026.`, { exact: false }).waitFor();
  assert.match(await parent.evaluate(() => document.activeElement?.textContent ?? ''), /may see these details/);
  await page.reload();
  await page.getByText('Answered by').waitFor();
  await parent.getByRole('button', { name: 'Take it back' }).focus();
  await parent.keyboard.press('Enter');
  await parent.getByText('sees nothing any more', { exact: false }).waitFor();
});

test('an employer sees what a parent allowed, each look is written down, and at the click after a withdrawal there is nothing', async () => {
  const employer = await house.visit('/organizations', { as: 'Sample Employer Administrator' });
  await employer.getByRole('main').getByRole('link', { name: 'Students shared with us' }).click();
  await employer.getByText('Nobody shares details with your company at the moment.', { exact: false }).waitFor();

  await ask('SAMPLE-001', 'Sample Hollow Regional Hospital');
  const parent = await house.visit('/my-students', { as: 'Sample Guardian' });
  await parent.getByRole('main').getByRole('link', { name: 'Decide what employers may see' }).click();
  await parent.getByText('Nobody has looked yet.').waitFor();
  await parent.getByRole('button', { name: 'Yes, they may see this' }).click();
  await parent.getByText(/may see these details until Dec 31, 2026/).waitFor();

  await employer.reload();
  const shared = employer.getByRole('region', { name: 'Sample Student 001' });
  await shared.waitFor();
  assert.match(await shared.innerText(), /Grade\s+\d/);
  assert.doesNotMatch(await employer.getByRole('main').innerText(), /@|guardian/i, 'only what was named is shown');

  await parent.reload();
  await parent.getByText('Sample Employer Administrator, Sample Hollow Regional Hospital').waitFor();
  await parent.getByText('saw: name and grade').waitFor();
  await parent.getByRole('button', { name: 'Take it back' }).click();
  await parent.getByText(/sees nothing any more/).waitFor();
  await employer.reload();
  await employer.getByText('Nobody shares details with your company at the moment.', { exact: false }).waitFor();
  assert.equal(await employer.getByText('Sample Student 001').count(), 0);
});
