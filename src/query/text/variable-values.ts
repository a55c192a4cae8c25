import type { VariableQueryRequest } from '#core/api/text-query.ts';
import { AppError } from '#core/errors.ts';
import { parseMetricQuery } from '#core/metric-query/parse.ts';
import type { Matcher } from '#core/metric-query/query.ts';
import { type Labels, NAME_LABEL } from '#core/model/labels.ts';
import { formatValue } from '#query/promql/number-text.ts';
import { expandMacros } from './macros.ts';
import type { TextQueryParts } from './text-query.ts';

const CALL = /^\s*(label_values|label_names|metrics|query_result)\s*\(([\s\S]*)\)\s*$/;
const LABEL_AT_END = /^(?:([\s\S]+),)?\s*([a-zA-Z_][\w.]*)\s*$/;

/**
 * What a variable offers, in the order in which it was found and each once. `metrics` and `promql` know
 * `label_values([selector,] label)`, `label_names()`, `metrics(regex)` and `query_result(promql)`; Graphite a path glob
 * (the last node of what it finds); a log query with pipes (`| top 100 host`) and SQL the first column. Throws `bad_query`.
 */
export async function variableValues(
  parts: TextQueryParts,
  request: VariableQueryRequest,
  signal: AbortSignal,
): Promise<string[]> {
  const { text } = expandMacros(request.language, request.text, { ...request, maxPoints: 600 });
  const found = await valuesOf(parts, { ...request, text }, signal);
  return [...new Set(found)].slice(0, request.limit);
}

function valuesOf(parts: TextQueryParts, request: VariableQueryRequest, signal: AbortSignal): Promise<string[]> {
  switch (request.language) {
    case 'metrics':
    case 'promql':
      return promqlValues(parts, request, signal);
    case 'graphite':
      return graphiteValues(parts, request, signal);
    case 'logs':
      return logValues(parts, request, signal);
    case 'sql':
      return parts.sql.run(request.text, signal).then(({ rows }) => rows.map(([first]) => String(first ?? '')));
  }
}

async function promqlValues(
  parts: TextQueryParts,
  request: VariableQueryRequest,
  signal: AbortSignal,
): Promise<string[]> {
  const [, fn, inner = ''] = CALL.exec(request.text) ?? [];
  const { from, to, limit, language } = request;
  const { prom } = parts.metrics;
  const options = { signal, limit };
  switch (fn) {
    case 'label_values': {
      const [, selector, label] = LABEL_AT_END.exec(inner) ?? [];
      if (label === undefined) throw new AppError('bad_query', 'label_values needs a label: label_values(up, job)');
      const selectors = selector === undefined ? [] : [matchersOf(parts, language, selector)];
      return [...(await prom.labelValues(label, selectors, { from, to }, options))];
    }
    case 'label_names':
      return [...(await prom.labelNames([], { from, to }, options))];
    case 'metrics': {
      const regex: Matcher = { label: NAME_LABEL, op: '=~', value: `.*(?:${inner.trim()}).*` };
      return [...(await prom.labelValues(NAME_LABEL, [[regex]], { from, to }, options))];
    }
    case 'query_result':
      return queryResult(parts, inner, to, signal);
    default:
      throw new AppError(
        'bad_query',
        'a variable is label_values(metric, label), label_names(), metrics(regex) or query_result(query)',
        { details: { position: 0 } },
      );
  }
}

function matchersOf(
  { promql }: TextQueryParts,
  language: VariableQueryRequest['language'],
  selector: string,
): readonly Matcher[] {
  if (language === 'metrics') return parseMetricQuery(selector).matchers;
  const expr = promql.parse(selector);
  if (expr.kind !== 'selector') throw new AppError('bad_query', `'${selector.trim()}' is no selector: up{job="a"}`);
  return expr.matchers;
}

async function queryResult(
  { promql }: TextQueryParts,
  text: string,
  at: number,
  signal: AbortSignal,
): Promise<string[]> {
  const steps = { start: at, step: 0, count: 1 };
  const { value } = await promql.evaluate({ expr: promql.parse(text), text, steps, signal });
  if (value.kind === 'string') return [value.text];
  if (value.kind === 'scalar') return [formatValue(value.values[0] as number)];
  if (value.kind !== 'vector') return [];
  return value.series.map(({ labels, values }) => `${seriesText(labels)} ${formatValue(values[0] as number)} ${at}`);
}

function seriesText(labels: Labels): string {
  const { [NAME_LABEL]: name = '', ...rest } = labels;
  const parts = Object.keys(rest)
    .sort()
    .map((label) => `${label}=${JSON.stringify(rest[label])}`);
  return `${name}{${parts.join(',')}}`;
}

async function logValues(
  { logs }: TextQueryParts,
  { text: query, from, to }: VariableQueryRequest,
  signal: AbortSignal,
): Promise<string[]> {
  const result = await logs.run({ query, from, to, maxPoints: 1 }, signal);
  if (result.kind !== 'table') {
    throw new AppError('bad_query', 'a variable needs a list: end the query with | top 100 host', {
      details: { position: 0 },
    });
  }
  return result.rows.map(([first]) => String(first ?? '')).filter((value) => value !== '');
}

async function graphiteValues(
  { graphite }: TextQueryParts,
  { text, from, to }: VariableQueryRequest,
  signal: AbortSignal,
): Promise<string[]> {
  const range = { from: Math.floor(from / 1_000), until: Math.ceil(to / 1_000) };
  const found = await graphite.find(text.trim(), { ...range, signal });
  return found.map(({ path }) => path.slice(path.lastIndexOf('.') + 1)).sort();
}
