/**
 * Tables as CSV (RFC 4180) that spreadsheets open as they are: UTF-8 with BOM, CRLF, and no cell that a spreadsheet
 * would take for a formula.
 *
 * @module
 */

/** What the file begins with, so that spreadsheets take it for UTF-8. */
export const BYTE_ORDER_MARK = "\uFEFF";

/**
 * First characters that make a cell a formula, also in full width, which Japanese spreadsheets read alike. Blanks in
 * front hide them from the eye alone.
 */
const FORMULA = /^[\s\u3000]*[=+\-@＝＋－−＠]|^[\t\r\n]/;

/** A cell that begins like a formula gets an apostrophe in front, which makes it text (OWASP, CSV injection). */
const harmless = (cell: string): string => FORMULA.test(cell) ? `'${cell}` : cell;

/** One record with its line end. Quotes, commas and line ends stand within quotes (RFC 4180 §2). */
export function csvRecord(cells: readonly string[]): string {
  return cells.map(harmless)
    .map((cell) => /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
    .join(",") + "\r\n";
}
