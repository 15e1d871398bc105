import { NetworkReader, type ReadNetwork } from '@throughway/formats/network-reader';
import { fileOf, ROW_KINDS } from '@throughway/formats/network-files';
import { type Readable } from 'node:stream';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { FolderUnreadable } from './read-folder.js';
import { readStream, type ReadOptions } from './read-stream.js';

/** What an archive may hold; past these it is refused, whatever its headers promise. */
export interface ZipLimits {
  entries: number;
  /** Sum of the unpacked files, in bytes. */
  unpackedBytes: number;
}

/** Far beyond a nation's network, and soon reached by an archive made to fill a disk. */
export const ZIP_LIMITS: ZipLimits = { entries: 1000, unpackedBytes: 2 ** 30 };

const NAMES: ReadonlySet<string> = new Set(ROW_KINDS.map((kind) => fileOf(kind).name));

/**
 * Streams the files of FORMATS out of a zip archive on disk, at its top or all inside one folder at its top; everything else in it is
 * left alone, and nothing is ever unpacked to disk. Throws {@link FolderUnreadable} for what is no sound archive, encrypted, past the
 * limits, or ambiguous (files of FORMATS in more than one folder).
 */
export async function readZip(path: string, options: ReadOptions & { limits?: ZipLimits } = {}): Promise<ReadNetwork> {
  const { onProgress, everyFile = true, limits = ZIP_LIMITS } = options;
  const refuse = (found: string) => new FolderUnreadable(`found ${found}, expected a zip archive of CSV files`);
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch(() => {
    throw refuse('a file that is no zip archive');
  });
  try {
    const reader = new NetworkReader({ everyFile });
    let bytes = 0;
    for (const { name, entry } of await listFiles(zip, limits, refuse)) {
      const stream = await openEntry(zip, entry, refuse);
      const onBytes = (count: number) => {
        bytes += count;
        if (bytes > limits.unpackedBytes)
          throw refuse(`an archive that unpacks to more than ${limits.unpackedBytes} bytes`);
        onProgress?.(bytes, reader.rowCount);
      };
      await readStream(reader, name, stream, onBytes).catch((error: unknown) => {
        throw error instanceof FolderUnreadable ? error : refuse(`a damaged ${name}`);
      });
    }
    return reader.finish();
  } finally {
    zip.close();
  }
}

/** The entries that hold files of FORMATS, checked to stand in one folder. */
async function listFiles(
  zip: ZipFile,
  limits: ZipLimits,
  refuse: (found: string) => FolderUnreadable,
): Promise<{ name: string; entry: Entry }[]> {
  if (zip.entryCount > limits.entries) throw refuse(`an archive of more than ${limits.entries} files`);
  const files: { name: string; entry: Entry }[] = [];
  let folder: string | null = null;
  try {
    for await (const entry of zip.eachEntry()) {
      const [name = '', ...folders] = entry.fileName.split('/').reverse();
      if (!NAMES.has(name) || folders.length > 1 || folders[0] === '__MACOSX') continue;
      const own = folders.join('/');
      if (folder !== null && folder !== own) throw refuse('CSV files in more than one folder');
      if (files.some((file) => file.name === name)) throw refuse(`${name} twice`);
      folder = own;
      files.push({ name, entry });
    }
  } catch (error) {
    throw error instanceof FolderUnreadable ? error : refuse('an archive with damaged or unsafe entries');
  }
  return files;
}

async function openEntry(zip: ZipFile, entry: Entry, refuse: (found: string) => FolderUnreadable): Promise<Readable> {
  if (entry.isEncrypted()) throw refuse('an encrypted archive');
  return zip.openReadStreamPromise(entry).catch(() => {
    throw refuse(`a damaged ${entry.fileName}`);
  });
}
