import { NAME_LABEL } from '../model/labels.ts';
import { lexMetricQuery } from './lex.ts';
import { isMetricName } from './parse.ts';
import { type Matcher, type MetricQuery, PATH_LABEL } from './query.ts';

const BARE_LABEL = /^[A-Za-z_][A-Za-z0-9_.:-]*$/;

/** The text of a metric query; `parseMetricQuery` reads it back to the same value. */
export function printMetricQuery(query: MetricQuery): string {
  const selector = printSelector(query.matchers);
  const inner = query.fn === 'raw' ? selector : `${query.fn}(${selector})`;
  if (query.aggregate === undefined) return inner;
  const { op, by } = query.aggregate;
  return `${op}${by.length === 0 ? '' : ` by (${by.map(printLabel).join(', ')}) `}(${inner})`;
}

/** The selector alone: `up{host="a"}`, a bare path, or `{…}`. */
export function printSelector(matchers: readonly Matcher[]): string {
  const [first, ...others] = matchers;
  if (first?.op === '=' && first.label === NAME_LABEL && isMetricName(first.value)) {
    return others.length === 0 ? first.value : `${first.value}{${others.map(printMatcher).join(', ')}}`;
  }
  if (others.length === 0 && first?.op === '=' && first.label === PATH_LABEL && isBarePath(first.value)) {
    return first.value;
  }
  return `{${matchers.map(printMatcher).join(', ')}}`;
}

/** A text in the double quotes of the query language. */
export function quoteText(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')}"`;
}

const printMatcher = (matcher: Matcher): string => printLabel(matcher.label) + matcher.op + quoteText(matcher.value);
const printLabel = (label: string): string => (BARE_LABEL.test(label) ? label : quoteText(label));

function isBarePath(path: string): boolean {
  const tokens = lexMetricQuery(path, { tolerant: true });
  return tokens.length === 1 && tokens[0]?.kind === 'word' && tokens[0].text === path && !isMetricName(path);
}
