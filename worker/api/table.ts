// Answers as CSV: one line for each of their rows, columns by the names that JSON has, digits as JSON writes them.
import { stringify } from 'csv-stringify/sync';

type Cell = string | number | boolean | null;
type Line = Record<string, Cell>;

/** What tells the objects of a list apart in the names of columns: `money.USD.gross`, `windows.final.value`. */
const nameOf = (item: object, place: number): string =>
  'currency' in item && typeof item.currency === 'string' ? item.currency : String(place);

/** Nested values as columns with dots between their names. */
function flat(value: unknown, name: string, line: Line): Line {
  if (Array.isArray(value))
    for (const [n, item] of value.entries())
      flat(item, `${name}.${typeof item === 'object' && item !== null ? nameOf(item, n) : n}`, line);
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) flat(inner, name ? `${name}.${key}` : key, line);
  else line[name] = value as Cell;
  return line;
}

/**
 * RFC 4180, with a head. A text that a spreadsheet would take for a formula stands after an apostrophe; numbers are
 * numbers, negative ones too. What is null, or has no such column, is empty.
 */
export function csvOf(rows: readonly object[]): string {
  const lines = rows.map((row) => flat(row, '', {}));
  const columns = [...new Set(lines.flatMap((line) => Object.keys(line)))];
  return stringify(
    lines.map((line) => columns.map((column) => line[column] ?? null)),
    {
      header: columns.length > 0,
      columns,
      escape_formulas: true,
      record_delimiter: '\r\n',
      // As JSON writes them; the library would write true as 1, and false as nothing.
      cast: { number: (number) => JSON.stringify(number), boolean: (is) => String(is) },
    },
  );
}
