/**
 * A table in plain text: a header line, then the rows, columns two spaces apart and as wide as their widest cell; columns whose
 * cells are all numbers stand to the right. Ends in a newline.
 */
export function formatTable(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headers.map((header, at) => Math.max(header.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const toRight = headers.map((_, at) => rows.length > 0 && rows.every((row) => /^[\d.,%–-]*$/.test(row[at] ?? '')));
  const lines = [headers, widths.map((width) => '-'.repeat(width)), ...rows].map((row) =>
    widths
      .map((width, at) => (toRight[at] ? (row[at] ?? '').padStart(width) : (row[at] ?? '').padEnd(width)))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
