const ZERO = 0x30;
const NINE = 0x39;
/** Integers of so many digits are exact as float64. */
const EXACT_DIGITS = 15;

/**
 * The number of a decimal text (`1`, `-1.5e3`, `+Inf`, `NaN`, in any case); undefined when it is none: no blanks, no
 * underscores, no other bases.
 */
export function parseNumber(text: string): number | undefined {
  const { length } = text;
  if (length === 0) return undefined;
  let value = 0;
  let at = 0;
  for (; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code < ZERO || code > NINE) break;
    value = value * 10 + (code - ZERO);
  }
  if (at === length && length <= EXACT_DIGITS) return value;
  for (; at < length; at++) if (!isDecimalChar(text.charCodeAt(at))) return parseWord(text);
  const number = Number(text);
  return Number.isNaN(number) ? undefined : number;
}

function isDecimalChar(code: number): boolean {
  // digits . + - e E
  return (
    (code >= ZERO && code <= NINE) || code === 0x2e || code === 0x2b || code === 0x2d || code === 0x65 || code === 0x45
  );
}

function parseWord(text: string): number | undefined {
  switch (text.toLowerCase()) {
    case 'nan':
      return Number.NaN;
    case 'inf':
    case '+inf':
    case 'infinity':
    case '+infinity':
      return Number.POSITIVE_INFINITY;
    case '-inf':
    case '-infinity':
      return Number.NEGATIVE_INFINITY;
    default:
      return undefined;
  }
}

/**
 * A number as OpenMetrics writes it in labels `le` and `quantile`: always with a point or an exponent (`1.0`, `0.5`,
 * `1e+06`, `+Inf`), so that one bound has one spelling whatever the exposer wrote.
 */
export function openMetricsNumber(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  if (value === Number.NEGATIVE_INFINITY) return '-Inf';
  if (Number.isNaN(value)) return 'NaN';
  const exponent = value === 0 ? 0 : Number(value.toExponential().split('e')[1]);
  if (exponent < -4 || exponent >= 6) {
    const [digits = '', power = ''] = value.toExponential().split('e');
    return `${digits}e${power[0]}${power.slice(1).padStart(2, '0')}`;
  }
  const text = String(value);
  return text.includes('.') || text.includes('e') ? text : `${text}.0`;
}
