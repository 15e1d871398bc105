import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file so that a reader sees the old content or the whole new one, never a part: to a neighbor first, synced, then renamed.
 * Creates the folder. Throws an error with a readable message, and leaves nothing behind, when the place cannot be written.
 */
export async function writeFileAtomically(path: string, pieces: Iterable<string>): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(draft, 'w');
    try {
      for (const block of blocks(pieces)) await file.writeFile(block);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new Error(`${path}: found a place that cannot be written (${code}), expected one that can`, { cause: error });
  }
}

const BLOCK_CHARACTERS = 1 << 20;

/** Joins small pieces, so that each write is worth its call. */
function* blocks(pieces: Iterable<string>): Generator<string> {
  let block = '';
  for (const piece of pieces) {
    block += piece;
    if (block.length < BLOCK_CHARACTERS) continue;
    yield block;
    block = '';
  }
  if (block !== '') yield block;
}
