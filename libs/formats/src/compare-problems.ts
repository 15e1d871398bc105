import type { FormatProblem } from './format-problem.js';
import { fileOf, ROW_KINDS } from './network-files.js';

const LAST = Number.MAX_SAFE_INTEGER;
const FILE_ORDER = new Map(ROW_KINDS.map((kind, at) => [fileOf(kind).name, at]));
const COLUMN_ORDER = new Map(
  ROW_KINDS.flatMap((kind) =>
    Object.values(fileOf(kind).columns).map((column, at) => [`${fileOf(kind).name} ${column.name}`, at]),
  ),
);

/** By file, line and column as FORMATS lists them; what has no place in the table comes last, equal places stay in the order found. */
export function compareProblems(a: FormatProblem, b: FormatProblem): number {
  const placeOf = ({ file, column }: FormatProblem) => COLUMN_ORDER.get(`${file} ${column}`) ?? LAST;
  const fileOrder = (FILE_ORDER.get(a.file) ?? LAST) - (FILE_ORDER.get(b.file) ?? LAST);
  return fileOrder || (a.line ?? 0) - (b.line ?? 0) || placeOf(a) - placeOf(b) || 0;
}
