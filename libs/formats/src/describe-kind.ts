const FORMULA = /^[=+\-@\t\r]/;
const BREAK = /[\r\n\u2028\u2029\v\f]/;

/** What kind of thing a cell holds, without anything of what it says: for cells that may name a person. */
export function describeKind(cell: string): string {
  if (FORMULA.test(cell)) return 'what a spreadsheet may take for a formula';
  const length = Array.from(cell).length;
  const characters = `${length} ${length === 1 ? 'character' : 'characters'}`;
  if (cell.includes('\uFFFD')) return `a text of ${characters}, some of them not UTF-8`;
  if (BREAK.test(cell)) return `a text of ${characters} with a line break`;
  if (/^\d+$/.test(cell)) return `a number of ${length} ${length === 1 ? 'digit' : 'digits'}`;
  return `a text of ${characters}`;
}

/** Whether a spreadsheet may run the cell instead of showing it (CWE-1236). */
export function isFormula(cell: string): boolean {
  return FORMULA.test(cell);
}
