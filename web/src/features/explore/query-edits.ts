import type { Aggregation, Matcher, MetricQuery, SeriesFunction } from '#core/metric-query/query.ts';
import { PATH_LABEL } from '#core/metric-query/query.ts';
import { NAME_LABEL } from '#core/model/labels.ts';

const KEPT_LABELS = new Set(['host', 'service', 'instance', 'zone']);

/** The metric that a query names; '' when it names none or a path. */
export function metricOf(query: MetricQuery): string {
  return query.matchers.find(({ label, op }) => label === NAME_LABEL && op === '=')?.value ?? '';
}

/** The filters of a query beside its metric or path. */
export function filtersOf(query: MetricQuery): readonly Matcher[] {
  return query.matchers.filter(({ label }) => label !== NAME_LABEL && label !== PATH_LABEL);
}

/** A query for another metric. What says where to look (host, service, …) stays; a counter is shown as its rate. */
export function forMetric(query: MetricQuery | undefined, name: string, isCounter: boolean): MetricQuery {
  const kept = query === undefined ? [] : filtersOf(query).filter(({ label }) => KEPT_LABELS.has(label));
  return { matchers: [{ label: NAME_LABEL, op: '=', value: name }, ...kept], fn: isCounter ? 'rate' : 'raw' };
}

/** A query for a Graphite path or glob. */
export function forPath(path: string): MetricQuery {
  return { matchers: [{ label: PATH_LABEL, op: '=', value: path }], fn: 'raw' };
}

/** Adds an equality filter, or takes it away when it is there; another value of the same label is replaced. */
export function toggleFilter(query: MetricQuery, label: string, value: string): MetricQuery {
  const isSame = (matcher: Matcher): boolean =>
    matcher.label === label && matcher.op === '=' && matcher.value === value;
  if (query.matchers.some(isSame)) return { ...query, matchers: query.matchers.filter((matcher) => !isSame(matcher)) };
  const others = query.matchers.filter((matcher) => matcher.label !== label || matcher.op !== '=');
  return { ...query, matchers: [...others, { label, op: '=', value }] };
}

/** Takes a filter away, whatever its operator. */
export function withoutFilter(query: MetricQuery, filter: Matcher): MetricQuery {
  return { ...query, matchers: query.matchers.filter((matcher) => matcher !== filter) };
}

export function withFunction(query: MetricQuery, fn: SeriesFunction): MetricQuery {
  return { ...query, fn };
}

/** Sets the aggregation; undefined = every series by itself. */
export function withAggregation(query: MetricQuery, op: Aggregation | undefined): MetricQuery {
  const { aggregate, ...rest } = query;
  return op === undefined ? rest : { ...rest, aggregate: { op, by: aggregate?.by ?? [] } };
}

/** Adds a label to "by", or takes it away. Without an aggregation yet, series are summed. */
export function toggleBy(query: MetricQuery, label: string): MetricQuery {
  const { op, by } = query.aggregate ?? { op: 'sum' as const, by: [] };
  return { ...query, aggregate: { op, by: by.includes(label) ? by.filter((each) => each !== label) : [...by, label] } };
}
