import { fileOf, ROW_KINDS } from '@throughway/formats/network-files';
import { quoteCell } from '@throughway/formats/format-problem';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { badUpload, readMultipart, tooLarge } from '../platform/http/read-multipart.js';

/** The one zip that an upload may consist of, by the name under which it is spooled. */
export const ZIP_NAME = 'upload.zip';

/** Where an upload waits until it is worked. */
export function spoolFolder(dataDirectory: string, importId: string): string {
  return join(dataDirectory, 'spool', importId);
}

export interface ReceivedUpload {
  bytes: number;
  /** Names, in quotes, that are no file of FORMATS and were left aside. */
  ignored: string[];
}

const NAMES: ReadonlySet<string> = new Set(ROW_KINDS.map((kind) => fileOf(kind).name));
const LARGEST_FILE_COUNT = 100;
const EXPECTED = 'the CSV files of one folder, or one zip of them, as multipart/form-data';

/**
 * Streams a multipart upload into `folder` (made here), as the files of FORMATS or as one zip; nothing is held in memory,
 * and what was received is on disk when this resolves. On any refusal or broken connection the folder is removed again.
 * @throws bad-input for what is no such upload, too-large beyond `maxBytes`
 */
export async function receiveUpload(
  request: IncomingMessage,
  folder: string,
  maxBytes: number,
): Promise<ReceivedUpload> {
  await mkdir(folder, { recursive: true });
  try {
    return await spool(request, folder, maxBytes);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function spool(request: IncomingMessage, folder: string, maxBytes: number): Promise<ReceivedUpload> {
  const received: ReceivedUpload = { bytes: 0, ignored: [] };
  const names = new Set<string>();
  const limits = { maxBytes, fileCount: LARGEST_FILE_COUNT, expected: EXPECTED, limitName: 'IMPORT_MAX_BYTES' };
  await readMultipart(request, limits, async (filename: string, stream: Readable) => {
    const name = spoolName(filename);
    if (name === null || names.has(name)) {
      stream.resume();
      if (name !== null) throw badUpload(`${name} twice`, EXPECTED);
      received.ignored.push(quoteCell(filename));
      return;
    }
    names.add(name);
    const file = createWriteStream(join(folder, name), { flags: 'wx', flush: true });
    const count = countBytes((bytes) => (received.bytes += bytes));
    await pipeline(stream, count, file);
  });
  if (received.bytes > maxBytes) throw tooLarge(limits);
  if (names.size === 0) throw badUpload('no CSV file and no zip', EXPECTED);
  if (names.has(ZIP_NAME) && names.size > 1) throw badUpload('a zip beside other files', EXPECTED);
  return received;
}

function countBytes(add: (bytes: number) => void): Transform {
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      add(piece.length);
      done(null, piece);
    },
  });
}

/** Where a file of that name is spooled; null when it is none of ours. Nothing of the sender's name reaches the disk. */
function spoolName(filename: string): string | null {
  const name = filename.split(/[\\/]/).at(-1) ?? '';
  if (NAMES.has(name)) return name;
  return /\.zip$/i.test(name) ? ZIP_NAME : null;
}
