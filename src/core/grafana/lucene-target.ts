import { printFieldName } from '../log-query/quote.ts';
import { isObject, type JsonObject } from './json-reader.ts';
import type { LogTarget } from './log-target-result.ts';

const FUNCTIONS: Readonly<Record<string, string>> = {
  ...{ count: 'count', avg: 'avg', sum: 'sum', min: 'min', max: 'max', cardinality: 'dc' },
};
const LINES = new Set(['logs', 'raw_data', 'raw_document']);
const NAME = /^[\w.@$-]+$/;

/** A query of Grafana's Elasticsearch or OpenSearch source as one of ours, or why it has none. Lucene is ours, too. */
export function logsOfElastic(source: JsonObject): LogTarget {
  const query = typeof source['query'] === 'string' ? source['query'].trim() : '';
  const metrics = listOf(source['metrics']).filter(({ hide }) => hide !== true);
  const buckets = listOf(source['bucketAggs']);
  if (metrics.some(({ type }) => typeof type === 'string' && LINES.has(type))) return { text: query || '*', notes: [] };
  const functions = metrics.length === 0 ? ['count()'] : metrics.flatMap(functionsOf);
  const unknown = metrics.find((metric) => functionsOf(metric).length === 0);
  if (unknown !== undefined) return { reason: `the metric ${String(unknown['type'])} has no counterpart` };
  const terms = buckets.filter(({ type }) => type === 'terms');
  const fields = terms.map(({ field }) => nameOf(field)).filter((name) => name !== '');
  const odd = buckets.find(({ type }) => type !== 'terms' && type !== 'date_histogram');
  if (odd !== undefined) return { reason: `the grouping ${String(odd['type'])} has no counterpart` };
  const isTimed = buckets.some(({ type }) => type === 'date_histogram');
  const limit = sizeOf(terms[0]);
  const [by, ...others] = fields;
  if (!isTimed) {
    const grouped = by === undefined ? '' : ` by ${fields.map(printFieldName).join(', ')}`;
    const head = by === undefined || limit === undefined ? '' : ` | head ${limit}`;
    return { text: `${query} | stats ${functions.join(', ')}${grouped}${head}`.trim(), notes: [] };
  }
  const lines = limit === undefined || by === undefined ? '' : ` limit=${Math.min(100, limit)}`;
  const divided = by === undefined ? '' : ` by ${printFieldName(by)}`;
  const notes = others.length > 0 ? [`divided by ${by} only, not by ${others.join(', ')}`] : [];
  return { text: `${query} | timechart${lines} ${functions.join(', ')}${divided}`.trim(), notes };
}

function functionsOf({ type, field, settings }: JsonObject): string[] {
  if (type === 'count') return ['count()'];
  const name = nameOf(field);
  if (name === '') return [];
  if (type === 'percentiles') {
    const percents = isObject(settings) ? settings['percents'] : undefined;
    const asked = Array.isArray(percents) ? percents.map(Number).filter((share) => share >= 0 && share <= 100) : [];
    return (asked.length === 0 ? [50, 95, 99] : asked).map((share) => `p${share}(${name})`);
  }
  const fn = typeof type === 'string' && Object.hasOwn(FUNCTIONS, type) ? FUNCTIONS[type] : undefined;
  return fn === undefined ? [] : [`${fn}(${name})`];
}

/** Fields of exact texts have a suffix there. */
function nameOf(field: unknown): string {
  return typeof field === 'string' && NAME.test(field) ? field.replace(/\.keyword$/, '') : '';
}

function sizeOf(bucket: JsonObject | undefined): number | undefined {
  const settings = isObject(bucket?.['settings']) ? bucket['settings'] : {};
  const size = Number(settings['size']);
  return Number.isInteger(size) && size > 0 ? size : undefined;
}

const listOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
