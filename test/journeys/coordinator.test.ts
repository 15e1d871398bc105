import type { Board } from '@throughway/contracts/board';
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { eventually, type House, numberOf, openHouse, settled } from './open-house.ts';

let house: House;
before(async () => (house = await openHouse('coordinator')));
after(() => house?.close());
afterEach(async () => {
  const complaints = house.complaints();
  await house.clear();
  assert.deepEqual(complaints, []);
});

const boardTable = (page: Page): Locator => page.getByRole('table', { name: /^Cohorts/ });
const boardRows = (page: Page): Locator => boardTable(page).locator('tbody').getByRole('row');

/** The cells of one column of the board, by its heading. */
async function column(page: Page, heading: string): Promise<string[]> {
  const headings = await boardTable(page).getByRole('columnheader').allInnerTexts();
  const at = headings.findIndex((each) => each.trim() === heading);
  assert.ok(at > 0, `a column "${heading}" among ${headings.join(' | ')}`);
  return boardRows(page).evaluateAll((rows, n) => rows.map((row) => row.children[n]?.textContent?.trim() ?? ''), at);
}

/** The figure under a term of the page's definition lists. */
async function figure(page: Page, term: string): Promise<number> {
  const definition = page.locator('dl.figures > div').filter({ has: page.getByText(term, { exact: true }) });
  return numberOf(await definition.locator('dd').first().innerText());
}

test('a coordinator sees at once where the pathways lead, and those with most graduates without a seat come first', async () => {
  const page = await house.visit('/');
  assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'Where our pathways lead');
  assert.match(await page.getByRole('note').innerText(), /Sample data/);
  const without = (await column(page, 'Without a seat')).filter((text) => !/^(–|not known)/.test(text)).map(numberOf);
  assert.ok(without.length > 10 && without[0]! > 0);
  assert.deepEqual(
    without,
    without.toSorted((a, b) => b - a),
  );
  const expected = await figure(page, 'Graduates expected');
  assert.equal(expected, (await figure(page, 'With a seat')) + (await figure(page, 'Without a seat')));
  const totals = boardTable(page).getByRole('row', { name: /^All in this run’s year/ });
  assert.match(await totals.innerText(), new RegExp(`\\b${expected}\\b`));
  await page.getByRole('img', { name: /^Map of counties by graduates without a seat/i }).waitFor();
});

test('narrowed to a region and a flag, the board shows those cohorts only, and the address keeps the choice', async () => {
  const page = await house.visit('/');
  const all = await page.getByRole('heading', { name: /^\d+ cohorts?$/ }).innerText();
  await page.getByRole('combobox', { name: /^Region/ }).selectOption({ label: 'EKCEP LWA' });
  await page.waitForURL(/region=ky-ekcep/);
  await page.getByRole('combobox', { name: /^Flag/ }).selectOption({ label: 'Skills gap' });
  await page.waitForURL(/flag=skills-gap/);
  const answer = await house.ask<Board>('/api/board?region=ky-ekcep&flag=skills-gap');
  assert.ok(answer.rowCount > 0 && answer.rowCount < Number.parseInt(all, 10));
  await eventually(
    () => boardRows(page).count(),
    (rows) => assert.equal(rows, answer.rowCount),
  );
  for (const flags of await column(page, 'Flags')) assert.match(flags, /Skills gap/);
  await page.reload();
  await settled(page);
  assert.equal(await boardRows(page).count(), answer.rowCount, 'a reload keeps the choice');
  await page.getByRole('link', { name: 'Show all' }).click();
  await page.getByRole('heading', { name: all }).waitFor();
});

test('what the table shows can be taken along as CSV, all rows of the filter', async () => {
  const page = await house.visit('/?region=ky-ekcep');
  const told = await page.getByRole('heading', { name: /^\d+ cohorts?$/ }).innerText();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as CSV' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), 'throughway-board-2026-06-30.csv');
  const chunks = await (await download.createReadStream()).toArray();
  const lines = Buffer.concat(chunks).toString().trim().split(/\r?\n/);
  assert.equal(lines.length - 1, Number.parseInt(told, 10));
});

test('from a flag on a pathway the coordinator reaches the rows that raise it', async () => {
  const page = await house.visit('/?flag=credential-missing');
  const link = boardRows(page).first().getByRole('link');
  const name = await link.innerText();
  await link.click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await settled(page);
  const flag = page
    .getByRole('region', { name: 'Flags' })
    .getByRole('listitem')
    .filter({ hasText: 'Credential missing' })
    .first();
  const summary = flag.getByText(/records? that raises? it$/);
  const promised = Number.parseInt(await summary.innerText(), 10);
  assert.ok(promised > 0);
  await summary.click();
  const rows = flag.locator('details li');
  assert.equal(await rows.count(), promised);
  assert.match(await rows.first().innerText(), /^(Requirement|Credential): .+/);
  await page
    .getByText(/The job requires, and the pathway does not award:/)
    .first()
    .waitFor();
});

test('a pathway tells what is taught against what the job needs, skill by skill, and what nobody asks for', async () => {
  const page = await house.visit('/?flag=skills-gap');
  await boardRows(page).first().getByRole('link').click();
  await settled(page);
  await page
    .getByText(/^\d+ skills?, taught against needed$/)
    .first()
    .waitFor();
  const lines = page.locator('app-skill-levels').first().getByRole('listitem');
  const [taught, needed] = /(\d)\D+(\d)/.exec(await lines.first().locator('app-status-word').innerText())!.slice(1);
  assert.ok(Number(taught) < Number(needed), 'the gap comes first');
  const units = page.getByRole('region', { name: 'Units: table' }).locator('tbody').getByRole('row');
  const unasked = await units.filter({ hasText: 'nobody in reach asks' }).count();
  const told =
    unasked > 0 ? /Nobody in reach asks for [\d.,]+ hours?/ : /Every unit has a skill that a job in reach asks for/;
  await page.getByText(told).waitFor();
});

test('partnerships that only advise come first, with why, since when and the cheapest next step', async () => {
  const page = await house.visit('/partnerships');
  const items = page.locator('ol.ladder-rows > li');
  const advisory = await items.evaluateAll((rows) => rows.map((row) => /Advisory only/.test(row.textContent ?? '')));
  assert.ok(advisory[0] && advisory.includes(false));
  assert.equal(advisory.lastIndexOf(true) + 1, advisory.filter(Boolean).length, 'none stands below another kind');
  const first = await items.first().innerText();
  assert.match(first, /since [A-Z][a-z]{2} \d{1,2}, \d{4}/);
  assert.match(first, /Cheapest next step\s+\S+/);

  await items.first().getByRole('link').click();
  await page.getByRole('heading', { level: 2, name: 'Evidence' }).waitFor();
  await page.getByRole('img', { name: /^Time line of evidence/ }).waitFor();
  const evidence = page
    .getByRole('region', { name: /^Evidence: table/ })
    .locator('tbody')
    .getByRole('row');
  const rungs = await evidence.evaluateAll((rows) =>
    rows
      .filter((row) => !/does not count/.test(row.textContent ?? ''))
      .map((row) => row.children[2]?.textContent?.trim()),
  );
  assert.ok(rungs.length > 0, 'something counts');
  assert.deepEqual([...new Set(rungs)], ['1'], 'and all of it is advice');
});

test('a coordinator without a mouse narrows the board, opens a pathway and its receipt', async () => {
  const page = await house.visit('/');
  const onto = async (name: RegExp): Promise<void> => {
    for (let pressed = 0; pressed < 80; pressed += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const element = document.activeElement;
        const labels = (element as HTMLInputElement | null)?.labels;
        return [...(labels ?? [])].map((label) => label.firstElementChild?.textContent).join() || element?.textContent;
      });
      if (!name.test((focused ?? '').trim())) continue;
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
      assert.notEqual(outline, 'none', `the focus on ${name} can be seen`);
      return;
    }
    assert.fail(`Tab never reaches ${name}`);
  };
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Skip to the content');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'main');
  await onto(/^Flag$/);
  await page.keyboard.type('Skills gap');
  await page.keyboard.press('Enter');
  await page.waitForURL(/flag=skills-gap/);
  await settled(page);
  const name = await boardRows(page).first().getByRole('link').innerText();
  await onto(new RegExp(`^${name.replace(/[()]/g, '\\$&')}$`));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'main', 'the keyboard begins at the new page');
  await settled(page);
  await onto(/^Figures as of/);
  await page.keyboard.press('Enter');
  await page.getByText('Fingerprint of the input').waitFor({ state: 'visible' });
});
