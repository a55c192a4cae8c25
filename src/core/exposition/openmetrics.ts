import { METRIC_TYPES, type MetricType } from '../model/metric-metadata.ts';
import {
  type ExposedExemplar,
  type ExposedSeries,
  type Exposition,
  ExpositionError,
  type ExpositionOptions,
  newExposition,
  type SeriesCache,
} from './exposition.ts';
import { FamilyRules, type Reading } from './family-rules.ts';
import { parseNumber } from './number-text.ts';
import {
  type Cursor,
  type Dialect,
  fail,
  isLegacyName,
  labelsEnd,
  readLabels,
  readQuoted,
  seriesEnd,
  seriesOf,
  unescape,
} from './series-text.ts';

const DIALECT: Dialect = { isLoose: false, unknownEscapes: 'keep' };
const HASH = 0x23;
const SPACE = 0x20;
const EOF = '# EOF';
/** UTF-8 characters of all names and values of an exemplar's labels (OpenMetrics 1.0, "Exemplars"). */
const MOST_EXEMPLAR_CHARACTERS = 128;

/** Suffixes of the sample names of a type; types that are not listed have the family's name alone. */
const SUFFIXES: Readonly<Partial<Record<MetricType, readonly string[]>>> = {
  counter: ['_total', '_created'],
  summary: ['', '_count', '_sum', '_created'],
  histogram: ['_count', '_sum', '_bucket', '_created'],
  gaugehistogram: ['_gcount', '_gsum', '_bucket'],
  info: ['_info'],
};

type Family = {
  readonly name: string;
  type: MetricType | undefined;
  unit: string | undefined;
  help: string | undefined;
  hasSamples: boolean;
  names: readonly string[];
};

/** Reads OpenMetrics text 1.0. Throws {@link ExpositionError}. */
export function parseOpenMetrics(text: string, options: ExpositionOptions): Exposition {
  const reader = new OpenMetricsReader(text, options);
  let line = 0;
  let hasEnded = false;
  for (let from = 0; from < text.length; ) {
    const found = text.indexOf('\n', from);
    const end = found < 0 ? text.length : found;
    line++;
    if (hasEnded) throw new ExpositionError(line, `there is text after ${EOF}`);
    hasEnded = end - from === EOF.length && text.startsWith(EOF, from);
    if (!hasEnded) reader.line({ text, at: from, line }, end);
    from = end + 1;
  }
  if (!hasEnded) throw new ExpositionError(line, `the end mark ${EOF} is missing`);
  return reader.end(line);
}

class OpenMetricsReader {
  readonly #text: string;
  readonly #cache: SeriesCache;
  readonly #out = newExposition();
  /** Undefined when only the syntax is checked. */
  readonly #rules: FamilyRules | undefined;
  #family: Family | undefined;

  constructor(text: string, { strict, cache }: ExpositionOptions) {
    this.#text = text;
    this.#cache = cache ?? new Map();
    this.#rules = strict ? new FamilyRules() : undefined;
  }

  line(cursor: Cursor, end: number): void {
    if (cursor.at === end) fail(cursor, 'the line is empty');
    if (this.#text.charCodeAt(cursor.at) === HASH) this.#metadata(cursor, end);
    else this.#sample(cursor, end);
  }

  end(line: number): Exposition {
    this.#endFamily(line);
    return this.#out;
  }

  #metadata(cursor: Cursor, end: number): void {
    const text = this.#text;
    const keyword = ['# HELP ', '# TYPE ', '# UNIT '].find((one) => text.startsWith(one, cursor.at));
    if (keyword === undefined) fail(cursor, 'a comment must be HELP, TYPE, UNIT or EOF, with one blank between words');
    cursor.at += keyword.length;
    const metric = this.#metricName(cursor);
    if (text.charCodeAt(cursor.at) !== SPACE || cursor.at >= end) fail(cursor, `${keyword}has no value`);
    const value = text.slice(cursor.at + 1, end);
    if (metric !== this.#family?.name) this.#startFamily(metric, cursor);
    const family = this.#family;
    if (family === undefined) return;
    if (this.#rules !== undefined && family.hasSamples) fail(cursor, `metadata of ${metric} stands after its samples`);
    if (keyword === '# HELP ') this.#help(family, value, cursor);
    else if (keyword === '# TYPE ') this.#type(family, value, cursor);
    else this.#unit(family, value, cursor);
  }

  #metricName(cursor: Cursor): string {
    const text = this.#text;
    if (text.charAt(cursor.at) === '"') return readQuoted(cursor, DIALECT);
    const from = cursor.at;
    while (cursor.at < text.length && !' \n'.includes(text.charAt(cursor.at))) cursor.at++;
    const name = text.slice(from, cursor.at);
    if (!isLegacyName(name, true)) fail(cursor, `"${name}" is not a metric name`);
    return name;
  }

  #help(family: Family, value: string, cursor: Cursor): void {
    if (this.#rules !== undefined && family.help !== undefined)
      fail(cursor, `there is a second HELP for ${family.name}`);
    family.help = value.includes('\\') ? unescape(value, cursor, { quotes: true, unknownEscapes: 'keep' }) : value;
  }

  #unit(family: Family, value: string, cursor: Cursor): void {
    if (this.#rules !== undefined && family.unit !== undefined)
      fail(cursor, `there is a second UNIT for ${family.name}`);
    family.unit = value;
  }

  #type(family: Family, value: string, cursor: Cursor): void {
    const type = METRIC_TYPES.find((one) => one === value);
    if (type === undefined) fail(cursor, `"${value}" is not a type of OpenMetrics`);
    if (this.#rules !== undefined && family.type !== undefined)
      fail(cursor, `there is a second TYPE for ${family.name}`);
    family.type = type;
    family.names = (SUFFIXES[type] ?? ['']).map((suffix) => family.name + suffix);
  }

  #startFamily(name: string, { line }: Cursor): void {
    this.#endFamily(line);
    this.#family = { name, type: undefined, unit: undefined, help: undefined, hasSamples: false, names: [name] };
  }

  #endFamily(line: number): void {
    if (this.#family === undefined) return;
    const { name, type = 'unknown', unit = '', help = '' } = this.#family;
    this.#rules?.end({ name, type, unit, suffixes: SUFFIXES[type] ?? [] }, line);
    this.#out.metadata.push({ metric: name, type, unit, help });
  }

  #sample(cursor: Cursor, end: number): void {
    const text = this.#text;
    const { line } = cursor;
    const stop = seriesEnd(text, cursor.at, end, DIALECT);
    if (stop < 0 || stop >= end || text.charCodeAt(stop) !== SPACE)
      fail(cursor, 'a blank and a value must follow the series');
    const seriesText = text.slice(cursor.at, stop);
    const series = seriesOf(
      { text: seriesText, at: 0, line },
      { cache: this.#cache, dialect: DIALECT, onNew: doNothing },
    );
    if (!this.#family?.names.includes(series.name)) this.#startFamily(series.name, cursor);
    const family = this.#family;
    if (family === undefined) return;
    family.hasSamples = true;
    const { name, type = 'unknown' } = family;
    if (type === 'summary' && series.name === name) series.numberLabel = 'quantile';
    else if (type.endsWith('histogram') && series.name.endsWith('_bucket')) series.numberLabel = 'le';
    const reading = readValues({ text, at: stop + 1, line }, end, series);
    if (this.#rules?.sample(reading, { name, type }, line) === false) return;
    const { v, seconds, exemplar } = reading;
    this.#out.samples.push({ series, v, t: milliseconds(seconds), exemplar });
  }
}

function doNothing(): void {}

/** Reads `value[ timestamp][ # {labels} value[ timestamp]]`. */
function readValues(cursor: Cursor, end: number, series: ExposedSeries): Reading {
  const v = numberToken(cursor, end, 'value');
  const isExemplarNext = (): boolean => cursor.text.charCodeAt(cursor.at) === HASH;
  let seconds: number | undefined;
  let exemplar: ExposedExemplar | undefined;
  if (cursor.at < end && !isExemplarNext()) seconds = secondsToken(cursor, end);
  if (cursor.at < end) exemplar = readExemplar(cursor, end);
  return { series, v, seconds, exemplar };
}

function readExemplar(cursor: Cursor, end: number): ExposedExemplar {
  const { text, line } = cursor;
  if (!text.startsWith('# {', cursor.at)) fail(cursor, 'after the timestamp only an exemplar may follow: # {…} value');
  const from = cursor.at + 2;
  const stop = labelsEnd(text, from, end);
  if (stop < 0 || text.charCodeAt(stop) !== SPACE)
    fail(cursor, 'a blank and a value must follow the labels of the exemplar');
  const { labels, name } = readLabels({ text: text.slice(from, stop), at: 0, line }, DIALECT);
  if (name !== undefined) fail(cursor, 'an exemplar has no metric name');
  let characters = 0;
  for (const [label, value] of Object.entries(labels)) characters += [...label].length + [...value].length;
  if (characters > MOST_EXEMPLAR_CHARACTERS)
    fail(cursor, `the labels of the exemplar have more than ${MOST_EXEMPLAR_CHARACTERS} characters`);
  cursor.at = stop + 1;
  const v = numberToken(cursor, end, 'value of the exemplar');
  const t = cursor.at < end ? milliseconds(secondsToken(cursor, end)) : undefined;
  if (cursor.at < end) fail(cursor, 'there is text after the exemplar');
  return { labels, v, t };
}

/** Reads a number up to a blank (which is passed over, and must not be the last of the line) or the end. */
function numberToken(cursor: Cursor, end: number, what: string): number {
  const { text, at } = cursor;
  let to = at;
  while (to < end && text.charCodeAt(to) !== SPACE) to++;
  if (to === end - 1) fail(cursor, 'the line ends with a blank');
  const token = text.slice(at, to);
  cursor.at = Math.min(to + 1, end);
  return parseNumber(token) ?? fail(cursor, `the ${what} "${token}" is not a number`);
}

function secondsToken(cursor: Cursor, end: number): number {
  const seconds = numberToken(cursor, end, 'timestamp');
  return Number.isFinite(seconds) ? seconds : fail(cursor, 'the timestamp is not finite');
}

function milliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.round(seconds * 1_000);
}
