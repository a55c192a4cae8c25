import type { RangeHeader } from '#core/api/query.ts';
import type { Frame } from '#core/frame.ts';
import type { Labels } from '#core/model/labels.ts';
import { type ChartData, type ChartSource, type ChartStatus, EMPTY_DATA } from './chart-data.ts';
import { type ChartQuery, nameSeries } from './chart-query.ts';
import { greatest } from './live-columns.ts';

export type RangeAnswer = Frame<RangeHeader>;

type Shape = { readonly from: number; readonly to: number; readonly limit: number; readonly unit: string };

/** A chart's data from answers of `POST /api/query/range`, one a query, all of one grid. */
export function rangeSource(
  queries: readonly ChartQuery[],
  answers: readonly RangeAnswer[],
  shape: Shape,
): ChartSource {
  const data = chartData(queries, answers, shape);
  const status = chartStatus(answers, data, shape);
  let last = Number.NEGATIVE_INFINITY;
  for (const column of data.values) {
    for (let i = column.length - 1; i >= 0; i--) {
      if (Number.isNaN(column[i] as number)) continue;
      last = Math.max(last, data.t[i] as number);
      break;
    }
  }
  return { read: () => data, status: () => status, listen: () => () => undefined, lastSampleAt: () => last };
}

/** A source that has only something to say: loading, failed. */
export function silentSource(status: Partial<ChartStatus> & Pick<ChartStatus, 'kind'>): ChartSource {
  const whole: ChartStatus = { total: 0, truncated: false, series: [], unit: '', step: 0, ...status };
  return {
    read: () => EMPTY_DATA,
    status: () => whole,
    listen: () => () => undefined,
    lastSampleAt: () => Number.NEGATIVE_INFINITY,
  };
}

type Line = {
  readonly labels: Labels;
  readonly avg: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
};

/** Answers of different resolution are put on the finest grid of them: a value stands at the start of its step. */
function chartData(queries: readonly ChartQuery[], answers: readonly RangeAnswer[], shape: Shape): ChartData {
  const headers = answers.map(({ header }) => header);
  const step = Math.min(...headers.map((header) => header.step));
  const start = Math.min(...headers.map((header) => header.start));
  const end = Math.max(...headers.map((header) => header.start + header.points * header.step));
  const points = Math.max(0, Math.round((end - start) / step));
  const lines = answers.map((answer) => kept(linesOf(answer), shape.limit));
  const place = (column: Float64Array, header: RangeHeader): Float64Array =>
    header.step === step && header.start === start && header.points === points
      ? column
      : regrid(column, header, { start, step, points });
  const columns = (pick: (line: Line) => Float64Array): Float64Array[] =>
    lines.flatMap((own, query) => own.map((line) => place(pick(line), headers[query] as RangeHeader)));
  const banded = headers.some(({ band }) => band);
  return {
    series: nameSeries(
      queries,
      lines.map((own) => own.map(({ labels }) => labels)),
    ),
    t: Float64Array.from({ length: points }, (_, index) => start + index * step),
    values: columns(({ avg }) => avg),
    ...(banded ? { min: columns(({ min }) => min), max: columns(({ max }) => max) } : {}),
    from: shape.from,
    to: shape.to,
    step: Math.max(...headers.map((header) => header.step)),
  };
}

function linesOf({ header, columns }: RangeAnswer): Line[] {
  const width = header.band ? 3 : 1;
  return header.series.map(({ labels }, index) => {
    const avg = columns[index * width] as Float64Array;
    const min = header.band ? (columns[index * width + 1] as Float64Array) : avg;
    const max = header.band ? (columns[index * width + 2] as Float64Array) : avg;
    return { labels, avg, min, max };
  });
}

function kept(lines: readonly Line[], limit: number): readonly Line[] {
  if (lines.length <= limit) return lines;
  const indexes = greatest(
    lines.map(({ avg }) => avg),
    limit,
  );
  return indexes.map((index) => lines[index] as Line);
}

function regrid(
  column: Float64Array,
  from: { readonly start: number; readonly step: number },
  to: { readonly start: number; readonly step: number; readonly points: number },
): Float64Array {
  const out = new Float64Array(to.points).fill(Number.NaN);
  for (let i = 0; i < to.points; i++) {
    const at = Math.floor((to.start + i * to.step - from.start) / from.step);
    if (at >= 0 && at < column.length) out[i] = column[at] as number;
  }
  return out;
}

function chartStatus(answers: readonly RangeAnswer[], data: ChartData, shape: Shape): ChartStatus {
  const headers = answers.map(({ header }) => header);
  const coarsest = headers.reduce<RangeHeader | undefined>(
    (most, header) => (most === undefined || header.step > most.step ? header : most),
    undefined,
  );
  return {
    kind: 'ready',
    total: headers.reduce((sum, { series }) => sum + series.length, 0),
    truncated: headers.some(({ truncated }) => truncated),
    series: data.series,
    unit: shape.unit || (headers[0]?.unit ?? ''),
    ...(coarsest === undefined ? {} : { resolution: coarsest.resolution }),
    step: data.step,
    stats: {
      seriesMatched: headers.reduce((sum, { stats }) => sum + stats.seriesMatched, 0),
      samplesRead: headers.reduce((sum, { stats }) => sum + stats.samplesRead, 0),
      ms: Math.max(0, ...headers.map(({ stats }) => stats.ms)),
    },
  };
}
