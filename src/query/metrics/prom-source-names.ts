import type { Matcher } from '#core/metric-query/query.ts';
import { NAME_LABEL } from '#core/model/labels.ts';
import type { Interval } from '#query/promql/source.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import type { Catalogue } from './catalogue.ts';
import { NAME_COLUMN, seenCondition, seriesCondition } from './matcher-condition.ts';

type Selectors = readonly (readonly Matcher[])[];
type NameOptions = { readonly signal: AbortSignal; readonly limit: number };
type Parts = { readonly store: TelemetryStore; readonly catalogue: Catalogue };

/** Label names of the series that any selector matches, of all series when there is none; sorted. */
export async function labelNames(
  { catalogue }: Parts,
  selectors: Selectors,
  interval: Interval,
  options: NameOptions,
): Promise<string[]> {
  const lists = selectors.length === 0 ? [[]] : selectors;
  const found = await Promise.all(
    lists.map((matchers) => catalogue.labelNames(matchers, { ...options, range: interval })),
  );
  const names = new Set(found.flat());
  if (found.some((list) => list.length > 0) || selectors.length > 0) names.add(NAME_LABEL);
  return [...names].toSorted().slice(0, options.limit);
}

/** Values of a label, sorted. The name of a dotted path is the whole path. */
export async function labelValues(
  parts: Parts,
  label: string,
  { selectors, interval }: { readonly selectors: Selectors; readonly interval: Interval },
  options: NameOptions,
): Promise<string[]> {
  const lists = selectors.length === 0 ? [[]] : selectors;
  const found = await Promise.all(
    lists.map((matchers) =>
      label === NAME_LABEL
        ? metricNames(parts.store, matchers, interval, options)
        : parts.catalogue.labelValues(label, matchers, { ...options, range: interval }),
    ),
  );
  return [...new Set(found.flat())].toSorted().slice(0, options.limit);
}

async function metricNames(
  store: TelemetryStore,
  matchers: readonly Matcher[],
  interval: Interval,
  { signal, limit }: NameOptions,
): Promise<string[]> {
  const seen = seenCondition(interval);
  const from =
    matchers.length === 0
      ? `SELECT value AS name FROM nocmate.label_values WHERE key = '${NAME_LABEL}' AND ${seen}` +
        ` UNION ALL SELECT path AS name FROM nocmate.paths WHERE level < 100 AND ${seen}`
      : `SELECT ${NAME_COLUMN} AS name FROM nocmate.series WHERE ${seriesCondition(matchers, interval)}`;
  const sql = `SELECT name FROM (${from}) WHERE name != '' GROUP BY name ORDER BY name LIMIT ${limit}`;
  const rows = await store.rows<{ name: string }>(sql, { signal });
  return rows.map(({ name }) => name);
}
