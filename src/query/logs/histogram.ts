import type { LogHistogramAnswer, LogHistogramRequest } from '#core/api/logs.ts';
import type { LogFilter } from '#core/log-query/query.ts';
import { textLiteral } from '#query/metrics/literal.ts';
import { askLogs, LOG_LIMITS } from './ask.ts';
import { recordFields } from './field-sql.ts';
import { countsByMinute, type TimeGrid } from './minute-counts.ts';
import { isPartial, type LogScope, whereOf } from './scope.ts';
import { niceStep } from './step.ts';

type Request = Pick<LogHistogramRequest, 'from' | 'to' | 'buckets' | 'by' | 'limit'>;
type Cell = { readonly bucket: number; readonly value: string; readonly count: number };

/** Groups by the same text as the listing of values does. */
const OTHER = 'other';

/** Counts over time, apart by the values of a field. */
export async function countOverTime(
  scope: LogScope,
  request: Request & { readonly filter: LogFilter },
): Promise<LogHistogramAnswer> {
  const started = performance.now();
  const step = niceStep((request.to - request.from) / request.buckets);
  const start = Math.floor(request.from / step) * step;
  const points = Math.max(1, Math.ceil((request.to - start) / step));
  const { rows, rowsRead } = await askLogs(scope.store, statement(scope, request, { step, start }), {
    signal: scope.signal,
    settings: { timeout_overflow_mode: 'break' },
  });
  const cells = rows.map(
    ([bucket, value, count]): Cell => ({
      bucket: Number(bucket),
      value: String(value),
      count: Number(count),
    }),
  );
  const ms = performance.now() - started;
  return {
    ...{ start, step, series: seriesOf(cells, points, request.limit) },
    total: cells.reduce((sum, { count }) => sum + count, 0),
    stats: { rowsRead, ms: Math.round(ms), partial: isPartial(ms, LOG_LIMITS.seconds) },
  };
}

function statement(scope: LogScope, request: Request & { readonly filter: LogFilter }, grid: TimeGrid): string {
  const fields = recordFields(scope.index);
  const value = fields.text(request.by);
  const where = whereOf(request.filter, scope, request);
  const bucket = `intDiv(toUnixTimestamp64Milli(ts) - ${grid.start}, ${grid.step})`;
  const kind = fields.kind(request.by);
  const counted = kind === 'severity' || kind === 'service' ? kind : undefined;
  const counts = counted && countsByMinute(scope, { ...request, column: counted }, grid);
  if (kind === 'severity') {
    // Numbers are grouped, and named afterwards.
    const named = value.replace('severity', 's');
    const some = `SELECT ${bucket} AS b, severity AS s, count() AS n FROM nocmate.logs WHERE ${where} GROUP BY b, s`;
    return `SELECT b, ${named} AS v, sum(n) FROM (${counts ?? some}) GROUP BY b, v`;
  }
  const other = textLiteral(OTHER);
  if (counts !== undefined) {
    const top = `SELECT s FROM (${counts}) GROUP BY s ORDER BY sum(n) DESC, s LIMIT ${request.limit}`;
    return `SELECT b, if(s IN (${top}), s, ${other}) AS v, sum(n) FROM (${counts}) GROUP BY b, v`;
  }
  const top = `SELECT ${value} AS v FROM nocmate.logs WHERE ${where} GROUP BY v ORDER BY count() DESC, v LIMIT ${request.limit}`;
  return `SELECT ${bucket} AS b, if(${value} IN (${top}), ${value}, ${other}) AS v, count() FROM nocmate.logs WHERE ${where} GROUP BY b, v`;
}

function seriesOf(cells: readonly Cell[], points: number, limit: number): LogHistogramAnswer['series'] {
  const totals = new Map<string, number>();
  for (const { value, count } of cells) totals.set(value, (totals.get(value) ?? 0) + count);
  const order = [...totals].toSorted(([a, x], [b, y]) => Number(a === OTHER) - Number(b === OTHER) || y - x);
  return order.slice(0, limit + 1).map(([value, total]) => {
    const counts = Array.from({ length: points }, () => 0);
    for (const cell of cells) if (cell.value === value && cell.bucket in counts) counts[cell.bucket] = cell.count;
    return { value, total, counts };
  });
}
