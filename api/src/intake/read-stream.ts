import { type NetworkReader } from '@throughway/formats/network-reader';

/** How a folder is read, on disk or zipped. */
export interface ReadOptions {
  /** Told after each piece that was read: bytes and rows so far. */
  onProgress?: (bytes: number, rows: number) => void;
  /** False where a part of a folder will do (`NetworkReader`). */
  everyFile?: boolean;
}

/**
 * Feeds one file of the folder to a reader and stops early when the rest is of no use. A name that FORMATS does not know, or that
 * was fed before, is passed over: the answer is then false and nothing was read. Rejects as the stream does.
 */
export async function readStream(
  reader: NetworkReader,
  name: string,
  stream: AsyncIterable<Uint8Array>,
  onBytes: (count: number) => void,
): Promise<boolean> {
  const rows = reader.file(name);
  if (!rows) return false;
  try {
    for await (const piece of stream) {
      const wantsMore = rows.push(piece);
      onBytes(piece.length);
      if (!wantsMore) break;
    }
  } finally {
    rows.end();
  }
  return true;
}
