import { formatPlain } from '#query/promql/number-text.ts';

const NAMED: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '"': '\\"',
  '\\': '\\\\',
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is to be escaped
const ESCAPED = /["\\\u0000-\u001f\u007f-\u009f\u00ad\u2028\u2029\ufeff]|\p{Cs}/gu;
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const UNITS = [
  ['y', 31_536_000_000],
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;

/** A text in double quotes, as Go's `strconv.Quote` writes it; lone surrogates U+DC80…U+DCFF are bytes that are not UTF-8. */
export const quote = (text: string): string => `"${text.replace(ESCAPED, escapeOf)}"`;

function escapeOf(character: string): string {
  const code = character.charCodeAt(0);
  if (code >= 0xdc_80 && code <= 0xdc_ff) return `\\x${(code - 0xdc_00).toString(16)}`;
  const hex = code.toString(16);
  return NAMED[character] ?? (code < 0x80 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`);
}

/** A label name, in quotes where it needs them. */
export const labelText = (label: string): string => (LABEL.test(label) ? label : quote(label));

/** A duration as Prometheus writes it: `1h30m`, weeks and years only when nothing is left over, `-5m`, `0s`. */
export function durationText(ms: number): string {
  if (ms < 0) return `-${durationText(-ms)}`;
  let rest = ms;
  let text = '';
  for (const [unit, size] of UNITS) {
    const isWhole = (unit !== 'y' && unit !== 'w' && unit !== 'd') || rest % size === 0 || unit === 'd';
    const count = isWhole ? Math.floor(rest / size) : 0;
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text === '' ? '0s' : text;
}

/** A number literal: plain digits, or a duration where it was written as one (seconds). */
export function numberText(value: number, isDuration: boolean | undefined): string {
  return isDuration === true ? durationText(Math.round(value * 1000)) : formatPlain(value);
}
