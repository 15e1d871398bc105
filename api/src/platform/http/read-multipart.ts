import busboy from 'busboy';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { badInput, Refusal } from '../errors/refusal.js';

export interface MultipartLimits {
  /** Of the files together; the caller counts exactly, this only stops an upload that is far beyond. */
  maxBytes: number;
  fileCount: number;
  /** Completes "expected …" when the request is no such upload. */
  expected: string;
  /** Where the limit comes from, as the sentence says it. */
  limitName: string;
}

/** What the form around the files may take. */
const FORM_BYTES = 100_000;

/**
 * Hands each file of a multipart request to `onFile`, which must read its stream to the end, and resolves when all were read. After a
 * refusal the rest of the request is read and dropped, so that the sender gets to hear the answer.
 * @throws bad-input for what is no such upload or breaks off, too-large; and what `onFile` throws
 */
export async function readMultipart(
  request: IncomingMessage,
  limits: MultipartLimits,
  onFile: (filename: string, stream: Readable) => Promise<void>,
): Promise<void> {
  const { maxBytes, fileCount, expected } = limits;
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + FORM_BYTES) throw tooLarge(limits);
  const parser = openParser(request, limits);
  const reading: Promise<void>[] = [];
  await new Promise<void>((done, fail) => {
    const failAs = (found: string): void => fail(badUpload(found, expected));
    parser.on('file', (_field: string, stream: Readable, { filename = '' }: { filename: string | undefined }) => {
      stream.on('error', (error: Error) => failAs(error.message));
      const read = onFile(filename, stream);
      read.catch(fail);
      reading.push(read);
    });
    parser.once('filesLimit', () => failAs(`more than ${fileCount} ${fileCount === 1 ? 'file' : 'files'}`));
    parser.on('error', (error) => failAs(messageOf(error)));
    parser.once('close', done);
    let bytes = 0;
    request.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > maxBytes + FORM_BYTES) fail(tooLarge(limits));
    });
    request.once('close', () => {
      if (!request.complete) failAs('an upload that broke off');
    });
    request.pipe(parser);
  }).finally(() => {
    request.unpipe(parser);
    request.resume();
    parser.destroy();
  });
  await Promise.all(reading);
}

export function badUpload(found: string, expected: string): Refusal {
  return badInput([{ path: 'body', found, expected }]);
}

export function tooLarge({ maxBytes, limitName }: Pick<MultipartLimits, 'maxBytes' | 'limitName'>): Refusal {
  return new Refusal(413, 'too-large', `The upload is larger than ${maxBytes} bytes (${limitName}).`);
}

function openParser(request: IncomingMessage, { fileCount, expected }: MultipartLimits): busboy.Busboy {
  try {
    return busboy({ headers: request.headers, limits: { files: fileCount, fields: 20, fieldSize: 10_000 } });
  } catch (error) {
    throw badUpload(messageOf(error), expected);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
