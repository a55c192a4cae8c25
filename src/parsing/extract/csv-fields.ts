/** One line of CSV (RFC 4180; quotes doubled, line breaks within quotes), at most `maxColumns` columns. */
export function csvColumns(text: string, separator = ',', maxColumns = 1_000): string[] {
  const columns: string[] = [];
  let at = 0;
  while (at <= text.length && columns.length < maxColumns) {
    if (text.charCodeAt(at) === 34) {
      const { value, end } = quoted(text, at);
      columns.push(value);
      const next = text.indexOf(separator, end);
      if (next < 0) break;
      at = next + separator.length;
    } else {
      const next = text.indexOf(separator, at);
      columns.push(text.slice(at, next < 0 ? undefined : next));
      if (next < 0) break;
      at = next + separator.length;
    }
  }
  return columns;
}

function quoted(text: string, at: number): { value: string; end: number } {
  let close = text.indexOf('"', at + 1);
  while (close >= 0 && text.charCodeAt(close + 1) === 34) close = text.indexOf('"', close + 2);
  const end = close < 0 ? text.length : close;
  return { value: text.slice(at + 1, end).replaceAll('""', '"'), end: Math.min(end + 1, text.length) };
}
