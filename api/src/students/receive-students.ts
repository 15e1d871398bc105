import type { StudentsReader } from '@throughway/formats/students-reader';
import type { IncomingMessage } from 'node:http';
import { badUpload, readMultipart, tooLarge } from '../platform/http/read-multipart.js';

export const STUDENTS_MAX_BYTES = 20 * 1024 * 1024;

const EXPECTED = 'one CSV file as multipart/form-data';

/**
 * Feeds the one file of a multipart request to the reader as it comes; nothing of it touches the disk, and its name, which may be a
 * person's, is not looked at. @throws bad-input for what is no such upload, too-large
 */
export async function receiveStudents(
  request: IncomingMessage,
  reader: StudentsReader,
  maxBytes = STUDENTS_MAX_BYTES,
): Promise<void> {
  const limits = { maxBytes, fileCount: 1, expected: EXPECTED, limitName: 'the most that students.csv may have' };
  let bytes = 0;
  let files = 0;
  await readMultipart(request, limits, async (_filename, stream) => {
    files++;
    let isWanted = true;
    for await (const piece of stream as AsyncIterable<Buffer>) {
      bytes += piece.length;
      isWanted = isWanted && bytes <= maxBytes && reader.push(piece);
    }
  });
  if (bytes > maxBytes) throw tooLarge(limits);
  if (files === 0) throw badUpload('no file', EXPECTED);
}
