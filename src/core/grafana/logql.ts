import { printLogFilter } from '../log-query/print.ts';
import type { LogFilter, LogTest } from '../log-query/query.ts';
import { printFieldName, quoteLogText } from '../log-query/quote.ts';
import type { LogTarget } from './log-target-result.ts';

const SELECTOR = /^\s*\{((?:"(?:\\.|[^"\\])*"|`[^`]*`|[^{}"`])*)\}/;
const MATCHER = /\s*([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*("(?:\\.|[^"\\])*"|`[^`]*`)\s*(?:,|$)/y;
const LINE = /\s*(\|=|!=|\|~|!~)\s*("(?:\\.|[^"\\])*"|`[^`]*`)/y;
const PARSER = /\s*\|\s*(?:json|logfmt|unpack|decolorize)\b/y;
const FORMAT = /\s*\|\s*line_format\s+(?:"(?:\\.|[^"\\])*"|`[^`]*`)/y;
const LABEL =
  /\s*\|\s*([a-zA-Z_]\w*)\s*(=~|!~|!=|==|>=|<=|=|>|<)\s*("(?:\\.|[^"\\])*"|`[^`]*`|[\w.]+)(?!\s*(?:and|or)\b)/y;
const UNWRAP = /\s*\|\s*unwrap\s+(?:(?:duration|bytes)(?:_seconds)?\(\s*)?([a-zA-Z_]\w*)\)?/y;
const VARIABLE = /^(?:\$\w+|\$\{\w+(?::\w+)?\}|\[\[\w+\]\])$/;
const METRIC =
  /^\s*(?:(sum|avg|min|max)\s*(?:by\s*\(([^()]*)\)\s*)?\(\s*)?(\w+)\s*\(\s*(?:([\d.]+)\s*,\s*)?([\s\S]*?)\[[^\]]*\]\s*\)\s*(?:\)\s*(?:by\s*\(([^()]*)\)\s*)?)?$/;
const OF_LINES: Readonly<Record<string, string>> = { count_over_time: 'timechart count()', rate: 'rate' };
const OF_VALUES: Readonly<Record<string, string>> = {
  ...{ avg_over_time: 'avg', sum_over_time: 'sum', min_over_time: 'min', max_over_time: 'max' },
};

type Pipeline = { readonly terms: readonly string[]; readonly notes: readonly string[]; readonly unwrap?: string };

/** A LogQL query as one of ours, or why it has none: https://grafana.com/docs/loki/latest/query/. */
export function logsOfLoki(expr: string): LogTarget {
  const lines = readPipeline(expr);
  if (lines !== undefined) return { text: lines.terms.join(' '), notes: lines.notes };
  const [, aggregate, before, fn = '', quantile, inner = '', behind] = METRIC.exec(expr) ?? [];
  const read = readPipeline(inner);
  const pipe = read === undefined ? undefined : pipeOf(fn, quantile, read.unwrap);
  if (read === undefined || pipe === undefined) return { reason: 'this LogQL has no counterpart: write it anew' };
  const labels = (before ?? behind ?? '').split(',').map((label) => label.trim());
  const [by, ...others] = labels.filter((label) => label !== '');
  const isSum = aggregate === 'sum' || aggregate === undefined || read.unwrap !== undefined;
  if (!isSum) return { reason: `${aggregate} over streams has no counterpart: write it anew` };
  const notes = [
    ...read.notes,
    ...(others.length > 0 ? [`divided by ${by} only, not by ${others.join(', ')}`] : []),
    ...(aggregate === undefined ? ['one line, not one a stream'] : []),
  ];
  const text = `${read.terms.join(' ')} | ${pipe}${by === undefined ? '' : ` by ${printFieldName(by)}`}`;
  return { text: text.trim(), notes };
}

function pipeOf(fn: string, quantile: string | undefined, unwrap: string | undefined): string | undefined {
  if (unwrap === undefined) return OF_LINES[fn];
  const share = Number(quantile);
  if (fn === 'quantile_over_time' && share >= 0 && share <= 1)
    return `timechart p${Math.round(share * 1e5) / 1e3}(${unwrap})`;
  const name = OF_VALUES[fn];
  return name === undefined ? undefined : `timechart ${name}(${unwrap})`;
}

/** A selector and what follows it; undefined where something in it is not known. */
function readPipeline(text: string): Pipeline | undefined {
  const selector = SELECTOR.exec(text);
  const labels = selector === null ? undefined : readMatchers(selector[1] ?? '');
  if (selector === null || labels === undefined) return undefined;
  const terms = [...labels];
  const notes: string[] = [];
  let unwrap: string | undefined;
  let at = selector[0].length;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  while (text.slice(at).trim() !== '') {
    const line = take(LINE);
    const label = line ?? take(PARSER) ?? take(UNWRAP) ?? take(LABEL);
    if (line !== null) terms.push(lineTerm(line[1] ?? '', unquoted(line[2] ?? ''), notes));
    else if (label === null && take(FORMAT) !== null) notes.push('lines stand as they came, without line_format');
    else if (label === null) return undefined;
    else if (/^\s*\|\s*unwrap/.test(label[0])) [, unwrap] = label;
    else if (label[2] !== undefined) terms.push(labelTerm(label[1] ?? '', label[2], unquoted(label[3] ?? '')));
  }
  return { terms: terms.filter((term) => term !== ''), notes, ...(unwrap === undefined ? {} : { unwrap }) };
}

function readMatchers(text: string): string[] | undefined {
  const terms: string[] = [];
  MATCHER.lastIndex = 0;
  while (MATCHER.lastIndex < text.trimEnd().length) {
    const found = MATCHER.exec(text);
    if (found === null) return undefined;
    terms.push(labelTerm(found[1] ?? '', found[2] ?? '', unquoted(found[3] ?? '')));
  }
  return terms;
}

/** What is asked of a label; expressions are anchored there. */
function labelTerm(field: string, op: string, value: string): string {
  const sign = op.startsWith('!') ? 'NOT ' : '';
  if (/^[<>]/.test(op)) return `${printFieldName(field)}:${op}${value}`;
  if (VARIABLE.test(value)) return `${sign}${printFieldName(field)}:${value.replace(/:\w+\}$/, '}')}`;
  if (op.includes('~')) return regexTerm(field, sign, value);
  return print(
    field,
    value === '' ? { kind: 'exists' } : { kind: 'equals', text: value },
    value === '' ? !sign : !!sign,
  );
}

function regexTerm(field: string, sign: string, value: string): string {
  if (value === '.*') return '';
  if (value === '.+') return print(field, { kind: 'exists' }, sign !== '');
  const words = value.split('|');
  if (words.every((word) => /^[\w-]+$/.test(word))) {
    return `${sign}${printFieldName(field)}:${words.length === 1 ? words[0] : `(${words.join(' OR ')})`}`;
  }
  return print(field, { kind: 'regex', pattern: `^(?:${value})$` }, sign !== '');
}

function lineTerm(op: string, value: string, notes: string[]): string {
  const sign = op.startsWith('!') ? 'NOT ' : '';
  if (value === '') return '';
  if (op.endsWith('~')) return print('message', { kind: 'regex', pattern: value }, sign !== '');
  if (!notes.includes(WORDS)) notes.push(WORDS);
  return `${sign}${quoteLogText(value)}`;
}

const WORDS = 'texts are found as whole words, in any case';

function print(field: string, test: LogTest, isNot: boolean): string {
  const part: LogFilter = { kind: 'field', field, test };
  return printLogFilter(isNot ? { kind: 'not', part } : part);
}

function unquoted(text: string): string {
  if (text.startsWith('`')) return text.slice(1, -1);
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/gs, (_, sign: string) => ESCAPED[sign] ?? sign) : text;
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t' };
