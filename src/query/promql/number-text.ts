/**
 * A float as the Prometheus HTTP API writes it: the shortest text that reads back, with an exponent of at least two
 * digits below 1e-6 and from 1e21 on; `NaN`, `+Inf`, `-Inf`, `-0`.
 */
export function formatValue(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e-6 && size < 1e21) return String(value);
  const text = special(value) ?? String(value);
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** A float as Go's `strconv` writes it with `'f', -1`: shortest digits, never an exponent (`count_values`). */
export function formatPlain(value: number): string {
  const known = special(value);
  if (known !== undefined) return known;
  const text = String(value);
  const cut = text.indexOf('e');
  return cut === -1 ? text : withoutExponent(text.slice(0, cut), Number(text.slice(cut + 1)));
}

/** A float as Go's `%g`: shortest digits, an exponent below 1e-4 and from 1e6 on. */
export function formatShort(value: number): string {
  const known = special(value);
  if (known !== undefined) return known;
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return formatPlain(value);
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** A float as OpenMetrics writes label values: `0.5`, `1.0`, `+Inf`. */
export function formatOpenMetrics(value: number): string {
  const text = formatShort(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return '+Inf';
  if (value === -Infinity) return '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  return undefined;
}

function withoutExponent(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  return sign + digits.padEnd(exponent + 1, '0');
}
