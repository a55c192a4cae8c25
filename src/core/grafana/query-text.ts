import type { NoteTaker } from './report.ts';

const KNOWN_MACROS = /^__(interval|interval_ms|rate_interval|rate_interval_ms|range|range_s|range_ms|from|to|auto)$/;
/** Formats of values that our variables know. */
const KNOWN_FORMATS = new Set(
  'regex pipe csv glob raw text json doublequote singlequote sqlstring percentencode'.split(' '),
);
const OLD = /\[\[(\w+)(?::(\w+))?\]\]/g;
const MACRO = /\$\{(__[\w.]+)(?::([^}]*))?\}|\$(__\w+)/g;

/**
 * A text of Grafana in our spelling: `[[name]]` becomes `${name}`, the interval that a variable chose by itself becomes
 * `$__interval`. What has no value here is noted and left as it is.
 */
export function convertText(text: string, what: string, notes: NoteTaker): string {
  const plain = text
    .replace(OLD, (_, name: string, format?: string) =>
      format === undefined ? `\${${name}}` : `\${${name}:${format}}`,
    )
    .replace(/\$__auto_interval_\w+|\$\{__auto_interval_\w+\}/g, '$__interval');
  for (const [whole, braced, format, bare] of plain.matchAll(MACRO)) {
    const name = braced ?? bare ?? '';
    if (!KNOWN_MACROS.test(name)) notes.approximated(what, `${whole} has no value here: it stays as text`);
    else if (format !== undefined) notes.approximated(what, `${whole}: the format of a time is not known`);
  }
  for (const [whole, format = ''] of plain.matchAll(/\$\{\w+:(\w+)\}/g)) {
    if (!KNOWN_FORMATS.has(format)) notes.approximated(what, `${whole}: the format ${format} is not known`);
  }
  return plain;
}

/** A text of at most so many characters; what is longer is cut and noted. */
export function shortened(text: string, max: number, what: string, notes: NoteTaker): string {
  if (text.length <= max) return text;
  notes.approximated(what, `cut after ${max} of ${text.length} characters`);
  return text.slice(0, max);
}

/** A legend: `__auto` is ours to choose, `{{ label }}` loses its blanks. */
export function convertLegend(format: string, what: string, notes: NoteTaker): string {
  if (format === '__auto') return '';
  const pattern = convertText(format, what, notes).replace(/\{\{\s*([^{}]*?)\s*\}\}/g, '{{$1}}');
  return shortened(pattern, 200, what, notes);
}
