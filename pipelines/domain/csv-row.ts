/** A cell that a spreadsheet would take for a formula, full-width signs and leading blanks included. */
const FORMULA = /^[\s\u0000]*[=+\-@＝＋－＠\t\r]/u; // eslint-disable-line no-control-regex -- NUL is what is looked for

export const looksLikeFormula = (text: string): boolean => FORMULA.test(text);

/** One row as CSV. A text that could be run as a formula gets an apostrophe in front; numbers stay numbers. */
export const csvRow = (cells: readonly (string | number | null)[]): string => `${cells.map(cellOf).join(',')}\r\n`;

function cellOf(cell: string | number | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const safe = looksLikeFormula(cell) ? `'${cell}` : cell;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
