import { NAME_LABEL } from '../model/labels.ts';
import { lexMetricQuery, type Token } from './lex.ts';
import {
  AGGREGATIONS,
  type Aggregation,
  MATCH_OPERATORS,
  MAX_GROUP_LABELS,
  MAX_MATCHERS,
  type Matcher,
  type MetricQuery,
  PATH_LABEL,
  SERIES_FUNCTIONS,
  type SeriesFunction,
} from './query.ts';
import { MetricQuerySyntaxError } from './syntax-error.ts';

const METRIC_NAME = /^[A-Za-z_:][A-Za-z0-9_:]*$/;
const GLOB = /[*?[{]/;

/**
 * Reads a metric query: `metric{a="b"}`, `{…}`, `rate(…)`, `sum by (a) (…)` or a Graphite path or glob. A range such
 * as `[5m]` is accepted and has no effect: the window is the step. Throws a {@link MetricQuerySyntaxError}.
 */
export function parseMetricQuery(text: string): MetricQuery {
  const reader = new Reader(lexMetricQuery(text), text.length);
  const query = readQuery(reader);
  const rest = reader.peek();
  if (rest !== undefined) throw reader.error(`expected the end of the query, found ${quoted(rest)}`);
  if (!isWithinBounds(query))
    throw new MetricQuerySyntaxError('the query has too many parts or an empty label name', 0);
  return query;
}

function isWithinBounds({ matchers, aggregate }: MetricQuery): boolean {
  if (matchers.length === 0 || matchers.length > MAX_MATCHERS) return false;
  return matchers.every(({ label }) => label !== '') && (aggregate?.by.length ?? 0) <= MAX_GROUP_LABELS;
}

/** True when the word alone, without braces, is read as a metric name and not as a path. */
export function isMetricName(word: string): boolean {
  return METRIC_NAME.test(word);
}

class Reader {
  private at = 0;
  private readonly tokens: readonly Token[];
  private readonly length: number;

  constructor(tokens: readonly Token[], length: number) {
    this.tokens = tokens;
    this.length = length;
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.at + ahead];
  }

  /** True and steps on when the next token is this punctuation. */
  accept(text: string): boolean {
    const token = this.peek();
    if (token?.kind !== 'punctuation' || token.text !== text) return false;
    this.at++;
    return true;
  }

  expect(text: string): void {
    if (!this.accept(text)) throw this.error(`expected '${text}', found ${quoted(this.peek())}`);
  }

  take(kind: Token['kind']): Token | undefined {
    const token = this.peek();
    if (token?.kind !== kind) return undefined;
    this.at++;
    return token;
  }

  error(message: string): MetricQuerySyntaxError {
    return new MetricQuerySyntaxError(message, this.peek()?.from ?? this.length);
  }
}

const quoted = (token: Token | undefined): string =>
  token === undefined ? 'the end of the query' : token.kind === 'string' ? 'a quoted text' : `'${token.text}'`;

const isWord = (token: Token | undefined, text: string): boolean => token?.kind === 'word' && token.text === text;
const isOpen = (token: Token | undefined): boolean => token?.kind === 'punctuation' && token.text === '(';

function readQuery(reader: Reader): MetricQuery {
  const word = reader.peek();
  const next = reader.peek(1);
  const grouped = isWord(next, 'by') || isWord(next, 'without');
  if (word?.kind === 'word' && isAggregation(word.text) && (isOpen(next) || grouped)) {
    reader.take('word');
    const before = readGrouping(reader);
    reader.expect('(');
    const inner = readFunction(reader);
    reader.expect(')');
    const by = before ?? readGrouping(reader) ?? [];
    return { ...inner, aggregate: { op: word.text, by } };
  }
  return readFunction(reader);
}

function readGrouping(reader: Reader): string[] | undefined {
  if (isWord(reader.peek(), 'without')) throw reader.error("'without' is not available: list the labels with 'by'");
  if (!isWord(reader.peek(), 'by')) return undefined;
  reader.take('word');
  reader.expect('(');
  const labels: string[] = [];
  while (!reader.accept(')')) {
    const label = reader.take('word') ?? reader.take('string');
    if (label === undefined) throw reader.error(`expected a label name, found ${quoted(reader.peek())}`);
    labels.push(label.text);
    if (!reader.accept(',') && reader.peek()?.text !== ')') reader.expect(')');
  }
  return labels;
}

function readFunction(reader: Reader): MetricQuery {
  const word = reader.peek();
  if (word?.kind !== 'word' || !isOpen(reader.peek(1))) return { matchers: readSelector(reader), fn: 'raw' };
  if (isAggregation(word.text)) return { matchers: readSelector(reader), fn: 'raw' };
  if (!isSeriesFunction(word.text)) {
    const known = [...SERIES_FUNCTIONS, ...AGGREGATIONS].join(', ');
    throw reader.error(`there is no function '${word.text}'; there are ${known}`);
  }
  reader.take('word');
  reader.expect('(');
  const matchers = readSelector(reader);
  reader.expect(')');
  return { matchers, fn: word.text };
}

function readSelector(reader: Reader): Matcher[] {
  const name = reader.peek()?.text ?? '';
  if (isOpen(reader.peek(1)) && isAggregation(name)) throw reader.error(`'${name}' may only stand outermost`);
  const word = reader.take('word');
  const matchers: Matcher[] = [];
  const braces = reader.peek()?.text === '{' && reader.peek()?.kind === 'punctuation';
  if (word !== undefined) matchers.push(nameMatcher(word.text, braces));
  else if (!braces) throw reader.error(`expected a metric, a path or '{', found ${quoted(reader.peek())}`);
  if (reader.accept('{')) readMatchers(reader, matchers);
  reader.take('range');
  if (matchers.length === 0) throw reader.error('at least one matcher is needed, as in {host="web-1"}');
  return matchers;
}

function nameMatcher(word: string, braces: boolean): Matcher {
  const isName = isMetricName(word) || (braces && !GLOB.test(word));
  return { label: isName ? NAME_LABEL : PATH_LABEL, op: '=', value: word };
}

function readMatchers(reader: Reader, matchers: Matcher[]): void {
  while (!reader.accept('}')) {
    matchers.push(readMatcher(reader));
    if (!reader.accept(',') && reader.peek()?.text !== '}') reader.expect('}');
  }
}

function readMatcher(reader: Reader): Matcher {
  const quotedLabel = reader.take('string');
  const label = quotedLabel ?? reader.take('word');
  if (label === undefined) throw reader.error(`expected a label name, found ${quoted(reader.peek())}`);
  const operator = reader.take('operator');
  if (operator === undefined) {
    if (quotedLabel !== undefined) return { label: NAME_LABEL, op: '=', value: label.text };
    throw reader.error(`expected one of ${MATCH_OPERATORS.join(' ')} after '${label.text}'`);
  }
  const value = reader.take('string');
  if (value === undefined) throw reader.error(`expected the value of '${label.text}' in quotes`);
  return { label: label.text, op: operator.text as Matcher['op'], value: value.text };
}

const isAggregation = (word: string): word is Aggregation => (AGGREGATIONS as readonly string[]).includes(word);
const isSeriesFunction = (word: string): word is SeriesFunction =>
  (SERIES_FUNCTIONS as readonly string[]).includes(word);
