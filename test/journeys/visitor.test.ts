import type { Board } from '@throughway/contracts/board';
import type { PartnershipLadder } from '@throughway/contracts/partnerships';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { ROOT } from '../support/portal.ts';
import { eventually, type House, numberOf, openHouse, settled } from './open-house.ts';

let house: House;
/** One address of every page that shows figures, and the others. */
let figures: string[];
let pages: string[];
before(async () => {
  house = await openHouse('visitor');
  const { pathwayId, cohortId } = (await house.ask<Board>('/api/board')).rows[0]!;
  const partnership = (await house.ask<PartnershipLadder>('/api/partnerships')).rows[0]!;
  figures = [
    '/?flag=skills-gap',
    `/pathways/${pathwayId}?cohort=${cohortId}`,
    '/partnerships?flag=advisory-only',
    `/partnerships/${partnership.employerId}/${partnership.pathwayId}`,
  ];
  pages = ['/', ...figures, '/regions', '/regions/ky-ekcep', '/method'];
});
after(() => house?.close());
afterEach(async () => {
  const complaints = house.complaints();
  await house.clear();
  assert.deepEqual(complaints, []);
});

/** The table's cells in a column of roles, top to bottom. */
async function roles(page: Page, at: number): Promise<string[]> {
  const rows = page
    .getByRole('table', { name: /^Roles with openings/ })
    .locator('tbody')
    .getByRole('row');
  return rows.evaluateAll((all, n) => all.map((row) => row.children[n]?.firstChild?.textContent?.trim() ?? ''), at);
}

test('growing roles of a region: the wage gate keeps cashiers out until somebody lowers it', async () => {
  const page = await house.visit('/regions');
  await page.getByRole('link', { name: 'EKCEP LWA, KY' }).click();
  await page.getByRole('heading', { level: 1, name: 'Growing roles in EKCEP LWA, KY' }).waitFor();
  await settled(page);
  const openings = (await roles(page, 1)).map(numberOf);
  assert.ok(openings.length > 5);
  assert.deepEqual(
    openings,
    openings.toSorted((a, b) => b - a),
    'most openings first',
  );
  assert.ok(!(await roles(page, 0)).includes('Cashiers'));
  assert.match(await page.getByText(/^\s*Left out:/).innerText(), /\d+ roles below the wage/);

  await page.getByRole('combobox', { name: /^Growth/ }).selectOption({ label: 'All roles' });
  await page.waitForURL(/growing=no/);
  await settled(page);
  assert.ok(!(await roles(page, 0)).includes('Cashiers'), 'growth is not what keeps them out');
  await page.getByRole('combobox', { name: /^Lowest median wage/ }).selectOption({ label: 'Any wage' });
  await page.getByText('No wage gate is in force.').waitFor();
  await settled(page);
  const loosened = await roles(page, 0);
  assert.ok(loosened.includes('Cashiers'), `cashiers among ${loosened.slice(0, 10).join(', ')}`);
  assert.match(
    await page
      .getByText(/^\s*Source: /)
      .first()
      .innerText(),
    /KYSTATS.*2022–2032/,
  );
});

test('a link to any page opens that page, again after a reload, and back leads back', async () => {
  for (const path of pages) {
    const page = await house.visit(path);
    const heading = await page.getByRole('heading', { level: 1 }).innerText();
    await page.reload();
    await settled(page);
    assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), heading, path);
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, path);
    await house.clear();
  }
  const page = await house.visit('/partnerships');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Method' }).click();
  await page.getByRole('heading', { level: 1, name: 'How the figures are made' }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'Partnerships' }).waitFor();
});

test('an address that leads nowhere says so and offers a way on', async () => {
  const page = await house.visit('/no-such-page');
  await page.getByRole('heading', { level: 1, name: 'Page not found' }).waitFor();
  await page.getByRole('link', { name: 'Go to where our pathways lead' }).click();
  await page.getByRole('heading', { level: 1, name: 'Where our pathways lead' }).waitFor();
  assert.deepEqual(house.complaints(), []);

  const unknown = await house.visit('/pathways/no-such-pathway');
  await unknown.getByText('Nothing here.').waitFor();
  assert.deepEqual(house.complaints(), ['answer 404: /api/pathways/no-such-pathway']);
});

test('every page of figures opens its receipt: the day, the engine, and the fingerprint of the input', async () => {
  const { run } = await house.ask<Board>('/api/board');
  for (const path of figures) {
    const page = await house.visit(path);
    await page.getByText(/^\s*Figures as of Jun 30, 2026/).click();
    const receipt = await page.locator('details.receipt').innerText();
    for (const part of [run.engine, run.digest, run.runId]) assert.ok(receipt.includes(part), `${path} names ${part}`);
    await house.clear();
  }
});

test('no page calls another address, and one that tried would be stopped and noticed', async () => {
  for (const path of pages) {
    const page = await house.visit(path);
    await page.mouse.wheel(0, 20_000);
    await settled(page);
    assert.deepEqual(house.complaints(), [], path);
    await house.clear();
  }
  const control = await house.visit('/');
  await control.addScriptTag({ url: 'http://127.0.0.1:9/elsewhere.js' }).catch(() => undefined);
  const noticed = await eventually(
    () => house.complaints().join('\n'),
    (complaints) => assert.match(complaints, /Content Security Policy|asks elsewhere/),
  );
  assert.ok(noticed);
  await eventually(
    () => house.complaints(),
    (rest) => assert.deepEqual(rest, []),
  );
});

type Texts = { [key: string]: string | Texts };

function flat(texts: Texts, prefix = ''): Map<string, string> {
  const entries = Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [[prefix + key, text] as const] : [...flat(text, `${prefix}${key}.`)],
  );
  return new Map(entries);
}

const wordsIn = (lang: string): Map<string, string> =>
  flat(JSON.parse(readFileSync(join(ROOT, `web/src/i18n/${lang}.json`), 'utf8')) as Texts);

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Everything that a page says: its texts, labels and title; what is marked as English may be English. */
async function said(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = [document.title.replace(' · Throughway', '')];
    for (const element of document.querySelectorAll('body *')) {
      if (element.closest('body [lang="en"], script, style')) continue;
      for (const name of ['aria-label', 'alt', 'title', 'placeholder']) found.push(element.getAttribute(name) ?? '');
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) found.push(node.textContent ?? '');
    }
    return found;
  });
  return [...new Set(texts.map((text) => text.replace(/\s+/g, ' ').trim()).filter(Boolean))];
}

/** Texts that are a key without words, or an English text that Spanish has another one for. */
async function notSpanish(page: Page): Promise<string[]> {
  const english = wordsIn('en');
  const spanish = wordsIn('es');
  const known = new Set(spanish.values());
  const whole = new Set(
    [...english].filter(([key, text]) => spanish.get(key) !== text && !known.has(text)).map(([, t]) => t),
  );
  const patterns = [...whole]
    .filter((text) => text.includes('{{') && /[a-z]{4}/i.test(text.replace(/{{.*?}}/g, '')))
    .map(
      (text) =>
        new RegExp(
          `^${text
            .split(/{{.*?}}/)
            .map(escaped)
            .join('.+')}$`,
        ),
    );
  const namespaces = new Set([...english.keys()].map((key) => key.split('.')[0]));
  const isKey = (text: string): boolean =>
    english.has(text)
      ? text.includes('.')
      : /^[a-z-]+(\.[a-z0-9-]+)+$/.test(text) && namespaces.has(text.split('.')[0]);
  return (await said(page)).filter(
    (text) => isKey(text) || whole.has(text) || patterns.some((pattern) => pattern.test(text)),
  );
}

test('whoever reads Spanish reads Spanish, on every page and in every label', async () => {
  for (const path of [...pages, '/no-such-page', '/?flag=no-local-demand&q=zzz']) {
    const page = await house.visit(path, { lang: 'es' });
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'es');
    await page.mouse.wheel(0, 20_000);
    await settled(page);
    assert.deepEqual(await notSpanish(page), [], path);
    await house.clear();
  }
  const page = await house.visit('/', { lang: 'en' });
  const noticed = (await notSpanish(page)).length;
  assert.ok(noticed > 20, `control: an English page is noticed, found ${noticed} texts`);
  await page.getByRole('button', { name: 'Español' }).click();
  await page.getByRole('heading', { level: 1, name: wordsIn('es').get('board.title')! }).waitFor();
  await page.reload();
  await settled(page);
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'es', 'the choice is remembered');
});

test('on paper a page keeps its figures and leaves out what cannot be pressed', async () => {
  for (const path of figures) {
    const page = await house.visit(path);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.getByRole('navigation', { name: 'Pages' }).isVisible(), false);
    assert.equal(await page.getByRole('combobox').filter({ visible: true }).count(), 0);
    assert.equal(await page.getByRole('button').filter({ visible: true }).count(), 0);
    assert.ok(await page.getByRole('heading', { level: 1 }).isVisible());
    const cut = await page
      .locator('.scroll')
      .evaluateAll((frames) => frames.filter((f) => f.scrollHeight > f.clientHeight + 1).length);
    assert.equal(cut, 0, `${path}: no table is cut off`);
    assert.ok((await page.pdf({ format: 'Letter' })).byteLength > 10_000);
    await house.clear();
  }
});
