import { onSeven } from './read-folder.ts';
import type { Folder, Row } from './random-folder.ts';
import { TABLES } from './tables.ts';

/** Files whose rows the merged folders have in common, so that one's requirements ask for what the other's units teach. */
const SHARED = new Set(['skills', 'credentials', 'areas', 'projections']);

/**
 * One larger folder out of several with the same counties: ids that are not shared get the folder's number as prefix, a shared
 * row stands once. Valid if all were; the as-of day and threshold are the first one's.
 */
export function mergeFolders(folders: [Folder, ...Folder[]]): Folder {
  const rows = new Map<string, Row[]>();
  for (const { file, columns, key } of TABLES) {
    const merged = new Map<string, Row>();
    for (const [at, folder] of folders.entries()) {
      for (const row of folder.rows.get(file)!) {
        const renamed = { ...row };
        for (const { name, type } of columns) {
          const named = type === 'id' ? file : type.startsWith('>') ? type.slice(1) : 'skills';
          if (!SHARED.has(named) && renamed[name]) renamed[name] = `${at}${renamed[name]}`;
        }
        const mark = JSON.stringify(key.map((name) => (name === 'soc' ? onSeven(renamed[name]!) : renamed[name])));
        if (!merged.has(mark)) merged.set(mark, renamed);
      }
    }
    rows.set(file, [...merged.values()]);
  }
  return { ...folders[0], rows };
}
