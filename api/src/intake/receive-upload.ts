import { fileOf, ROW_KINDS } from '@throughway/formats/network-files';
import busboy from 'busboy';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { badInput, Refusal } from '../platform/errors/refusal.js';

/** The one zip that an upload may consist of, by the name under which it is spooled. */
export const ZIP_NAME = 'upload.zip';

export interface ReceivedUpload {
  bytes: number;
  /** Names that are no file of FORMATS, and were left aside. */
  ignored: string[];
}

const NAMES: ReadonlySet<string> = new Set(ROW_KINDS.map((kind) => fileOf(kind).name));
const LARGEST_FILE_COUNT = 100;

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
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + 1_000_000) throw tooLarge(maxBytes);
  await mkdir(folder, { recursive: true });
  try {
    return await spool(request, folder, maxBytes);
  } catch (error) {
    request.unpipe();
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function spool(request: IncomingMessage, folder: string, maxBytes: number): Promise<ReceivedUpload> {
  const parser = openParser(request);
  const received: ReceivedUpload = { bytes: 0, ignored: [] };
  const names = new Set<string>();
  const writing: Promise<void>[] = [];
  let fault: Error | null = null;
  const stop = (error: unknown): void => {
    fault ??= error instanceof Error ? error : new Error(String(error));
    parser.destroy();
  };
  const count = (): Transform =>
    new Transform({
      transform(piece: Buffer, _, done) {
        received.bytes += piece.length;
        done(received.bytes > maxBytes ? tooLarge(maxBytes) : null, piece);
      },
    });
  parser.on('file', (_field: string, stream: Readable, { filename = '' }: { filename: string | undefined }) => {
    const name = spoolName(filename);
    if (name === null || names.has(name)) {
      if (name === null) received.ignored.push(filename);
      else stop(badUpload(`${name} twice`));
      stream.resume();
      return;
    }
    names.add(name);
    const file = createWriteStream(join(folder, name), { flags: 'wx', flush: true });
    const written = pipeline(stream, count(), file);
    written.catch(stop);
    writing.push(written);
  });
  parser.on('filesLimit', () => stop(badUpload(`more than ${LARGEST_FILE_COUNT} files`)));
  await pipeline(request, parser).catch((error: unknown) => {
    throw fault ?? badUpload(request.readableAborted ? 'an upload that broke off' : messageOf(error));
  });
  await Promise.allSettled(writing);
  if (fault) throw fault as Error;
  if (names.size === 0) throw badUpload('no CSV file and no zip');
  if (names.has(ZIP_NAME) && names.size > 1) throw badUpload('a zip beside other files');
  return received;
}

function openParser(request: IncomingMessage): busboy.Busboy {
  try {
    return busboy({ headers: request.headers, limits: { files: LARGEST_FILE_COUNT, fields: 20, fieldSize: 10_000 } });
  } catch (error) {
    throw badUpload(messageOf(error));
  }
}

/** Where a file of that name is spooled; null when it is none of ours. Nothing of the sender's name reaches the disk. */
function spoolName(filename: string): string | null {
  const name = filename.split(/[\\/]/).at(-1) ?? '';
  if (NAMES.has(name)) return name;
  return /\.zip$/i.test(name) ? ZIP_NAME : null;
}

function badUpload(found: string): Refusal {
  const expected = 'the CSV files of one folder, or one zip of them, as multipart/form-data';
  return badInput([{ path: 'body', found, expected }]);
}

function tooLarge(maxBytes: number): Refusal {
  return new Refusal(413, 'too-large', `The upload is larger than ${maxBytes} bytes (IMPORT_MAX_BYTES).`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
