import { fileOf, ROW_KINDS } from '@throughway/formats/network-files';
import { quoteCell } from '@throughway/formats/format-problem';
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
  /** Names, in quotes, that are no file of FORMATS and were left aside. */
  ignored: string[];
}

const NAMES: ReadonlySet<string> = new Set(ROW_KINDS.map((kind) => fileOf(kind).name));
const LARGEST_FILE_COUNT = 100;
/** What the form around the files may take. */
const FORM_BYTES = 100_000;

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
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + FORM_BYTES) throw tooLarge(maxBytes);
  await mkdir(folder, { recursive: true });
  try {
    return await spool(request, folder, maxBytes);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function spool(request: IncomingMessage, folder: string, maxBytes: number): Promise<ReceivedUpload> {
  const parser = openParser(request);
  const received: ReceivedUpload = { bytes: 0, ignored: [] };
  const names = new Set<string>();
  const writing: Promise<void>[] = [];
  await new Promise<void>((done, fail) => {
    parser.on('file', (_field: string, stream: Readable, { filename = '' }: { filename: string | undefined }) => {
      stream.on('error', (error: Error) => fail(badUpload(messageOf(error))));
      const name = spoolName(filename);
      if (name === null || names.has(name)) {
        if (name === null) received.ignored.push(quoteCell(filename));
        else fail(badUpload(`${name} twice`));
        stream.resume();
        return;
      }
      names.add(name);
      const file = createWriteStream(join(folder, name), { flags: 'wx', flush: true });
      const count = countBytes((bytes) => (received.bytes += bytes));
      const written = pipeline(stream, count, file);
      written.catch(fail);
      writing.push(written);
    });
    parser.once('filesLimit', () => fail(badUpload(`more than ${LARGEST_FILE_COUNT} files`)));
    parser.on('error', (error) => fail(badUpload(messageOf(error))));
    parser.once('close', done);
    let bytes = 0;
    request.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > maxBytes + FORM_BYTES) fail(tooLarge(maxBytes));
    });
    request.once('close', () => {
      if (!request.complete) fail(badUpload('an upload that broke off'));
    });
    request.pipe(parser);
  }).finally(() => {
    // What is left is read and dropped, so that the sender gets to hear the answer.
    request.unpipe(parser);
    request.resume();
    parser.destroy();
  });
  await Promise.all(writing);
  if (received.bytes > maxBytes) throw tooLarge(maxBytes);
  if (names.size === 0) throw badUpload('no CSV file and no zip');
  if (names.has(ZIP_NAME) && names.size > 1) throw badUpload('a zip beside other files');
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
