/** Lets spreadsheets see that the file is UTF-8. */
const BYTE_ORDER_MARK = '\ufeff';

/** First characters that make a spreadsheet take a cell for a formula. */
const FORMULA_START = /^[=+\-@\t\r]/u;

/**
 * Rows as CSV after RFC 4180, with a byte order mark. A cell that a spreadsheet would run as a formula
 * is given a leading apostrophe, as OWASP advises.
 */
export function csvText(rows: readonly (readonly string[])[]): string {
  return BYTE_ORDER_MARK + rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(text: string): string {
  const harmless = FORMULA_START.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
