import type { MetricListRequest, MetricSummary } from '#core/api/query.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { textLiteral } from './literal.ts';
import { kindOf, unitOfName } from './metric-name.ts';

export type MetricListOptions = MetricListRequest & { readonly signal?: AbortSignal };

/** The metrics of label series, by name; untagged Graphite series are in the path tree instead. */
export async function listMetrics(store: TelemetryStore, options: MetricListOptions): Promise<MetricSummary[]> {
  const where = ["position(path, '.') = 0"];
  if (options.prefix) where.push(`startsWith(metric, ${textLiteral(options.prefix)})`);
  if (options.search) where.push(`positionCaseInsensitiveUTF8(metric, ${textLiteral(options.search)}) > 0`);
  const rows = await store.rows<{ name: string; kind: number; unit: string; series: string }>(
    `SELECT metric AS name, max(type) AS kind, max(unit) AS unit, uniqExact(id) AS series FROM nocmate.series
     WHERE ${where.join(' AND ')} GROUP BY metric ORDER BY metric LIMIT ${options.limit}`,
    options.signal === undefined ? undefined : { signal: options.signal },
  );
  return rows.map((row) => {
    const kind = kindOf(row.kind, row.name);
    const unit = row.unit || unitOfName(row.name);
    return { name: row.name, unit, series: Number(row.series), ...(kind === undefined ? {} : { kind }) };
  });
}
