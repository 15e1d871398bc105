/** Something in the folder that is not as FORMATS says: an error, or a notice that changes nothing. */
export interface FormatProblem {
  file: string;
  /** First physical line of the record; null where the whole file is meant. */
  line: number | null;
  /** Column by its header name, or `column 7` beyond the header; null where the whole file or line is meant. */
  column: string | null;
  found: string;
  expected: string;
}

const SHOWN_CHARACTERS = 60;

/** `FILE:LINE column: found …, expected …`, on one line whatever the folder holds. */
export function describeProblem(problem: FormatProblem): string {
  const line = problem.line === null ? '' : `:${problem.line}`;
  const column = problem.column === null ? '' : ` ${printable(problem.column)}`;
  return `${problem.file}${line}${column}: found ${problem.found}, expected ${problem.expected}`;
}

/** A cell's text in quotes, shortened, with nothing that could end a line or steer a terminal. */
export function quoteCell(cell: string): string {
  const characters = Array.from(cell.slice(0, 2 * SHOWN_CHARACTERS));
  const shown = characters.length > SHOWN_CHARACTERS ? `${characters.slice(0, SHOWN_CHARACTERS).join('')}…` : cell;
  return `"${printable(shown)}"`;
}

/** The text with control, format and line-separator characters replaced by their code, so that it stays on its line. */
export function printable(text: string): string {
  return text.replace(/[^\P{C}]|[\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
