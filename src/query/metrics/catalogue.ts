import { AppError } from '#core/errors.ts';
import type { Matcher } from '#core/metric-query/query.ts';
import { type Labels, NAME_LABEL } from '#core/model/labels.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { findPaths } from './find-paths.ts';
import { textLiteral } from './literal.ts';
import { seenCondition, seriesCondition } from './matcher-condition.ts';
import type { RefCache } from './ref-cache.ts';
import type { CatalogueSeries, Selection } from './selection.ts';
import type { SelectOptions, SeriesCatalogue } from './series-source.ts';

type Row = { family: number; id: string; labels: Record<string, string>; path: string; unit: string; type: number };

/** The catalogue with the parts that only ranges need. */
export type Catalogue = SeriesCatalogue & {
  /** As `select`, but cuts at the limit instead of throwing. */
  readonly selectSome: (matchers: readonly Matcher[], options: SelectOptions) => Promise<Selection>;
};

/** Discovery over `nocmate.series` and the tables derived from it; answers of `select` are kept for some seconds. */
export function createCatalogue(store: TelemetryStore, cache: RefCache): Catalogue {
  const selectSome = (matchers: readonly Matcher[], options: SelectOptions): Promise<Selection> =>
    cache.get(matchers, options, () => readSeries(store, matchers, options));
  return {
    selectSome,
    select: async (matchers, options) => {
      const found = await selectSome(matchers, options);
      if (found.truncated) throw tooMany(options.limit);
      return found.series;
    },
    findPaths: (glob, options) => findPaths(store, glob, options),
    labelNames: (matchers, options) => labelNames(store, matchers, options),
    labelValues: (label, matchers, options) => labelValues(store, label, matchers, options),
  };
}

const tooMany = (limit: number): AppError =>
  new AppError('limit_series', `the selection has more than ${limit} series: narrow it by a label or a longer path`, {
    details: { limit },
  });

const withSignal = (options: SelectOptions): { signal: AbortSignal } | undefined =>
  options.signal === undefined ? undefined : { signal: options.signal };

async function readSeries(
  store: TelemetryStore,
  matchers: readonly Matcher[],
  options: SelectOptions,
): Promise<Selection> {
  const rows = await store.rows<Row>(
    `SELECT family, id, labels, path, unit, type FROM nocmate.series WHERE ${seriesCondition(matchers, options.range)}
     ORDER BY family, id LIMIT 1 BY family, id LIMIT ${options.limit + 1}`,
    withSignal(options),
  );
  return { series: rows.slice(0, options.limit).map(toSeries), truncated: rows.length > options.limit };
}

const toSeries = ({ family, id, labels, path, unit, type }: Row): CatalogueSeries => ({
  family,
  id: BigInt(id),
  labels: labelsOf(labels, path),
  unit,
  type,
});

/** The labels of a row: an untagged Graphite series is named by its whole path. */
const labelsOf = (labels: Record<string, string>, path: string): Labels =>
  path === '' ? labels : { ...labels, [NAME_LABEL]: path };

async function labelNames(
  store: TelemetryStore,
  matchers: readonly Matcher[],
  options: SelectOptions,
): Promise<readonly string[]> {
  const seen = options.range === undefined ? '1' : seenCondition(options.range);
  const from =
    matchers.length === 0
      ? `SELECT key AS name FROM nocmate.label_values WHERE ${seen}`
      : `SELECT arrayJoin(mapKeys(labels)) AS name FROM nocmate.series WHERE ${seriesCondition(matchers, options.range)}`;
  return names(store, `SELECT name FROM (${from}) GROUP BY name ORDER BY name LIMIT ${options.limit}`, options);
}

async function labelValues(
  store: TelemetryStore,
  label: string,
  matchers: readonly Matcher[],
  options: SelectOptions & { readonly prefix?: string },
): Promise<readonly string[]> {
  const key = textLiteral(label);
  const seen = options.range === undefined ? '1' : seenCondition(options.range);
  const from =
    matchers.length === 0
      ? `SELECT value AS name FROM nocmate.label_values WHERE key = ${key} AND ${seen}`
      : `SELECT labels[${key}] AS name FROM nocmate.series WHERE ${seriesCondition(matchers, options.range)}`;
  const prefix = options.prefix ? ` AND startsWith(name, ${textLiteral(options.prefix)})` : '';
  const where = `WHERE name != ''${prefix}`;
  return names(
    store,
    `SELECT name FROM (${from}) ${where} GROUP BY name ORDER BY name LIMIT ${options.limit}`,
    options,
  );
}

async function names(store: TelemetryStore, sql: string, options: SelectOptions): Promise<string[]> {
  const rows = await store.rows<{ name: string }>(sql, withSignal(options));
  return rows.map((row) => row.name);
}
