import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { EntityManager } from 'typeorm';
import { PROJECT_ROOT } from '../platform/config/config.js';
import type { FileReport } from './load/file-load.js';
import { loadFile, type Progress } from './load/load-file.js';
import { saveSources } from './load/save-sources.js';
import { STARTER_FILES } from './load/starter-files.js';

/** Facts and figures of the two starter areas and the national county table, shipped with the project. */
export const STARTER_FOLDER = join(PROJECT_ROOT, 'api', 'data', 'starter-region');

/** Key of the lock under which the starter is loaded; any constant that nothing else uses. */
const STARTER_LOCK = 7_433_110;

/**
 * Fills an empty database with the starter region, so that the first start needs no other file. Does nothing (and answers
 * null) as soon as any labor-market area is there: what a person loaded is never set back. Safe when several start at once.
 */
export async function loadStarterRegion(
  em: EntityManager,
  folder: string = STARTER_FOLDER,
  progress: Progress = () => undefined,
): Promise<FileReport[] | null> {
  await em.query('SELECT pg_advisory_xact_lock($1)', [STARTER_LOCK]);
  const [{ present }] = await em.query<[{ present: boolean }]>('SELECT EXISTS (SELECT FROM labor_area) AS present');
  if (present) return null;
  await saveSources(em, await starterSources(folder));
  const reports: FileReport[] = [];
  for (const load of STARTER_FILES) {
    const file = load.files[0] ?? '';
    const at = { folder: 'starter-region', path: join(folder, file), sourceId: '' };
    reports.push(await loadFile(em, load, at, progress));
  }
  const bad = reports.find((report) => report.problemCount > 0);
  if (bad) throw new Error(`starter region: found ${bad.problemCount} bad rows in ${bad.file}, expected none`);
  return reports;
}

/** The sources that the starter's rows name: one id per line of sources.txt. */
async function starterSources(folder: string): Promise<string[]> {
  const path = join(folder, 'sources.txt');
  if (!existsSync(path))
    throw new Error(`starter region: found no ${path}, expected the files shipped with the project`);
  const ids: string[] = [];
  for await (const line of createInterface({ input: createReadStream(path) }))
    if (line.trim() !== '') ids.push(line.trim());
  return ids;
}
