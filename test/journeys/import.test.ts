import type { Board } from '@throughway/contracts/board';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { ROOT, temporaryFolder } from '../support/portal.ts';
import { eventually, type House, numberOf, openHouse, settled } from './open-house.ts';

let house: House;
const folder = temporaryFolder('journey-folders');
const good = join(folder.path, 'good');
const asOf = '2026-06-30';

/** The command as `npx throughway` runs it; answers what it prints. */
const throughway = (...args: string[]): string =>
  execFileSync('node', [join(ROOT, 'api/dist/cli/main.js'), ...args], { cwd: ROOT, encoding: 'utf8' });

before(async () => {
  throughway('sample', '--out', good, '--as-of', asOf);
  house = await openHouse('import', { NODE_ENV: 'development' });
});
after(async () => {
  await house?.close();
  folder.remove();
});
afterEach(async () => {
  const complaints = house.complaints();
  await house.clear();
  assert.deepEqual(complaints, []);
});

const filesOf = (path: string): string[] => readdirSync(path).map((file) => join(path, file));

/** Rows below the headers; the sample has no line break inside a field. */
const rowsOf = (path: string): number =>
  filesOf(path).reduce((sum, file) => sum + readFileSync(file, 'utf8').trimEnd().split('\n').length - 1, 0);

const board = (): Promise<Board> => house.ask<Board>('/api/board');

const state = (page: Page): Locator => page.getByRole('heading', { level: 2 }).first();

async function figure(page: Page, term: string): Promise<number> {
  const definition = page.locator('dl.figures > div').filter({ has: page.getByText(term, { exact: true }) });
  return numberOf(await definition.locator('dd').innerText());
}

test('a coordinator sends a folder with mistakes, reads where each one stands, and nothing has changed', async () => {
  const broken = join(folder.path, 'broken');
  cpSync(good, broken, { recursive: true });
  const path = join(broken, 'cohorts.csv');
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  writeFileSync(path, [...lines.slice(0, 2), lines[2]!.replace(/,\d+$/, ',many'), ...lines.slice(3), ''].join('\n'));
  appendFileSync(join(broken, 'sites.csv'), 'site-x,no-such-employer,Sample site,21193,America/New_York\n');
  const stood = await board();

  const page = await house.visit('/imports');
  assert.ok(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled(), 'nothing to send yet');
  await page.getByLabel('One zip file, or the CSV files together').setInputFiles(filesOf(broken));
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/);
  await eventually(
    () => state(page).innerText(),
    (is) => assert.equal(is.trim(), 'Refused'),
  );
  await page
    .getByText(/nothing was changed/)
    .first()
    .waitFor();
  assert.equal(await figure(page, 'Errors'), 2);
  assert.equal(await figure(page, 'Rows saved'), 0);
  const report = page
    .getByRole('region', { name: /^Errors by file and line/ })
    .locator('tbody')
    .getByRole('row');
  const cells = await report.evaluateAll((rows) =>
    rows.map((row) => [...row.children].map((c) => c.textContent?.trim())),
  );
  assert.deepEqual(
    cells.map((row) => row.slice(0, 4)),
    [
      ['sites.csv', '52', 'employer_id', '"no-such-employer"'],
      ['cohorts.csv', '3', 'expected_completers', '"many"'],
    ],
  );
  for (const row of cells) assert.ok((row[4] ?? '').length > 3, 'and what was expected');
  assert.deepEqual(await board(), stood);
});

test('a good folder is counted by the server, survives a reload on the way, and becomes the board', async () => {
  const page = await house.visit('/imports');
  await page.getByLabel('One zip file, or the CSV files together').setInputFiles(filesOf(good));
  await page.getByText(/^\s*21 files, /).waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/);
  await page.reload();
  await settled(page);
  await eventually(
    () => state(page).innerText(),
    (is) => assert.equal(is.trim(), 'Done'),
  );
  assert.equal(await figure(page, 'Rows read'), rowsOf(good));
  assert.equal(await figure(page, 'Rows saved'), rowsOf(good));
  const files = page.getByRole('region', { name: 'Files: table' }).locator('tbody').getByRole('row');
  assert.equal(await files.count(), 21);

  await page.getByRole('link', { name: 'See where the pathways lead' }).click();
  await page.waitForURL(/network=main/);
  await settled(page);
  assert.equal(await page.getByRole('note').count(), 0, 'these figures are the coordinator’s own');
  assert.equal((await board()).network.slug, 'main', 'a newcomer sees them first, too');
  await page.getByRole('combobox', { name: /^Data set/ }).selectOption({ label: 'Sample network' });
  await page.getByRole('note').waitFor();

  await page.goto('/imports');
  await settled(page);
  const before = page
    .getByRole('region', { name: /^Imports so far/ })
    .locator('tbody')
    .getByRole('row');
  assert.match(await before.first().innerText(), /Done/);
  assert.match(await before.nth(1).innerText(), /Refused/);
});

test('the receipt on the board names the same input as the command over the same folder', async () => {
  const out = join(folder.path, 'aligned');
  throughway('align', '--data', good, '--as-of', asOf, '--out', out);
  const written = filesOf(out)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const page = await house.visit('/?network=main');
  await page.getByText(/^\s*Figures as of/).click();
  const receipt = page.locator('details.receipt');
  const digest = /\b[0-9a-f]{64}\b/.exec(await receipt.innerText())?.[0];
  assert.ok(digest && written.includes(digest), `the command writes ${digest}, too`);
});

test('sending the same folder again, with the keyboard alone, changes nothing', async () => {
  const stood = await board();
  const page = await house.visit('/imports');
  const tabTo = async (selector: string): Promise<void> => {
    for (let pressed = 0; pressed < 40; pressed += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    }
    assert.fail(`Tab never reaches ${selector}`);
  };
  const chooser = page.waitForEvent('filechooser');
  await tabTo('input[type=file]');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(filesOf(good));
  await tabTo('button[type=submit]');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/);
  await eventually(
    () => state(page).innerText(),
    (is) => assert.equal(is.trim(), 'Done'),
  );
  const files = page.getByRole('region', { name: 'Files: table' }).locator('tbody').getByRole('row');
  const counts = await files.evaluateAll((rows) =>
    rows.map((row) => [...row.children].map((c) => c.textContent?.trim())),
  );
  for (const [file, rows, added, changed, unchanged] of counts)
    assert.deepEqual([added, changed, unchanged], ['0', '0', rows], `${file}: all unchanged`);
  assert.deepEqual(await board(), stood);
});
