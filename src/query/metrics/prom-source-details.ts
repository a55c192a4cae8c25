import type { Exemplar } from '#core/model/exemplar.ts';
import type { Labels } from '#core/model/labels.ts';
import { METRIC_TYPES, type MetricMetadata } from '#core/model/metric-metadata.ts';
import type { Interval } from '#query/promql/source.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { chunks } from './chunks.ts';
import { pairsLiteral, textLiteral } from './literal.ts';
import { rawTime } from './read-samples.ts';
import type { SeriesRef } from './series-source.ts';

const SERIES_PER_STATEMENT = 2_000;
const MAX_EXEMPLARS = 100_000;

type MetadataRow = { readonly metric: string; readonly type: string; readonly unit: string; readonly help: string };

/** What senders said last of a metric, or of all metrics. */
export async function readMetadata(
  store: TelemetryStore,
  metric: string | undefined,
  limit: number,
): Promise<MetricMetadata[]> {
  const where = metric === undefined ? '' : ` WHERE metric = ${textLiteral(metric)}`;
  const rows = await store.rows<MetadataRow>(
    `SELECT metric, type, unit, help FROM nocmate.metric_metadata FINAL${where} ORDER BY metric LIMIT ${limit}`,
  );
  return rows.map(({ type, ...row }) => ({ ...row, type: METRIC_TYPES.find((known) => known === type) ?? 'unknown' }));
}

export type SeriesExemplars = { readonly labels: Labels; readonly exemplars: readonly Exemplar[] };
type ExemplarRow = { readonly id: string; readonly ms: number; readonly value: string; readonly labels: Labels };

/** Exemplars of the series in the interval, in time order; at most the first 100,000. */
export async function readExemplars(
  store: TelemetryStore,
  refs: readonly SeriesRef[],
  { from, to }: Interval,
  signal: AbortSignal,
): Promise<SeriesExemplars[]> {
  const byId = new Map<string, ExemplarRow[]>();
  let left = MAX_EXEMPLARS;
  for (const list of chunks(refs, SERIES_PER_STATEMENT)) {
    const rows = await store.rows<ExemplarRow>(
      `SELECT id, toFloat64(toUnixTimestamp64Milli(x.t)) AS ms, toString(v) AS value, labels FROM nocmate.exemplars AS x` +
        ` WHERE (family, id) IN (${pairsLiteral(list)}) AND x.t >= ${rawTime(from)} AND x.t <= ${rawTime(to)}` +
        ` ORDER BY family, id, x.t LIMIT 1 BY family, id, x.t, v, labels LIMIT ${left}`,
      { signal },
    );
    left -= rows.length;
    for (const row of rows) {
      const known = byId.get(row.id);
      if (known === undefined) byId.set(row.id, [row]);
      else known.push(row);
    }
    if (left <= 0) break;
  }
  return refs.flatMap(({ id, labels }) => {
    const rows = byId.get(id.toString());
    if (rows === undefined) return [];
    return [{ labels, exemplars: rows.map((row) => ({ t: row.ms, v: numberOf(row.value), labels: row.labels })) }];
  });
}

/** The engine writes `inf`, `-inf` and `nan`. */
function numberOf(text: string): number {
  if (text.endsWith('inf')) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(text);
}
