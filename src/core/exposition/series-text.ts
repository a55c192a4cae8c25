import type { Labels } from '../model/labels.ts';
import { type ExposedSeries, ExpositionError, type SeriesCache } from './exposition.ts';

/** What a text format allows in names and labels. */
export type Dialect = {
  /** Blanks between all tokens, and a comma after the last label. */
  readonly isLoose: boolean;
  /** What becomes of `\z` in a label value. */
  readonly unknownEscapes: 'keep' | 'refuse';
};

/** A place in a text, with the number of its line for errors. */
export type Cursor = { readonly text: string; at: number; readonly line: number };

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });
const TAB = 0x09;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const EQUALS = 0x3d;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/** Throws that the line of the cursor is wrong. */
export function fail({ line }: Cursor, why: string): never {
  throw new ExpositionError(line, why);
}

/** True for a space or a tab. */
export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** The first place from `at` on that is no blank. */
export function skipBlanks(text: string, at: number): number {
  let i = at;
  while (isBlank(text.charCodeAt(i))) i++;
  return i;
}

/** Where the text of a series (`name`, `name{…}`, `{"name",…}`) that begins at `at` ends, −1 when it never does. */
export function seriesEnd(text: string, at: number, end: number, { isLoose }: Dialect): number {
  let i = at;
  for (; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === OPEN || isBlank(code)) break;
  }
  const brace = isLoose ? skipBlanks(text, i) : i;
  if (brace >= end || text.charCodeAt(brace) !== OPEN) return i;
  return labelsEnd(text, brace, end);
}

/** Where the label set that begins at `at` ends (behind its brace), −1 when it never does. */
export function labelsEnd(text: string, at: number, end: number): number {
  let isQuoted = false;
  for (let i = at; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) isQuoted = !isQuoted;
    else if (isQuoted && code === BACKSLASH) i++;
    else if (code === CLOSE && !isQuoted) return i + 1;
  }
  return -1;
}

/**
 * The series of a text, from the cache when it is known. Throws {@link ExpositionError} for a malformed one. `onNew` is
 * called for those that are read anew.
 */
export function seriesOf(
  cursor: Cursor,
  { cache, dialect, onNew }: { cache: SeriesCache; dialect: Dialect; onNew: (series: ExposedSeries) => void },
): ExposedSeries {
  const known = cache.get(cursor.text);
  if (known !== undefined) return known;
  // A slice would keep the whole body alive as long as the cache lives.
  const text = DECODER.decode(ENCODER.encode(cursor.text));
  const series = readSeries({ text, at: 0, line: cursor.line }, dialect);
  onNew(series);
  cache.set(text, series);
  return series;
}

function readSeries(cursor: Cursor, dialect: Dialect): ExposedSeries {
  const { text } = cursor;
  const from = cursor.at;
  while (isNameChar(text.charCodeAt(cursor.at))) cursor.at++;
  const outside = text.slice(from, cursor.at);
  if (dialect.isLoose) cursor.at = skipBlanks(text, cursor.at);
  if (cursor.at < text.length && text.charCodeAt(cursor.at) !== OPEN) fail(cursor, `"${text}" is not a metric name`);
  if (outside !== '' && !isLegacyName(outside, true)) fail(cursor, `"${outside}" is not a metric name`);
  const { name, labels } = cursor.at < text.length ? readLabels(cursor, dialect) : { name: undefined, labels: {} };
  if (name !== undefined && outside !== '') fail(cursor, 'the metric name stands twice');
  const metric = name ?? outside;
  if (metric === '') fail(cursor, 'the metric name is missing');
  return { name: metric, labels, numberLabel: undefined };
}

/** Reads `{…}` at the cursor; `name` is the quoted metric name in it, if there is one. */
export function readLabels(cursor: Cursor, dialect: Dialect): { name: string | undefined; labels: Labels } {
  const { text } = cursor;
  const labels = Object.create(null) as Record<string, string>;
  let name: string | undefined;
  cursor.at++;
  for (let isFirst = true; ; isFirst = false) {
    blanks(cursor, dialect);
    if (text.charCodeAt(cursor.at) === CLOSE && (isFirst || dialect.isLoose)) break;
    const isQuoted = text.charCodeAt(cursor.at) === QUOTE;
    const label = isQuoted ? readQuoted(cursor, dialect) : readLabelName(cursor);
    blanks(cursor, dialect);
    if (text.charCodeAt(cursor.at) === EQUALS) readValue(cursor, dialect, { label, labels });
    else if (isQuoted && name === undefined) name = label;
    else fail(cursor, `"=" is missing after the label ${label}`);
    blanks(cursor, dialect);
    if (text.charCodeAt(cursor.at) === CLOSE) break;
    if (text.charCodeAt(cursor.at) !== COMMA) fail(cursor, `a comma is missing after the label ${label}`);
    cursor.at++;
  }
  cursor.at++;
  return { name, labels };
}

function readValue(cursor: Cursor, dialect: Dialect, into: { label: string; labels: Record<string, string> }): void {
  const { label, labels } = into;
  cursor.at++;
  blanks(cursor, dialect);
  if (cursor.text.charCodeAt(cursor.at) !== QUOTE) fail(cursor, `the value of the label ${label} is not quoted`);
  if (label === '' || label === '__name__') fail(cursor, `a label cannot be named "${label}"`);
  if (label in labels) fail(cursor, `the label ${label} stands twice`);
  labels[label] = readQuoted(cursor, dialect);
}

function blanks(cursor: Cursor, { isLoose }: Dialect): void {
  if (isLoose) cursor.at = skipBlanks(cursor.text, cursor.at);
}

function readLabelName(cursor: Cursor): string {
  const from = cursor.at;
  while (isNameChar(cursor.text.charCodeAt(cursor.at))) cursor.at++;
  const name = cursor.text.slice(from, cursor.at);
  if (!isLegacyName(name, false))
    fail(cursor, `"${cursor.text.slice(from, from + 40)}" does not begin with a label name`);
  return name;
}

/** Reads `"…"` at the cursor and undoes its escapes. */
export function readQuoted(cursor: Cursor, { unknownEscapes }: Dialect): string {
  const { text } = cursor;
  const from = cursor.at + 1;
  let to = from;
  let isEscaped = false;
  while (to < text.length && text.charCodeAt(to) !== QUOTE) {
    if (text.charCodeAt(to) === BACKSLASH) {
      isEscaped = true;
      to++;
    }
    to++;
  }
  if (to >= text.length) fail(cursor, 'a quoted text does not end');
  cursor.at = to + 1;
  const raw = text.slice(from, to);
  return isEscaped ? unescape(raw, cursor, { quotes: true, unknownEscapes }) : raw;
}

/** Undoes `\\`, `\n` and, with `quotes`, `\"`. */
export function unescape(
  raw: string,
  cursor: Cursor,
  { quotes, unknownEscapes }: { quotes: boolean; unknownEscapes: 'keep' | 'refuse' },
): string {
  let out = '';
  for (let i = 0; i < raw.length; i++) {
    const char = raw.charAt(i);
    const next = char === '\\' ? raw.charAt(i + 1) : '';
    if (char !== '\\') out += char;
    else if (next === '\\') out += '\\';
    else if (next === 'n') out += '\n';
    else if (next === '"' && quotes) out += '"';
    else if (unknownEscapes === 'refuse') fail(cursor, `\\${next} is not an escape`);
    else out += `\\${next}`;
    if (char === '\\') i++;
  }
  return out;
}

function isNameChar(code: number): boolean {
  // a–z A–Z 0–9 _ :
  return (
    (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x3a) || code === 0x5f
  );
}

/** True for `[a-zA-Z_][a-zA-Z0-9_]*`; with `colons` also colons: names that need no quotes. */
export function isLegacyName(name: string, colons: boolean): boolean {
  const first = name.charCodeAt(0);
  if (name === '' || (first >= 0x30 && first <= 0x39)) return false;
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (!isNameChar(code) || (code === 0x3a && !colons)) return false;
  }
  return true;
}
