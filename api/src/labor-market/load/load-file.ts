import { basename } from 'node:path';
import type { EntityManager } from 'typeorm';
import { BadCell, type Cells } from './cells.js';
import {
  type FileLoad,
  type FileReport,
  LeftOut,
  PROBLEMS_SHOWN,
  type Problem,
  type ReadRow,
  type Row,
} from './file-load.js';
import { readTable } from './read-table.js';
import { upsert } from './upsert.js';

/** Rows between two calls of `progress`. */
const PROGRESS_ROWS = 10_000;

export type Progress = (at: { folder: string; file: string; rows: number }) => void;

/**
 * Reads one file into its table inside the caller's transaction. Bad rows are left out and named; a file that is not the
 * table it should be throws UnreadableTable. Loading the same file again reports every row as unchanged.
 */
export async function loadFile(
  em: EntityManager,
  load: FileLoad,
  at: { folder: string; path: string; sourceId: string },
  progress: Progress,
): Promise<FileReport> {
  const started = performance.now();
  const tally = { read: 0, leftOut: {} as Record<string, number>, problemCount: 0, problems: [] as Problem[] };
  const file = basename(at.path);
  const readRow = load.reader({ sourceId: at.sourceId });
  const counts = await upsert(em, load.into, rowsOf());
  const leftOut = { ...tally.leftOut };
  for (const [reason, count] of Object.entries(counts.leftOut)) leftOut[reason] = (leftOut[reason] ?? 0) + count;
  return {
    folder: at.folder,
    file,
    table: load.into.table,
    read: tally.read,
    added: counts.added,
    changed: counts.changed,
    unchanged: counts.unchanged,
    leftOut,
    problemCount: tally.problemCount,
    problems: tally.problems,
    seconds: Math.round(performance.now() - started) / 1_000,
  };

  async function* rowsOf(): AsyncGenerator<{ line: number; row: Row }> {
    for await (const cells of readTable(at.path, load.columns)) {
      tally.read += 1;
      if (tally.read % PROGRESS_ROWS === 0) progress({ folder: at.folder, file, rows: tally.read });
      const row = rowFrom(readRow, cells);
      if (row !== null) yield { line: cells.line, row };
    }
    progress({ folder: at.folder, file, rows: tally.read });
  }

  function rowFrom(read: ReadRow, cells: Cells): Row | null {
    try {
      const result = read(cells);
      if (result instanceof LeftOut) {
        tally.leftOut[result.reason] = (tally.leftOut[result.reason] ?? 0) + 1;
        return null;
      }
      return result;
    } catch (error) {
      if (!(error instanceof BadCell)) throw error;
      tally.problemCount += 1;
      if (tally.problems.length < PROBLEMS_SHOWN) {
        tally.problems.push({ line: cells.line, column: error.column, found: error.found, expected: error.expected });
      }
      return null;
    }
  }
}
