import AxeBuilder from '@axe-core/playwright';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { reportTrust } from '../../api/src/trust-report.builder.ts';
import { ROOT } from '../support/portal.ts';
import { type House, openHouse, settled, type Visitor, whole } from './open-house.ts';
import { refusedImport } from './refused-import.ts';

/*
 * Every page, without a list of pages: links are followed from the board, by a stranger and then by sample people, who see
 * their own places; two addresses of each shape (/pathways/x and /pathways/y have one shape). A new page is picked up once
 * something links to it. The router's own list is the check: a path in it that no link reached fails the first test, so that
 * a page cannot be forgotten.
 */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const ADDRESSES_PER_SHAPE = 2;
/** Seen in no link: what a visitor types wrong, asks for in vain, or filters to nothing. */
const UNLINKED = ['/no-such-page', '/pathways/no-such-pathway', '/?q=zzz', '/regions/ky-ekcep?q=zzz'];
/** Where only a mail or a sign-in service leads to. */
const MAILED = [
  '/sign-in#link=not-a-link-that-was-mailed',
  '/sign-in/services/no-such-service?code=x&state=x',
  '/invitation',
  '/invitation#token=not-a-link-that-was-mailed',
  '/task',
  '/consent-link',
  '/consent-link#token=not-a-link-that-was-mailed',
  '/stop-mails',
  '/stop-mails#token=not-a-link-that-was-mailed',
];
/** Each sees places that those before do not. */
const PEOPLE = ['Sample Coordinator', 'Sample Administrator', 'Sample Employer Administrator', 'Sample Guardian'];

/** Beginnings of the addresses that need a sign-in: the others are looked at as a stranger. */
const OWN = /^\/(profile|organizations|audit|duplicates|students|my-students|consent$|shared-students|system)/;

interface Address {
  path: string;
  as?: string;
}

let house: House;
let pages: Address[];
const opened = new Set<string>();

before(async () => {
  house = await openHouse('axe', { NODE_ENV: 'development' });
  await refusedImport(house);
  const open = await crawl();
  pages = [...open, ...UNLINKED, ...MAILED].map((path) => ({ path }));
  for (const as of PEOPLE) {
    const own = (await crawl(as)).filter((path) => !pages.some((known) => known.path === path));
    pages.push(...own.map((path) => ({ path, as })));
  }
});
after(() => house?.close());
afterEach(() => house.clear());

const shapeOf = (path: string): string =>
  path
    .split('/')
    .map((segment, at) => (at < 2 ? segment : ':'))
    .join('/');

/** Addresses of this portal that its links reach, shortest way first. */
async function crawl(as?: string): Promise<string[]> {
  const page = await house.visit('/', as === undefined ? {} : { as });
  if (as !== undefined) await page.locator('.account-menu').waitFor();
  const found = ['/'];
  const perShape = new Map<string, number>();
  for (const path of found) {
    await open(page, path);
    const links = await page
      .locator('a[href]')
      .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    for (const { origin, pathname } of links.map((link) => new URL(link))) {
      const seen = perShape.get(shapeOf(pathname)) ?? 0;
      const isPage = origin === house.url && !pathname.startsWith('/api/');
      const isOpen = as !== undefined && !OWN.test(pathname);
      const enough = as === undefined ? ADDRESSES_PER_SHAPE : 1;
      if (!isPage || isOpen || found.includes(pathname) || seen >= enough) continue;
      perShape.set(shapeOf(pathname), seen + 1);
      found.push(pathname);
    }
  }
  await house.clear();
  return found;
}

/** The page with everything on it: what waits below the window has come, what is folded is open. */
async function open(page: Page, path: string): Promise<void> {
  opened.add(path);
  await page.goto(path);
  await settled(page);
  await page.locator('.account-menu, .sign-in:not(.not-yet)').waitFor();
  await whole(page);
  await page.evaluate(() => {
    for (const folded of document.querySelectorAll('details')) folded.open = true;
    scrollTo(0, 0);
  });
}

/** Rules broken, each with the first place. */
async function violations(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations: found } = await (rules ? axe.withRules(rules) : axe.withTags(TAGS)).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.length}, first ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
}

test('the links reach every page that the router knows', () => {
  const router = readFileSync(join(ROOT, 'web/src/app/routes.ts'), 'utf8');
  const paths = [...router.matchAll(/^\s*path: '([^']*)'/gm)].map(([, path]) => path!).filter((path) => path !== '**');
  assert.ok(paths.length > 5);
  const patterns = paths.map((path) => ({ path, pattern: new RegExp(`^/${path.replace(/:\w+/g, '[^/]+')}$`) }));
  const forgotten = patterns.filter(({ pattern }) => !pages.some(({ path }) => pattern.test(path.split(/[?#]/)[0]!)));
  assert.deepEqual(
    forgotten.map(({ path }) => path),
    [],
    `link to it, or give the sample something to show there; reached were ${pages.map(({ path }) => path).join(' ')}`,
  );
});

/** Each in a browser context of their own, so that they look at the same time. */
const VISITORS: Record<string, Visitor> = {
  'in English on a phone of 320 px': { lang: 'en', width: 320 },
  'in Spanish at 1280 px': { lang: 'es', width: 1280 },
};
for (const signedIn of [false, true])
  test(`no page breaks a rule of WCAG 2.2 AA ${Object.keys(VISITORS).join(', nor ')}, ${signedIn ? 'signed in' : 'to a stranger'}, by day or night, and none scrolls sideways`, async () => {
    const asked = pages.filter(({ as }) => (as !== undefined) === signedIn);
    const broken = await Promise.all(
      Object.entries(VISITORS).map(async ([who, visitor]) =>
        (await brokenOn(asked, visitor)).map((rule) => `${who}: ${rule}`),
      ),
    );
    assert.deepEqual(broken.flat(), []);
  });

async function brokenOn(addresses: readonly Address[], visitor: Visitor): Promise<string[]> {
  const broken: string[] = [];
  let page: Page | undefined;
  let before: string | undefined;
  for (const { path, as } of addresses) {
    if (!page || as !== before) page = await house.visit('/', as === undefined ? visitor : { ...visitor, as });
    before = as;
    await open(page, path);
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (tooWide > 0) broken.push(`${path} scrolls sideways by ${tooWide} px`);
    broken.push(...(await violations(page)).map((rule) => `${path} ${rule}`));
    await page.emulateMedia({ colorScheme: 'dark' });
    broken.push(...(await violations(page, ['color-contrast'])).map((rule) => `${path} at night ${rule}`));
    await page.emulateMedia({ colorScheme: 'light' });
  }
  return broken;
}

test('control: a page made hard to read, to name, to hit and to fit is caught', async () => {
  const page = await house.visit('/', { width: 320 });
  await page.evaluate(() => {
    document.documentElement.lang = '';
    const heading = document.querySelector<HTMLElement>('h1')!;
    heading.style.color = '#bbb';
    heading.insertAdjacentHTML('afterend', '<img src="/favicon.svg"><input><div id="wide">wide</div>');
    document.querySelector<HTMLElement>('#wide')!.style.width = '640px';
  });
  const caught = (await violations(page)).map((rule) => rule.split(':')[0]);
  for (const rule of ['color-contrast', 'html-has-lang', 'image-alt', 'label']) assert.ok(caught.includes(rule), rule);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth));
});

test('no page asks anybody else than the portal, and one that is made to is stopped and noticed', async () => {
  const unopened = pages.filter(({ path }) => !opened.has(path));
  for (const { path, as } of unopened) await open(await house.visit('/', as === undefined ? {} : { as }), path);
  const { here, elsewhere } = house.calls();
  const policy = (await fetch(house.url)).headers.get('content-security-policy') ?? '';

  let arrived = 0;
  const stranger = createServer((_, response) => {
    arrived += 1;
    response.end();
  });
  await new Promise<void>((listening) => stranger.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`;
  const askedBy = async (unprotected: boolean): Promise<{ arrived: number; noticed: number }> => {
    const before = { arrived, noticed: house.calls().elsewhere.length };
    const page = await house.visit('/', { unprotected });
    await page.evaluate((to) => fetch(to, { mode: 'no-cors' }).catch(() => undefined), url);
    return { arrived: arrived - before.arrived, noticed: house.calls().elsewhere.length - before.noticed };
  };
  const stopped = await askedBy(false);
  const control = await askedBy(true);
  stranger.close();

  const isStrict = /(^|;) ?default-src 'self'(;|$)/.test(policy);
  reportTrust({
    id: 'S7',
    promise: 'the page calls nobody else',
    figure:
      `${elsewhere.length} of ${here + elsewhere.length} requests of ${opened.size} addresses went elsewhere; under the policy ` +
      `${stopped.arrived} of 1 forced one arrived`,
    goal: "0 third-party requests, default-src 'self'",
    holds: isStrict && here > 0 && elsewhere.length === 0 && stopped.arrived === 0,
    control: {
      what: `without the policy a page that fetches elsewhere: ${control.arrived} arrived, ${control.noticed} noticed`,
      failed: control.arrived > 0 && control.noticed > 0,
    },
  });
  assert.deepEqual(elsewhere, []);
  assert.ok(isStrict, policy);
  assert.equal(stopped.arrived, 0);
  assert.deepEqual(control, { arrived: 1, noticed: 1 });
});
