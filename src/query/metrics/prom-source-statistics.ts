import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';

/** A name and how many there are of it. */
export type NamedCount = { readonly name: string; readonly value: number };

/** Where the series of the catalogue come from: what `/api/v1/status/tsdb` of Prometheus tells. Times in ms. */
export type TsdbStatistics = {
  readonly labelPairs: number;
  readonly minTime: number;
  readonly maxTime: number;
  readonly seriesByMetric: readonly NamedCount[];
  readonly valuesByLabel: readonly NamedCount[];
  readonly bytesByLabel: readonly NamedCount[];
  readonly seriesByPair: readonly NamedCount[];
};

const number = (expression: string): string => `toFloat64(${expression}) AS value`;

/** Reads them; each list has the `limit` largest. */
export async function readStatistics(store: TelemetryStore, limit: number): Promise<TsdbStatistics> {
  const top = (sql: string): Promise<NamedCount[]> =>
    store.rows<NamedCount>(`${sql} GROUP BY name ORDER BY value DESC, name LIMIT ${limit}`);
  const [pairs, times, seriesByMetric, valuesByLabel, bytesByLabel, seriesByPair] = await Promise.all([
    store.rows<{ value: number }>(`SELECT ${number('uniq(key, value)')} FROM nocmate.label_values`),
    store.rows<{ low: number; high: number }>(
      'SELECT toFloat64(toUnixTimestamp64Milli(min(t))) AS low, toFloat64(toUnixTimestamp64Milli(max(t))) AS high FROM nocmate.samples',
    ),
    top(`SELECT metric AS name, ${number('uniq(id)')} FROM nocmate.series`),
    top(`SELECT key AS name, ${number('uniq(label_values.value)')} FROM nocmate.label_values`),
    top(`SELECT key AS name, ${number('sum(length(label_values.value))')} FROM nocmate.label_values`),
    top(`SELECT concat(k, '=', x) AS name, ${number('uniq(id)')} FROM nocmate.series
 ARRAY JOIN mapKeys(labels) AS k, mapValues(labels) AS x`),
  ]);
  return {
    labelPairs: pairs[0]?.value ?? 0,
    minTime: times[0]?.low ?? 0,
    maxTime: times[0]?.high ?? 0,
    ...{ seriesByMetric, valuesByLabel, bytesByLabel, seriesByPair },
  };
}
