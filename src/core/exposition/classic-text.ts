import type { MetricType } from '../model/metric-metadata.ts';
import {
  type ExposedSeries,
  type Exposition,
  ExpositionError,
  type ExpositionOptions,
  newExposition,
  type SeriesCache,
} from './exposition.ts';
import { parseNumber } from './number-text.ts';
import {
  type Cursor,
  type Dialect,
  fail,
  isBlank,
  isLegacyName,
  readQuoted,
  seriesEnd,
  seriesOf,
  skipBlanks,
  unescape,
} from './series-text.ts';

const TYPES: Readonly<Record<string, MetricType>> = {
  counter: 'counter',
  gauge: 'gauge',
  histogram: 'histogram',
  summary: 'summary',
  untyped: 'unknown',
};

const HASH = 0x23;

/** Reads the Prometheus text format 0.0.4. Throws {@link ExpositionError}. */
export function parseClassicText(text: string, options: ExpositionOptions): Exposition {
  if (options.strict && text !== '' && !text.endsWith('\n')) {
    throw new ExpositionError(text.split('\n').length, 'the last line does not end with a line feed');
  }
  const reader = new ClassicReader(text, options);
  let line = 0;
  for (let from = 0; from < text.length; ) {
    const found = text.indexOf('\n', from);
    const end = found < 0 ? text.length : found;
    line++;
    reader.line({ text, at: skipBlanks(text, from), line }, end);
    from = end + 1;
  }
  return reader.end();
}

class ClassicReader {
  readonly #text: string;
  readonly #strict: boolean;
  readonly #cache: SeriesCache;
  readonly #dialect: Dialect;
  readonly #out = newExposition();
  readonly #types = new Map<string, MetricType>();
  readonly #helps = new Map<string, string>();
  readonly #sampled = new Set<string>();
  #lastName = '';
  #lineNumber = 0;

  constructor(text: string, { strict, cache }: ExpositionOptions) {
    this.#text = text;
    this.#strict = strict;
    this.#cache = cache ?? new Map();
    this.#dialect = { isLoose: true, unknownEscapes: strict ? 'refuse' : 'keep' };
  }

  line(cursor: Cursor, end: number): void {
    this.#lineNumber = cursor.line;
    if (cursor.at >= end) return;
    if (this.#text.charCodeAt(cursor.at) === HASH) this.#comment(cursor, end);
    else this.#sample(cursor, end);
  }

  end(): Exposition {
    for (const metric of new Set([...this.#types.keys(), ...this.#helps.keys()])) {
      const type = this.#types.get(metric) ?? 'unknown';
      this.#out.metadata.push({ metric, type, unit: '', help: this.#helps.get(metric) ?? '' });
    }
    return this.#out;
  }

  #sample(cursor: Cursor, end: number): void {
    const text = this.#text;
    const { line } = cursor;
    const stop = seriesEnd(text, cursor.at, end, this.#dialect);
    if (stop < 0) fail(cursor, 'the labels do not end');
    const series = seriesOf(
      { text: text.slice(cursor.at, stop), at: 0, line },
      { cache: this.#cache, dialect: this.#dialect, onNew: this.#classify },
    );
    if (series.name !== this.#lastName) {
      this.#lastName = series.name;
      this.#sampled.add(series.name);
    }
    const [value, afterValue] = token(text, skipBlanks(text, stop), end);
    const v = parseNumber(value) ?? fail(cursor, `"${value}" is not a number`);
    const [time, afterTime] = token(text, skipBlanks(text, afterValue), end);
    if (skipBlanks(text, afterTime) < end) fail(cursor, 'there is text after the timestamp');
    this.#out.samples.push({ series, v, t: time === '' ? undefined : timestamp(time, cursor), exemplar: undefined });
  }

  readonly #classify = (series: ExposedSeries): void => {
    const { name, labels } = series;
    const isBucket = name.endsWith('_bucket') && this.#types.get(name.slice(0, -7)) === 'histogram';
    const isQuantile = this.#types.get(name) === 'summary';
    const label = isBucket ? 'le' : isQuantile ? 'quantile' : undefined;
    const value = label === undefined ? undefined : labels[label];
    if (label === undefined || value === undefined) return;
    if (parseNumber(value) !== undefined) series.numberLabel = label;
    else if (this.#strict) throw new ExpositionError(this.#lineNumber, `${label}="${value}" is not a number`);
  };

  #comment(cursor: Cursor, end: number): void {
    const text = this.#text;
    const [keyword, afterKeyword] = token(text, skipBlanks(text, cursor.at + 1), end);
    if (keyword !== 'HELP' && keyword !== 'TYPE') return;
    const from = skipBlanks(text, afterKeyword);
    if (from >= end) return;
    const [metric, afterName] = this.#metricName({ text, at: from, line: cursor.line }, end);
    const rest = skipBlanks(text, afterName);
    if (rest >= end) return;
    if (keyword === 'HELP') this.#help(metric, text.slice(rest, end), cursor);
    else this.#type(metric, text.slice(rest, end).trimEnd(), cursor);
  }

  #metricName(cursor: Cursor, end: number): [string, number] {
    if (this.#text.charAt(cursor.at) === '"') return [readQuoted(cursor, this.#dialect), cursor.at];
    const [name, after] = token(this.#text, cursor.at, end);
    if (!isLegacyName(name, true)) fail(cursor, `"${name}" is not a metric name`);
    return [name, after];
  }

  #help(metric: string, raw: string, cursor: Cursor): void {
    if (this.#strict && this.#helps.has(metric)) fail(cursor, `there is a second HELP for ${metric}`);
    const { unknownEscapes } = this.#dialect;
    this.#helps.set(metric, raw.includes('\\') ? unescape(raw, cursor, { quotes: false, unknownEscapes }) : raw);
  }

  #type(metric: string, word: string, cursor: Cursor): void {
    const type = TYPES[word] ?? fail(cursor, `"${word}" is not a type of this format`);
    if (this.#strict && this.#types.has(metric)) fail(cursor, `there is a second TYPE for ${metric}`);
    if (this.#strict && this.#sampled.has(metric)) fail(cursor, `TYPE of ${metric} stands after its samples`);
    this.#types.set(metric, type);
  }
}

/** The text from `from` up to a blank or `end`, and where it ends. */
function token(text: string, from: number, end: number): [string, number] {
  let to = from;
  while (to < end && !isBlank(text.charCodeAt(to))) to++;
  return [text.slice(from, to), to];
}

function timestamp(text: string, cursor: Cursor): number {
  const t = parseNumber(text);
  if (t === undefined || !Number.isInteger(t) || /[.e]/i.test(text)) fail(cursor, `"${text}" is not a timestamp in ms`);
  return t;
}
