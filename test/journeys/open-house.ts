import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { simpleParser } from 'mailparser';
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openBrowser } from '../support/browser.ts';
import { type Portal, startPortal, temporaryFolder } from '../support/portal.ts';

interface SamplePeople {
  people: { personId: string; name: string }[];
}

export interface Visitor {
  lang?: 'en' | 'es';
  width?: number;
  scheme?: 'light' | 'dark';
  /** Name of the sample person to come as; only in a house for development. */
  as?: string;
  /** With a browser that does not keep the page's Content Security Policy; for controls. */
  unprotected?: boolean;
}

/** A running portal with the sample network as of 2026-06-30, and a browser in front of it; one per test file. */
export interface House {
  url: string;
  /** The texts of the mails that have gone out, in no order. */
  mails(): Promise<string[]>;
  /** What the portal answers to a plain GET. */
  ask<T>(path: string): Promise<T>;
  /** A new visitor, who brings no cookies and nothing stored. */
  visit(path: string, visitor?: Visitor): Promise<Page>;
  /** What the pages should not have done since the last call: calls to other origins, console errors, answers ≥ 400. */
  complaints(): string[];
  /** What all pages have asked for since the house was opened: how often the portal, and what of anybody else. */
  calls(): { here: number; elsewhere: string[] };
  /** Sends the visitors home; the next test begins without them. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** `env` is the portal's; with NODE_ENV=development sample people may sign in. */
export async function openHouse(name: string, env: Record<string, string> = {}): Promise<House> {
  const folder = temporaryFolder(`journey-${name}`);
  let portal: Portal | undefined;
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await portal?.stop();
    folder.remove();
  };
  try {
    [portal, browser] = await Promise.all([startPortal(folder.path, env), openBrowser()]);
    // A name, not a number: passkeys know names only.
    const url = portal.url.replace('127.0.0.1', 'localhost');
    return { ...houseOf(url, browser), mails: () => mailsIn(join(folder.path, 'mail')), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function houseOf(url: string, browser: Browser): Omit<House, 'close' | 'mails'> {
  let seen: string[] = [];
  const calls = { here: 0, elsewhere: [] as string[] };
  return {
    url,
    ask: async <T>(path: string): Promise<T> => {
      const answer = await fetch(url + path);
      assert.equal(answer.status, 200, path);
      return (await answer.json()) as T;
    },
    visit: async (path, visitor = {}) => {
      const context = await browser.newContext({ baseURL: url, ...optionsOf(visitor) });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      watch(page, (complaint) => seen.push(complaint));
      page.on('request', (request) => {
        const asked = request.url();
        if (/^(data|blob):/.test(asked)) return;
        if (new URL(asked).origin === url) calls.here += 1;
        else {
          calls.elsewhere.push(asked);
          seen.push(`asks elsewhere: ${asked}`);
        }
      });
      if (visitor.as !== undefined) await comeAs(page, visitor.as, visitor.lang ?? 'en');
      await page.goto(path);
      await settled(page);
      return page;
    },
    complaints: () => {
      const complaints = seen;
      seen = [];
      return complaints;
    },
    calls: () => ({ here: calls.here, elsewhere: [...calls.elsewhere] }),
    clear: async () => {
      await Promise.all(browser.contexts().map((context) => context.close()));
      seen = [];
    },
  };
}

/** Signs in as a sample person, and keeps the visitor's language whatever that person's is. */
async function comeAs(page: Page, name: string, lang: string): Promise<void> {
  const request = page.context().request;
  const { people } = (await (await request.get('/api/development/people')).json()) as SamplePeople;
  const personId = people.find((person) => person.name === name)?.personId;
  assert.ok(personId, `${name} is among the sample people`);
  const answer = await request.post('/api/development/session', { data: { personId } });
  assert.equal(answer.status(), 200, await answer.text());
  await page.addInitScript((spoken) => localStorage.setItem('throughway-language', spoken), lang);
}

async function mailsIn(folder: string): Promise<string[]> {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.eml')) : [];
  const mails = await Promise.all(files.map((file) => simpleParser(readFileSync(join(folder, file)))));
  return mails.map((mail) => `To: ${mail.to && 'text' in mail.to ? mail.to.text : ''}\n${mail.text ?? ''}`);
}

function optionsOf({
  lang = 'en',
  width = 1280,
  scheme = 'light',
  unprotected = false,
}: Visitor): BrowserContextOptions {
  return {
    viewport: { width, height: 900 },
    locale: lang === 'es' ? 'es-US' : 'en-US',
    timezoneId: 'America/New_York',
    colorScheme: scheme,
    reducedMotion: 'reduce',
    bypassCSP: unprotected,
  };
}

/** Chromium also writes every answer ≥ 400 to the console; those are told once, as answers. */
function watch(page: Page, complain: (complaint: string) => void): void {
  page.on('console', (message) => {
    const told = message.text();
    if (['error', 'warning'].includes(message.type()) && !told.startsWith('Failed to load resource'))
      complain(`console: ${told}`);
  });
  page.on('pageerror', (error) => complain(`page: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400) complain(`answer ${response.status()}: ${new URL(response.url()).pathname}`);
  });
}

/** Waits until the page has its heading, shows no skeleton in the window and is not busy. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('main .skeleton, main [aria-busy="true"]')].every((waiting) => {
      const { top, bottom } = waiting.getBoundingClientRect();
      return top > innerHeight || bottom < 0;
    }),
  );
}

/** Brings every part of the page that waits to be scrolled to. */
export async function whole(page: Page): Promise<void> {
  while ((await page.locator('main .skeleton').count()) > 0) {
    await page.evaluate(() => document.querySelector('main .skeleton')?.scrollIntoView());
    await settled(page);
  }
}

/** Reads until what was read holds; the last failure when it never does. */
export async function eventually<T>(
  read: () => T | Promise<T>,
  holds: (found: T) => void,
  withinMs = 15_000,
): Promise<T> {
  const until = performance.now() + withinMs;
  for (;;) {
    const found = await read();
    try {
      holds(found);
      return found;
    } catch (error) {
      if (performance.now() > until) throw error;
      await delay(50);
    }
  }
}

/** The figure on screen as a number; fails on anything else. */
export function numberOf(text: string): number {
  const cleaned = text.replaceAll(',', '').trim();
  assert.match(cleaned, /^-?\d+(\.\d+)?$/, `a number, found "${text}"`);
  return Number(cleaned);
}
