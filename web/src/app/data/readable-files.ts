import { Stopped } from './problem';

/**
 * Chosen files as they can still be read: a browser refuses one that was changed or moved since it was chosen, and sending
 * it would look like a server that does not answer.
 *
 * @throws Stopped file-unreadable
 */
export async function readableFiles<T extends readonly File[]>(files: T): Promise<T> {
  try {
    for (const file of files) await file.slice(0, 1).arrayBuffer();
  } catch {
    throw new Stopped('file-unreadable');
  }
  return files;
}
