import type { SqlAnswer } from '#query/sql/index.ts';

/** Characters that make a spreadsheet take a text for a formula. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

/**
 * CSV of RFC 4180 with a header. A text that a spreadsheet would run as a formula gets a `'` before it; numbers do not.
 * NULL is empty; arrays, maps and tuples are JSON.
 */
export function toCsv({ columns, rows }: Pick<SqlAnswer, 'columns' | 'rows'>): string {
  const lines = [columns.map(({ name }) => name), ...rows];
  return lines.map(csvLine).join('');
}

/** One line of CSV, with its end. */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(cell).join(',')}\r\n`;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
