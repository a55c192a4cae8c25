import { AppError } from '#core/errors.ts';
import type { LogMetricPreviewHeader, LogMetricPreviewRequest } from '#core/log-metrics/log-metrics-api.ts';
import { labelsOfKey } from '#core/model/labels.ts';
import type { LogRange, LogSearch } from '#query/logs/index.ts';
import { evaluate, type Samples } from './evaluate.ts';
import { LabelSets } from './label-sets.ts';

export type Preview = { readonly header: LogMetricPreviewHeader; readonly columns: readonly Float64Array[] };

const MAX_SHOWN = 50;
const MAX_WINDOWS = 1_500;
const MAX_ROWS = 200_000;

/** What a rule would have written; of a long time its end. Throws `bad_query`, `bad_request`, `limit_*`. */
export async function preview(
  logs: Pick<LogSearch, 'windows'>,
  { rule, from, to }: LogMetricPreviewRequest,
  { now, signal }: { readonly now: number; readonly signal: AbortSignal },
): Promise<Preview> {
  const { stepMs, limit } = rule;
  const end = Math.floor(Math.min(to, now) / stepMs) * stepMs;
  const most = Math.max(1, Math.min(MAX_WINDOWS, Math.floor(MAX_ROWS / limit)));
  const begin = Math.max(Math.ceil(from / stepMs) * stepMs, end - most * stepMs);
  if (begin >= end) throw new AppError('bad_request', 'no whole window lies in this time: take a longer one');
  const ask = (range: LogRange, sets = new LabelSets(rule)) => evaluate({ logs, rules: [rule], range, sets, signal });
  const sets = new LabelSets(rule);
  const found = await ask({ from: begin, to: end }, sets);
  const newest = await ask({ from: end - stepMs, to: end });
  const shown = largest(found.samples);
  const points = (end - begin) / stepMs;
  const columns = shown.map(([, series]) => columnOf(series, { start: begin + stepMs, stepMs, points }));
  const header: LogMetricPreviewHeader = {
    ...{ type: 'range', start: begin + stepMs, step: stepMs, points, resolution: 'raw', band: false },
    series: shown.map(([key], i) => ({ sid: String(i), labels: labelsOfKey(key) })),
    ...{ truncated: shown.length < found.samples.size, unit: rule.unit },
    stats: { seriesMatched: found.samples.size, samplesRead: found.rowsRead, ms: found.ms },
    preview: {
      ...{ lines: found.lines, series: found.samples.size, labelSets: sets.size, refused: found.refused },
      one: { ms: newest.ms, rowsRead: newest.rowsRead },
    },
  };
  return { header, columns };
}

function largest(samples: Samples): [string, Map<number, number>][] {
  const sized = [...samples].map((entry) => ({ entry, size: sumOf(entry[1]) }));
  return sized
    .sort((a, b) => b.size - a.size)
    .slice(0, MAX_SHOWN)
    .map(({ entry }) => entry);
}

const sumOf = (series: ReadonlyMap<number, number>): number =>
  [...series.values()].reduce((sum, value) => sum + Math.abs(value), 0);

function columnOf(
  series: ReadonlyMap<number, number>,
  { start, stepMs, points }: { readonly start: number; readonly stepMs: number; readonly points: number },
): Float64Array {
  return Float64Array.from({ length: points }, (_, i) => series.get(start + i * stepMs) ?? Number.NaN);
}
