import { parseDay } from '@throughway/vocabulary/local-date';
import { STUDENTS_FILE } from './students-file.js';
import { StudentsReader, type ReadStudents } from './students-reader.js';

/** Cells of one student by column name; what is not given is as below. */
export type StudentCells = Readonly<Record<string, string>>;

export const STUDENT_COLUMNS: readonly string[] = Object.values(STUDENTS_FILE.columns).map(({ name }) => name);

/** Sixteen on 2026-06-30, the day that specs take for today. */
export function aStudent(number: number, cells: StudentCells = {}): StudentCells {
  const digits = String(number).padStart(3, '0');
  return {
    student_id: `S${digits}`,
    given_name: 'Sample',
    family_name: `Student ${digits}`,
    email: `student${digits}@sample.example`,
    birth_date: '2010-03-01',
    grade: '11',
    guardian_contacts: `Sample Guardian ${digits} <guardian${digits}@sample.example>`,
    ...cells,
  };
}

/** students.csv as text; every cell that needs quotes has them. */
export function studentsText(students: readonly StudentCells[], columns: readonly string[] = STUDENT_COLUMNS): string {
  const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = students.map((cells) => columns.map((column) => quoted(cells[column] ?? '')).join(','));
  return [columns.join(','), ...lines].map((line) => `${line}\n`).join('');
}

/** Reads text or bytes as the file of Sample School on 2026-06-30, in pieces of the given size. */
export function readStudents(
  content: string | Uint8Array,
  { pieceSize = 65_536, rowLimit }: { pieceSize?: number; rowLimit?: number } = {},
): ReadStudents {
  const reader = new StudentsReader({ today: parseDay('2026-06-30') ?? NaN, school: 'Sample School' }, rowLimit);
  const bytes = typeof content === 'string' ? new Uint8Array(Buffer.from(content, 'utf8')) : content;
  for (let at = 0; at < bytes.length; at += pieceSize) if (!reader.push(bytes.subarray(at, at + pieceSize))) break;
  return reader.finish();
}
