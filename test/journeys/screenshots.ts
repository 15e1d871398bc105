// Pictures of every page for docs/screenshots: `node api/bin/with-node.mjs node test/journeys/screenshots.ts`, after a build.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Board } from '@throughway/contracts/board';
import type { PartnershipLadder } from '@throughway/contracts/partnerships';
import { ROOT } from '../support/portal.ts';
import { openHouse, type Visitor, whole } from './open-house.ts';
import { refusedImport } from './refused-import.ts';

const HEIGHT = 900;

/** `FOLDER=… WIDTHS=320,768 LANGS=en,es SCHEMES=light,dark WHOLE=yes` takes others than those for the documentation. */
const env = process.env;
const folder = env['FOLDER'] ?? join(ROOT, 'docs/screenshots');
const listed = (name: string, otherwise: string): string[] => (env[name] ?? otherwise).split(',');

const house = await openHouse('screenshots', { NODE_ENV: 'development' });
try {
  const importId = await refusedImport(house);
  const pages = { ...(await pagesOf()), 'import-report': `/imports/${importId}` };
  mkdirSync(folder, { recursive: true });
  for (const width of listed('WIDTHS', '1280').map(Number))
    for (const lang of listed('LANGS', 'en') as NonNullable<Visitor['lang']>[])
      for (const scheme of listed('SCHEMES', 'light') as NonNullable<Visitor['scheme']>[])
        for (const [name, path] of Object.entries(pages)) {
          const [address, as] = path.split(' as ');
          await take(name, address!, { width, lang, scheme, ...(as ? { as } : {}) });
        }
  if (!env['FOLDER']) await take('board-phone-es', '/', { width: 320, lang: 'es', scheme: 'dark' });
} finally {
  await house.close();
}

async function pagesOf(): Promise<Record<string, string>> {
  const gap = (await house.ask<Board>('/api/board?flag=skills-gap')).rows[0]!;
  const advisory = (await house.ask<PartnershipLadder>('/api/partnerships?flag=advisory-only')).rows[0]!;
  return {
    board: '/',
    pathway: `/pathways/${gap.pathwayId}?cohort=${gap.cohortId}`,
    partnerships: '/partnerships',
    partnership: `/partnerships/${advisory.employerId}/${advisory.pathwayId}`,
    regions: '/regions',
    region: '/regions/ky-ekcep',
    imports: '/imports',
    method: '/method',
    'not-found': '/no-such-page',
    'sign-in': '/sign-in',
    account: '/profile as Sample Coordinator',
    students: '/students as Sample Coordinator',
    organizations: '/organizations as Sample Employer Administrator',
    audit: '/audit as Sample Administrator',
    jobs: '/jobs',
    system: '/system as Sample Administrator',
    duplicates: '/duplicates as Sample Administrator',
    'my-records': '/my-students as Sample Guardian',
  };
}

async function take(
  name: string,
  path: string,
  visitor: Required<Omit<Visitor, 'as' | 'unprotected'>> & Visitor,
): Promise<void> {
  const page = await house.visit(path, visitor);
  if (env['WHOLE']) await whole(page);
  const { width, lang, scheme } = visitor;
  const isPlain = !env['FOLDER'];
  const file = join(folder, isPlain ? `${name}.png` : `${name}-${width}-${lang}-${scheme}.png`);
  await page.setViewportSize({ width, height: width < 600 ? 720 : HEIGHT });
  await page.evaluate(() => scrollTo(0, 0));
  // The picture of the map fades in; the browser is given a moment to paint.
  await page.waitForTimeout(300);
  await page.screenshot({ path: file, fullPage: Boolean(env['WHOLE']) });
  console.log(file);
  await house.clear();
}
