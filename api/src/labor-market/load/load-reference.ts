import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { EntityManager } from 'typeorm';
import type { FileReport } from './file-load.js';
import { type Folder, FOLDERS } from './folders.js';
import { loadFile, type Progress } from './load-file.js';
import { upsert } from './upsert.js';
import { saveSources } from './save-sources.js';

export interface ReferenceReport {
  files: FileReport[];
  /** Known folders and files that are not there, `folder/` or `folder/file`. */
  notFound: string[];
  /** Folders of DIR that no loader reads. */
  unknown: string[];
  /** Sources that could not be loaded and left no trace, with the reason. */
  failed: { folder: string; reason: string }[];
  seconds: number;
}

interface Found {
  folder: Folder;
  path: string;
  sourceId: string;
}

/** The loadable folders of `directory` (or `directory` itself), in loading order. @throws Error when it is no folder. */
export function findFolders(directory: string): { found: Found[]; notFound: string[]; unknown: string[] } {
  const top = resolve(directory);
  if (!existsSync(top) || !statSync(top).isDirectory()) throw new Error(`found no folder ${directory}`);
  const here = foldersNamed([top]);
  if (here.length > 0) return { found: here, notFound: [], unknown: [] };
  const below = readdirSync(top)
    .map((name) => join(top, name))
    .filter((path) => statSync(path).isDirectory())
    .sort();
  const found = foldersNamed(below);
  return {
    found,
    notFound: FOLDERS.filter((folder) => !found.some((one) => one.folder === folder)).map(
      (folder) => `${folder.title}/`,
    ),
    unknown: below.filter((path) => !found.some((one) => one.path === path)).map((path) => `${basename(path)}/`),
  };
}

function foldersNamed(paths: string[]): Found[] {
  return FOLDERS.flatMap((folder) =>
    paths.flatMap((path) => {
      const match = folder.name.exec(basename(path));
      return match ? [{ folder, path, sourceId: folder.sourceId(match) }] : [];
    }),
  );
}

/** Loads one folder inside the caller's transaction; files that are not there are named in `notFound`. */
export async function loadFolder(
  em: EntityManager,
  { folder, path, sourceId }: Found,
  progress: Progress,
): Promise<{ files: FileReport[]; notFound: string[] }> {
  const files: FileReport[] = [];
  const notFound: string[] = [];
  await saveSources(em, folder.sourceIds(sourceId));
  if (folder.facts)
    await upsert(
      em,
      folder.facts.into,
      folder.facts.rows.map((row, line) => ({ line, row })),
    );
  for (const load of folder.files) {
    const file = load.files.find((name) => existsSync(join(path, name)));
    const name = basename(path);
    if (file === undefined) {
      notFound.push(`${name}/${load.files.join(' or ')}`);
      continue;
    }
    files.push(await loadFile(em, load, { folder: name, path: join(path, file), sourceId }, progress));
  }
  return { files, notFound: [...new Set(notFound)] };
}

/**
 * Loads every known folder below `directory`, each in one transaction that `transaction` opens: a source is loaded whole or
 * not at all, and one that fails does not keep the others out. Loading again changes nothing and says so.
 */
export async function loadReference(
  transaction: <T>(work: (em: EntityManager) => Promise<T>) => Promise<T>,
  directory: string,
  progress: Progress = () => undefined,
): Promise<ReferenceReport> {
  const started = performance.now();
  const { found, notFound, unknown } = findFolders(directory);
  const report: ReferenceReport = { files: [], notFound, unknown, failed: [], seconds: 0 };
  for (const one of found) {
    try {
      const loaded = await transaction((em) => loadFolder(em, one, progress));
      report.files.push(...loaded.files);
      report.notFound.push(...loaded.notFound);
    } catch (error) {
      report.failed.push({
        folder: basename(one.path),
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  }
  report.seconds = Math.round(performance.now() - started) / 1_000;
  return report;
}
