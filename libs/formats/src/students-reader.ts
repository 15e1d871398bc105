import type { FormatProblem } from './format-problem.js';
import { ERROR_LIMIT } from './network-reader.js';
import { RowsReader } from './rows-reader.js';
import { breachesOf, type StudentRuleContext } from './student-rules.js';
import { STUDENTS_FILE, type StudentRow } from './students-file.js';

/** What reading students.csv came to. */
export interface ReadStudents {
  /** Rows without an error, in the order of the file. */
  rows: StudentRow[];
  /** By line, then by column; past 100,000 they are only counted. */
  errors: FormatProblem[];
  errorCount: number;
  notices: FormatProblem[];
  /** Rows seen, good or not. */
  rowCount: number;
  /** Whether the file was read to its end under a sound header, so that leaving out rows with errors makes sense. */
  isWhole: boolean;
  /** Fields whose column is there; a column that is not there says nothing. */
  present: ReadonlySet<keyof StudentRow>;
}

export const STUDENT_ROW_LIMIT = 100_000;

/**
 * Reads students.csv from bytes in pieces of any size, by the reader of the CSV folder: `push` until it says false, then `finish` once.
 * No error or notice repeats what a cell says. Linear in the bytes; holds the rows and one record.
 */
export class StudentsReader {
  private readonly errors: FormatProblem[] = [];
  private readonly notices: FormatProblem[] = [];
  private errorCount = 0;
  private isStopped = false;
  private readonly reader = new RowsReader(
    STUDENTS_FILE,
    (problem) => this.report(problem),
    (notice) => this.notices.push(notice),
  );

  constructor(
    private readonly context: StudentRuleContext,
    private readonly rowLimit = STUDENT_ROW_LIMIT,
  ) {}

  /** Takes the next bytes; false when the rest of the file is of no use. */
  push(bytes: Uint8Array): boolean {
    if (this.isStopped) return false;
    this.isStopped = !this.reader.push(bytes) || this.isTooLong();
    return !this.isStopped;
  }

  finish(): ReadStudents {
    if (!this.isTooLong()) this.reader.end();
    const { rows, lines, broken } = this.reader;
    if (this.isTooLong()) {
      this.isStopped = true;
      const expected = `at most ${this.rowLimit}, in several files if need be`;
      this.report({ ...place(null, null), found: `more than ${this.rowLimit} rows`, expected });
    }
    const firstLine = lines[0] ?? Infinity;
    const isWhole = !this.isStopped && !this.errors.some(({ line }) => line !== null && line < firstLine);
    this.checkRows();
    const faulty = new Set(this.errors.map(({ line }) => line));
    return {
      // A row that could not be read to the end has an error at its line; past the limit of errors, only its mark.
      rows: rows.filter((_, at) => !broken.has(at) && !faulty.has(lines[at] ?? null)) as unknown[] as StudentRow[],
      errors: this.errors.sort(compareProblems),
      errorCount: this.errorCount,
      notices: this.notices,
      rowCount: rows.length,
      isWhole,
      present: new Set(FIELDS.filter((field) => this.reader.hasColumn(field))),
    };
  }

  private isTooLong(): boolean {
    return this.reader.rows.length > this.rowLimit;
  }

  private checkRows(): void {
    const { rows, lines, broken } = this.reader;
    const lineOf = new Map<unknown, number>();
    for (const [at, row] of rows.entries()) {
      const line = lines[at] as number;
      const id = row['schoolStudentId'];
      const earlier = lineOf.get(id);
      const breaches = breachesOf(row, this.context);
      if (id !== undefined && earlier !== undefined)
        breaches.unshift({ column: 'student_id', found: `the id of line ${earlier} again`, expected: 'each id once' });
      else lineOf.set(id, line);
      if (breaches.length > 0) broken.add(at);
      for (const { column, found, expected } of breaches) this.report({ ...place(line, column), found, expected });
    }
  }

  private report(problem: FormatProblem): void {
    if (this.errorCount++ < ERROR_LIMIT) this.errors.push(problem);
  }
}

const FIELDS = Object.keys(STUDENTS_FILE.columns) as (keyof StudentRow)[];
const COLUMNS = Object.values(STUDENTS_FILE.columns).map(({ name }) => name);

function place(line: number | null, column: string | null): Pick<FormatProblem, 'file' | 'line' | 'column'> {
  return { file: STUDENTS_FILE.name, line, column };
}

function compareProblems(a: FormatProblem, b: FormatProblem): number {
  const placeOf = ({ column }: FormatProblem): number => COLUMNS.indexOf(column ?? '');
  return (a.line ?? 0) - (b.line ?? 0) || placeOf(a) - placeOf(b);
}
