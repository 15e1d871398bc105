import { fileOf, ROW_KINDS } from '@throughway/formats/network-files';
import { NetworkReader, type ReadNetwork } from '@throughway/formats/network-reader';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readStream, type ReadOptions } from './read-stream.js';

/** The folder or archive itself cannot be read; the message says which and why. */
export class FolderUnreadable extends Error {}

const PIECE_BYTES = 262_144;

/**
 * Streams the files of FORMATS from a folder through the reader of libs/formats; other files are left alone.
 * Throws {@link FolderUnreadable} when `path` is no folder; every other fault is among the errors of the answer.
 */
export async function readFolder(path: string, options: ReadOptions = {}): Promise<ReadNetwork> {
  const folder = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new FolderUnreadable(`${path}: found ${reasonOf(error)}, expected a folder of CSV files`);
  });
  if (!folder.isDirectory()) throw new FolderUnreadable(`${path}: found a file, expected a folder of CSV files`);
  const { onProgress, everyFile = true } = options;
  const reader = new NetworkReader({ everyFile });
  let bytes = 0;
  for (const kind of ROW_KINDS) {
    const { name } = fileOf(kind);
    await readFile(join(path, name), reader, name, (count) => onProgress?.((bytes += count), reader.rowCount));
  }
  return reader.finish();
}

/** Reads one file; one that is absent is passed over, since the reader knows which must exist. */
async function readFile(
  path: string,
  reader: NetworkReader,
  name: string,
  onBytes: (count: number) => void,
): Promise<void> {
  try {
    // Asked first: opening a named pipe would wait for a writer.
    const stats = await stat(path);
    if (!stats.isFile()) reader.unreadable(name, stats.isDirectory() ? 'a folder' : 'something that is no file');
    else await readStream(reader, name, createReadStream(path, { highWaterMark: PIECE_BYTES }), onBytes);
  } catch (error) {
    const fault = error as NodeJS.ErrnoException;
    if (fault.code === undefined) throw error;
    if (fault.code !== 'ENOENT') reader.unreadable(name, reasonOf(fault));
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such folder',
  EISDIR: 'a folder',
  EACCES: 'something that may not be read',
  EPERM: 'something that may not be read',
  ENOTDIR: 'a file where a folder should be',
  ELOOP: 'a link that leads to itself',
};

function reasonOf({ code = '' }: NodeJS.ErrnoException): string {
  return REASONS[code] ?? `an error (${code})`;
}
