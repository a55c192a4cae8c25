import { AppError } from '#core/errors.ts';
import { type Matcher, PATH_LABEL } from '#core/metric-query/query.ts';
import { type Labels, NAME_LABEL } from '#core/model/labels.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { findPaths } from './find-paths.ts';
import { textLiteral } from './literal.ts';
import { seenCondition, seriesCondition } from './matcher-condition.ts';
import { globSource } from './path-condition.ts';
import type { RefCache } from './ref-cache.ts';
import type { CatalogueSeries, Selection } from './selection.ts';
import type { SelectOptions, SeriesCatalogue } from './series-source.ts';

type Row = { family: number; id: string; labels?: Labels; path: string; unit: string; type: number };

/** The catalogue with the parts that only ranges need. */
export type Catalogue = SeriesCatalogue & {
  /** As `select`, but cuts at the limit instead of throwing, and may be some seconds old. */
  readonly selectSome: (matchers: readonly Matcher[], options: SelectOptions) => Promise<Selection>;
  /** As `selectSome`, but never old. */
  readonly read: (matchers: readonly Matcher[], options: SelectOptions) => Promise<Selection>;
};

/** Discovery over `nocmate.series` and the tables derived from it; answers of `selectSome` are kept for some seconds. */
export function createCatalogue(store: TelemetryStore, cache: RefCache): Catalogue {
  const selectSome = (matchers: readonly Matcher[], options: SelectOptions): Promise<Selection> =>
    cache.get(matchers, options, () => readSeries(store, matchers, options));
  return {
    selectSome,
    read: (matchers, options) => readSeries(store, matchers, options),
    select: async (matchers, options) => whole(await readSeries(store, matchers, options), options.limit),
    findPaths: (glob, options) => findPaths(store, glob, options),
    labelNames: (matchers, options) => labelNames(store, matchers, options),
    labelValues: (label, matchers, options) => labelValues(store, label, matchers, options),
  };
}

/** The series of a selection; throws `limit_series` when it was cut. */
export function whole({ series, truncated }: Selection, limit: number): readonly CatalogueSeries[] {
  if (!truncated) return series;
  throw new AppError('limit_series', `the selection has more than ${limit} series: narrow it by a label or a path`, {
    details: { limit },
  });
}

const withSignal = (options: SelectOptions): { signal: AbortSignal } | undefined =>
  options.signal === undefined ? undefined : { signal: options.signal };

async function readSeries(
  store: TelemetryStore,
  matchers: readonly Matcher[],
  options: SelectOptions,
): Promise<Selection> {
  const { limit } = options;
  const from = pathsOnly(matchers, options) ?? seriesRows(matchers, options);
  const sql = `${from} ORDER BY family, id LIMIT 1 BY family, id LIMIT ${limit + 1}`;
  const rows = await store.rows<Row>(sql, withSignal(options));
  return { series: rows.slice(0, limit).map(toSeries), truncated: rows.length > limit };
}

/** Who asks by path is answered by path; labels, most of what a catalogue row holds, are left out. */
function seriesRows(matchers: readonly Matcher[], { range }: SelectOptions): string {
  const columns = matchers.some(({ label }) => label === PATH_LABEL) ? '' : 'labels, ';
  return `SELECT family, id, ${columns}path, unit, type FROM nocmate.series WHERE ${seriesCondition(matchers, range)}`;
}

/** The table of paths knows all that a lone glob asks for. */
function pathsOnly([first, ...others]: readonly Matcher[], { range }: SelectOptions): string | undefined {
  if (first?.label !== PATH_LABEL || first.op !== '=' || others.length > 0) return undefined;
  const source = globSource(first.value);
  if (source === undefined) return undefined;
  const seen = range === undefined ? '' : ` AND ${seenCondition(range)}`;
  return `SELECT family, id, ${source.path} AS path, '' AS unit, 0 AS type FROM ${source.from}${seen}`;
}

const toSeries = ({ family, id, labels, path, unit, type }: Row): CatalogueSeries => ({
  family,
  id: BigInt(id),
  labels: labelsOf(labels ?? {}, path),
  unit,
  type,
});

/** A row with labels has these labels, and its path is an alias; one without is named by its whole path (docs/adr/012). */
function labelsOf(labels: Labels, path: string): Labels {
  return path === '' || Object.keys(labels).length > 0 ? labels : { [NAME_LABEL]: path };
}

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
