import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { parse, type Parser } from 'csv-parse';
import { Cells } from './cells.js';

/** A file that is not the table it should be: nothing of its source is loaded. */
export class UnreadableTable extends Error {}

/** No publisher's row comes near this; a file of other bytes ends here instead of in memory. */
const MOST_CHARACTERS_PER_ROW = 1_000_000;

/**
 * Rows of a publisher's table, streamed. `.txt` is O*NET's form (tab-separated, no quoting), anything else RFC 4180; a
 * byte order mark (UTF-8 or UTF-16) and CRLF are accepted. `line` counts from 1 and is the row's last line in the file, header being line 1.
 * @throws UnreadableTable for a missing file or column, an open quote, a ragged row or one beyond all measure.
 */
export async function* readTable(path: string, columns: readonly string[]): AsyncGenerator<Cells> {
  const tabbed = path.endsWith('.txt');
  const bytes = createReadStream(path);
  const parser = bytes.pipe(
    parse({
      bom: true,
      info: true,
      skip_empty_lines: true,
      max_record_size: MOST_CHARACTERS_PER_ROW,
      ...(tabbed ? { delimiter: '\t', quote: false } : {}),
    }),
  );
  bytes.once('error', (error) => parser.destroy(error));
  let positions: Map<string, number> | undefined;
  try {
    for await (const { record, info } of recordsOf(parser)) {
      if (positions === undefined) {
        positions = new Map(record.map((name, position) => [name.trim(), position]));
        const missing = columns.filter((name) => !positions?.has(name));
        if (missing.length > 0) {
          throw new UnreadableTable(
            `${basename(path)}, line 1: found columns ${record.map((name) => `"${name.trim()}"`).join(', ')}, ` +
              `expected also ${missing.map((name) => `"${name}"`).join(', ')}`,
          );
        }
        continue;
      }
      yield new Cells(positions, record, info.lines);
    }
  } catch (error) {
    if (error instanceof UnreadableTable) throw error;
    throw new UnreadableTable(`${basename(path)}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    bytes.destroy();
  }
  if (positions === undefined)
    throw new UnreadableTable(`${basename(path)}: found an empty file, expected a header row`);
}

function recordsOf(parser: Parser): AsyncIterable<{ record: string[]; info: { lines: number } }> {
  return parser as AsyncIterable<{ record: string[]; info: { lines: number } }>;
}
