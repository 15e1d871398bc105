import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, lchownSync, mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

const NOBODY = 65_534;

/** How PostgreSQL's programs are run for the user that this process is. */
export interface Launcher {
  /** Folder in which the data lie. */
  home: string;
  credentials: { uid?: number; gid?: number };
  /** The command line that runs `program`. */
  wrap(program: string, args: string[]): string[];
  /** Gives a file or folder to the user whom the programs run as. */
  own(path: string): void;
}

/**
 * PostgreSQL refuses to run as root. As another user nothing special is needed. As root:
 * 1. when everybody may pass the folders above program and data, run as `nobody`;
 * 2. else in a user namespace in which root appears as `nobody` (no folder needs to be opened, nothing is copied);
 * 3. else, where the kernel forbids that, copy the programs to the temporary folder and keep the data under /var/tmp.
 */
export function launcherFor(program: string, folder: string): Launcher {
  const plain = (path: string, args: string[]): string[] => [path, ...args];
  if (process.getuid?.() !== 0) {
    return { home: folder, credentials: {}, wrap: plain, own: () => undefined };
  }
  const nobody = { uid: NOBODY, gid: NOBODY };
  const ownAsNobody = (path: string): void => chownAll(path, NOBODY, NOBODY);
  if (everybodyMayPass(program) && everybodyMayPass(join(folder, 'pg'))) {
    return { home: folder, credentials: nobody, wrap: plain, own: ownAsNobody };
  }
  const namespace = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'];
  if (spawnSync('unshare', [...namespace.slice(1), 'true']).status === 0) {
    return {
      home: folder,
      credentials: {},
      wrap: (path, args) => [...namespace, path, ...args],
      own: (path) => chownAll(path, 0, 0),
    };
  }
  const key = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 16);
  const source = dirname(dirname(program));
  const copy = join(tmpdir(), `throughway-postgres-${key}`);
  if (!existsSync(join(copy, relative(source, program))))
    cpSync(source, copy, { recursive: true, verbatimSymlinks: true });
  const home = `/var/tmp/throughway-${key}`;
  mkdirSync(home, { recursive: true });
  return {
    home,
    credentials: nobody,
    wrap: (path, args) => [join(copy, relative(source, path)), ...args],
    own: ownAsNobody,
  };
}

/** Whether every folder above `path` lets other users pass. */
function everybodyMayPass(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** Gives `path` and all below it to a user, when it is not theirs yet. */
function chownAll(path: string, uid: number, gid: number): void {
  if (statSync(path).uid === uid) return;
  if (statSync(path).isDirectory()) {
    for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
      lchownSync(join(entry.parentPath, entry.name), uid, gid);
    }
  }
  chownSync(path, uid, gid);
}
