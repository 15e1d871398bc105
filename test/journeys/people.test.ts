import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually, type House, openHouse, settled } from './open-house.ts';

let house: House;
before(async () => (house = await openHouse('people', { NODE_ENV: 'development' })));
after(() => house?.close());
afterEach(() => house.clear());

/** The link of the latest kind of mail to an address, once it is there. */
async function linkMailedTo(address: string, page: string): Promise<string> {
  const pattern = new RegExp(`http\\S+${page}#\\S+`);
  const found = await eventually(
    async () => (await house.mails()).find((mail) => mail.includes(`To: ${address}`) && pattern.test(mail)),
    (mail) => assert.ok(mail, `a mail to ${address} with a link to ${page}`),
  );
  return pattern.exec(found!)![0];
}

/** A device with a fingerprint reader that always says yes (W3C WebAuthn 3, virtual authenticator). */
async function giveAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** Tab until the control with this name has the focus. */
async function onto(page: Page, name: RegExp): Promise<void> {
  for (let pressed = 0; pressed < 120; pressed += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const labels = [...((element as HTMLInputElement | null)?.labels ?? [])];
      const label = labels.map((each) => (each.querySelector('span') ?? each).textContent?.trim()).join(' ');
      return element?.getAttribute('aria-label') ?? (label || element?.textContent?.trim()) ?? '';
    });
    if (name.test(focused)) return;
  }
  assert.fail(`Tab never reaches ${name}`);
}

async function signOut(page: Page): Promise<void> {
  await page.locator('.account-menu > summary').click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
}

/** Opens an invitation's link and accepts it under a name. */
async function accept(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await page.getByRole('heading', { name: `Welcome, ${name}` }).waitFor();
}

test('an employer’s first administrator comes by invitation and signs in by passkey; a role taken away is gone at the next click', async () => {
  const region = await house.visit('/sign-in?then=%2Forganizations');
  await region.getByRole('button', { name: 'Sample Administrator' }).click();
  await region.waitForURL('**/organizations');
  await region.getByText('It is not there: add it').click();
  await region.getByLabel('Name of the employer').fill('Sample Journey Works');
  await region.getByRole('button', { name: 'Add the employer' }).click();
  await region.getByRole('heading', { level: 1, name: /Sample Journey Works/ }).waitFor();
  await region.getByLabel('Their mail address').fill('owner@journey.example');
  await region.getByRole('button', { name: 'Send the invitation' }).click();
  await region.getByText('A mail to owner@journey.example is on its way.').waitFor();

  const owner = await house.visit(await linkMailedTo('owner@journey.example', '/invitation'));
  await giveAuthenticator(owner);
  await owner.getByText('Employer administrator at Sample Journey Works').waitFor();
  await accept(owner, 'Sample Owner');
  assert.equal(new URL(owner.url()).hash, '', 'the used link is not left in the address');
  await owner.getByRole('button', { name: 'Add a passkey' }).click();
  await owner.waitForURL('**/organizations');
  await signOut(owner);
  await owner.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await owner.waitForURL('**/organizations');
  await owner.getByRole('link', { name: 'Sample Journey Works' }).click();
  await owner.getByRole('heading', { level: 1, name: /Sample Journey Works/ }).waitFor();

  await owner.getByLabel('Their mail address').fill('hand@journey.example');
  await owner.locator('app-invite-form').getByLabel('Role').selectOption({ label: 'Employer member' });
  await owner.getByRole('button', { name: 'Send the invitation' }).click();
  const hand = await house.visit(await linkMailedTo('hand@journey.example', '/invitation'));
  await accept(hand, 'Sample Hand');
  await hand.getByRole('button', { name: /mail me a link each time/ }).click();
  const link = hand.getByRole('main').getByRole('link', { name: 'Sample Journey Works' });
  await link.waitFor();

  await owner.reload();
  await owner.getByRole('button', { name: 'End: Employer member, Sample Hand' }).click();
  await owner.getByRole('button', { name: 'End', exact: true }).click();
  await owner.getByText('The role is ended.').waitFor();
  await link.click();
  await hand.getByText('What you asked for does not exist, or is not shown to you.').waitFor();
  assert.equal(await hand.getByText('Sample Owner').count(), 0, 'nobody of the employer is shown any more');

  await signOut(hand);
  await hand.getByRole('textbox', { name: 'Mail address' }).fill('hand@journey.example');
  await hand.getByRole('button', { name: 'Mail me a link' }).click();
  await hand.getByText(/a mail with a link is on its way/).waitFor();
  const mailed = await linkMailedTo('hand@journey.example', '/sign-in');
  const guest = await house.visit(mailed);
  assert.equal(new URL(guest.url()).hash, '', 'the secret is not left in the address');
  await guest.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
  await guest.getByText('No role at the moment.', { exact: false }).waitFor();
  const again = await house.visit(mailed);
  await again.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
  assert.match(await again.getByRole('alert').innerText(), /This link has been used/);
});

test('a coordinator brings in students by keyboard: mistakes are named by line and column, then a good file is saved', async () => {
  const page = await house.visit('/students', { as: 'Sample Coordinator' });
  await page.locator('app-students-upload select').selectOption({ label: 'Sample Corners Career Academy' });
  const header = 'student_id,given_name,family_name,birth_date,email,guardian_contacts\n';
  const upload = async (rows: string): Promise<void> => {
    const buffer = Buffer.from(header + rows);
    const file = { name: 'students.csv', mimeType: 'text/csv', buffer };
    await page.getByLabel('The file students.csv').setInputFiles(file);
    await page.getByLabel('The file students.csv').focus();
    await onto(page, /^Send$/);
    await page.keyboard.press('Enter');
    await page.locator('#report-title').waitFor();
  };
  await upload('J-1,Sample,Journey,2010-02-30,not-an-address,\nJ-1,Sample,Twice,2010-03-01,,\n');
  assert.match(await page.locator('#report-title').innerText(), /Nothing was changed/);
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'report-title', 'the focus is at the report');
  const rows = page.getByRole('table', { name: 'Errors by file and line' }).locator('tbody').getByRole('row');
  const told = (await rows.allInnerTexts()).join('\n');
  for (const column of ['birth_date', 'email', 'student_id']) assert.match(told, new RegExp(column));
  assert.doesNotMatch(told, /not-an-address/, 'no cell that names a person is repeated');

  await upload('J-1,Sample,Journey,2010-02-28,student@journey.example,Sample Parent <parent@journey.example>\n');
  assert.match(await page.locator('#report-title').innerText(), /The students are saved/);
  await page.getByLabel('Find by name or school id').focus();
  await page.keyboard.type('J-1');
  await page.waitForURL(/q=J-1/);
  await settled(page);
  await onto(page, /Journey/);
  await page.keyboard.press('Enter');
  await page.getByText('Until 18 the guardian decides, then the student.').waitFor();
  await onto(page, /^Invite: Sample Parent$/);
  await page.keyboard.press('Enter');
  await page.getByText('A mail with an invitation is on its way.').waitFor();
  await linkMailedTo('parent@journey.example', '/invitation');
});

test('a page of one’s own asks a stranger to sign in, and leads back there', async () => {
  const page = await house.visit('/students');
  await page.waitForURL(/\/sign-in\?then=%2Fstudents/);
  await page.getByRole('button', { name: 'Sample Coordinator' }).click();
  await page.getByRole('heading', { level: 1, name: 'Students' }).waitFor();
});
