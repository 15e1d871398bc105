import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Quiet, and without any request of the browser's own. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** CHROMIUM_PATH, else an installed Chromium, else the one that comes with the packages (with its own libraries). */
export async function openBrowser(): Promise<Browser> {
  const own = process.env['CHROMIUM_PATH'] ?? INSTALLED.find((path) => existsSync(path));
  if (own) return chromium.launch({ executablePath: own, args: FLAGS });
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  // Not `packaged.args`: they mean a function in a cloud, run in one process and without the same-origin policy.
  return chromium.launch({ executablePath: await packaged.executablePath(), args: FLAGS });
}
