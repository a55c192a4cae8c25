/** A number as Graphite's JSON writes it: None is null, infinity a number too large to hold. */
export function jsonNumber(value: number): string {
  if (Number.isNaN(value)) return 'null';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '1e9999' : '-1e9999';
}
