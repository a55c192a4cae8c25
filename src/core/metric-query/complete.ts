import { NAME_LABEL } from '../model/labels.ts';
import { lexMetricQuery, type Token } from './lex.ts';
import { isMetricName } from './parse.ts';
import { printSelector } from './print.ts';
import { AGGREGATIONS, type Matcher, PATH_LABEL, SERIES_FUNCTIONS } from './query.ts';

/** What may be written at the cursor; the text from `from` to `to` is what a chosen item replaces. */
export type MetricQueryCompletion = {
  /** `metric`: a metric, a path node or one of `words`; `word`: one of `words`; `none`: nothing to offer. */
  readonly kind: 'metric' | 'label-name' | 'label-value' | 'word' | 'none';
  readonly from: number;
  readonly to: number;
  /** What is written of it so far; unescaped for a label value. */
  readonly prefix: string;
  /** Of a label value: the label. */
  readonly label?: string;
  /** The other matchers of the selector, as a query text that narrows the answer (`DiscoveryRequest.match`). */
  readonly match?: string;
  /** Functions, aggregations, operators or keywords that fit here. */
  readonly words: readonly string[];
};

const OPERATORS = ['=', '!=', '=~', '!~'];
const FUNCTIONS = SERIES_FUNCTIONS.filter((fn) => fn !== 'raw');
const isAggregation = (token: Token | undefined): boolean =>
  token?.kind === 'word' && (AGGREGATIONS as readonly string[]).includes(token.text);
const isPunctuation = (token: Token | undefined, text: string): boolean =>
  token?.kind === 'punctuation' && token.text === text;

/** Tells the editor what is expected at the cursor (an offset in UTF-16 units). Never throws. */
export function completeMetricQuery(text: string, cursor: number): MetricQueryCompletion {
  const before = lexMetricQuery(text.slice(0, cursor), { tolerant: true });
  const last = before.at(-1);
  const writing = last !== undefined && last.to === cursor && (last.kind === 'word' || last.open === true);
  const done = writing ? before.slice(0, -1) : before;
  const span = { from: writing ? last.from : cursor, to: cursor, prefix: writing ? last.text : '', words: [] };
  const brace = openBrace(done);
  if (brace >= 0) return inMatchers(done, brace, span);
  if (last?.open === true) return { kind: 'none', ...span };
  if (inGrouping(done)) return { kind: 'label-name', ...span, ...selectorAfter(text, cursor) };
  return outside(done, span);
}

type Span = Pick<MetricQueryCompletion, 'from' | 'to' | 'prefix' | 'words'>;

function outside(done: readonly Token[], span: Span): MetricQueryCompletion {
  const last = done.at(-1);
  if (last === undefined) return { kind: 'metric', ...span, words: [...AGGREGATIONS, ...FUNCTIONS] };
  if (isPunctuation(last, '(')) return { kind: 'metric', ...span, words: FUNCTIONS };
  if (isAggregation(last)) return { kind: 'word', ...span, words: ['by', '('] };
  if (isPunctuation(last, ')') && isGroupingEnd(done)) return { kind: 'word', ...span, words: ['('] };
  if (isPunctuation(last, ')') && isAggregation(done[0])) return { kind: 'word', ...span, words: ['by'] };
  return { kind: 'none', ...span };
}

function inMatchers(done: readonly Token[], brace: number, span: Span): MetricQueryCompletion {
  const last = done.at(-1);
  const match = narrowing(done, brace);
  if (last?.kind === 'operator') {
    const label = done.at(-2)?.text ?? '';
    return { kind: 'label-value', ...span, label, ...match };
  }
  if (isPunctuation(last, '{') || isPunctuation(last, ',')) return { kind: 'label-name', ...span, ...match };
  if (last?.kind === 'word') return { kind: 'word', ...span, words: OPERATORS };
  return { kind: 'word', ...span, words: [',', '}'] };
}

/** The complete matchers of the open selector. */
function narrowing(done: readonly Token[], brace: number): { match?: string } {
  const name = done[brace - 1];
  const matchers: Matcher[] = [];
  if (name?.kind === 'word') {
    const isPath = /[*?[{]/.test(name.text) && !isMetricName(name.text);
    matchers.push({ label: isPath ? PATH_LABEL : NAME_LABEL, op: '=', value: name.text });
  }
  for (let at = brace + 1; at + 2 < done.length; at++) {
    const [label, operator, value] = [done[at], done[at + 1], done[at + 2]];
    if (operator?.kind !== 'operator' || value?.kind !== 'string' || label === undefined) continue;
    matchers.push({ label: label.text, op: operator.text as Matcher['op'], value: value.text });
  }
  return matchers.length === 0 ? {} : { match: printSelector(matchers) };
}

function openBrace(tokens: readonly Token[]): number {
  const at = tokens.findLastIndex((token) => isPunctuation(token, '{') || isPunctuation(token, '}'));
  return isPunctuation(tokens[at], '{') ? at : -1;
}

const openParenthesis = (tokens: readonly Token[]): number =>
  tokens.findLastIndex((token) => isPunctuation(token, '(') || isPunctuation(token, ')'));

const isBy = (token: Token | undefined): boolean => token?.kind === 'word' && token.text === 'by';

function inGrouping(tokens: readonly Token[]): boolean {
  const at = openParenthesis(tokens);
  return isPunctuation(tokens[at], '(') && isBy(tokens[at - 1]);
}

function isGroupingEnd(tokens: readonly Token[]): boolean {
  return inGrouping(tokens.slice(0, -1)) && tokens.length > 0 && isAggregation(tokens[0]) && isBy(tokens[1]);
}

/** For `sum by (|) (up{a="b"})`: the metric that follows the cursor narrows the label names. */
function selectorAfter(text: string, cursor: number): { match?: string } {
  const rest = lexMetricQuery(text, { tolerant: true });
  const name = rest.find(
    (token, at) => token.kind === 'word' && isMetricName(token.text) && isPunctuation(rest[at + 1], '{'),
  );
  const plain = rest.find(
    (token, at) =>
      token.from >= cursor &&
      token.kind === 'word' &&
      isPunctuation(rest[at - 1], '(') &&
      isPunctuation(rest[at + 1], ')'),
  );
  const found = name ?? plain;
  return found === undefined || !isMetricName(found.text) ? {} : { match: found.text };
}
