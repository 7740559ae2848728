/** What a cell of a table can hold; null is an empty one. */
export type CsvValue = string | number | null

/** Rows as CSV (RFC 4180): commas, lines that end in CRLF, the last one too. */
export function csv(rows: readonly (readonly CsvValue[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

function cell(value: CsvValue): string {
  if (value === null) return ''
  const text = typeof value === 'number' ? String(value) : inert(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A text that a spreadsheet would run as a formula gets the mark that makes it one that is read. */
function inert(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}
