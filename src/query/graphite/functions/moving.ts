import { average } from '#query/graphite/agg-func.ts';
import type { CallContext, FunctionDef } from '#query/graphite/function-def.ts';
import { parseInterval } from '#query/graphite/interval.ts';
import type { Param } from '#query/graphite/params.ts';
import { mapSlowly } from '#query/graphite/pieces.ts';
import { queryError } from '#query/graphite/query-error.ts';
import { renamed, type Series, withTag } from '#query/graphite/series.ts';
import { roundHalfEven } from './round.ts';
import { slidingAggregate } from './sliding-window.ts';
import { SERIES, X_FILES_FACTOR } from './standard-params.ts';

const WINDOW: Param = {
  name: 'windowSize',
  type: 'intOrInterval',
  required: true,
  suggestions: [5, 7, 10, '1min', '5min', '10min', '30min', '1hour'],
};

type Window = { readonly text: string; readonly seconds: number; readonly pointsOf: (series: Series) => number };

/** A window in points or in time, and how many seconds before the request it needs. */
function windowOf(size: unknown, list: readonly Series[]): Window {
  if (typeof size === 'string') {
    const seconds = Math.abs(parseInterval(size));
    return { text: `"${size}"`, seconds, pointsOf: (series) => Math.floor(seconds / series.step) };
  }
  const points = Math.trunc(Number(size));
  if (points < 0) throw queryError(`The window of ${points} points must not be negative`);
  const step = list.reduce((most, series) => Math.max(most, series.step), 0);
  return { text: String(size), seconds: step * points, pointsOf: () => points };
}

/** The first argument again, over the request's range and the window before it. */
async function preview(context: CallContext, seconds: number): Promise<readonly Series[]> {
  const [node] = context.argNodes;
  if (node === undefined) return [];
  return context.evaluate(node, { from: context.from - seconds, until: context.until });
}

function movingSeries(series: Series, how: { window: Window; func: string; xFilesFactor: number }): Series {
  const { window, func, xFilesFactor } = how;
  const points = window.pointsOf(series);
  const values = slidingAggregate(series.values, { points, func, xFilesFactor });
  const tag = `moving${func.charAt(0).toUpperCase()}${func.slice(1).toLowerCase()}`;
  return renamed(series, `${tag}(${series.name},${window.text})`, {
    start: series.start + window.seconds,
    values,
    tags: withTag(series, tag, window.text.replaceAll('"', '')),
  });
}

function movingFunction(name: string, func: string | undefined, docs: string): FunctionDef {
  const funcParam: Param = { name: 'func', type: 'aggFunc', default: 'average' };
  return {
    name,
    group: 'Calculate',
    docs,
    params: [SERIES, WINDOW, ...(func === undefined ? [funcParam] : []), X_FILES_FACTOR],
    run: async (args, context) => {
      const list = args.series('seriesList');
      if (list.length === 0) return [];
      const window = windowOf(args.value('windowSize'), list);
      const before = await preview(context, window.seconds);
      const out: Series[] = [];
      for (const series of before) {
        await context.breathe();
        const xFilesFactor = args.optionalNumber('xFilesFactor') ?? series.xFilesFactor;
        out.push(movingSeries(series, { window, func: func ?? args.text('func'), xFilesFactor }));
      }
      return out;
    },
  };
}

const exponentialMovingAverage: FunctionDef = {
  name: 'exponentialMovingAverage',
  group: 'Calculate',
  docs: 'The exponentially weighted mean; it starts from the mean of the window before the request.',
  params: [SERIES, WINDOW],
  run: async (args, context) => {
    const list = args.series('seriesList');
    if (list.length === 0) return [];
    const size = args.value('windowSize');
    const window = windowOf(size, list);
    const constant = 2 / ((typeof size === 'string' ? window.seconds : Number(size)) + 1);
    const before = await preview(context, window.seconds);
    return mapSlowly(before, context, (series) => {
      const name = `exponentialMovingAverage(${series.name},${window.text})`;
      return renamed(series, name, {
        start: series.start + window.seconds,
        values: exponential(series.values, window.pointsOf(series), constant),
        tags: withTag(series, 'exponentialMovingAverage', window.text.replaceAll('"', '')),
      });
    });
  },
};

function exponential(values: Float64Array, points: number, constant: number): Float64Array {
  let mean = average(values.subarray(0, points)) || 0;
  const out = new Float64Array(Math.max(0, values.length - points) + 1);
  out[0] = roundHalfEven(mean, 6);
  for (let i = points; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isNaN(value)) mean = constant * value + (1 - constant) * mean;
    out[i - points + 1] = Number.isNaN(value) ? Number.NaN : roundHalfEven(mean, 6);
  }
  return out;
}

const stdev: FunctionDef = {
  name: 'stdev',
  group: 'Calculate',
  docs: 'The standard deviation over the last points.',
  params: [
    SERIES,
    { name: 'points', type: 'integer', required: true },
    { name: 'windowTolerance', type: 'float', default: 0.1 },
  ],
  perSeries: true,
  run: (args) => {
    const points = args.number('points');
    return args.series('seriesList').map((series) => {
      const values = deviations(series.values, points, args.number('windowTolerance'));
      return renamed(series, `stdev(${series.name},${points})`, { values, tags: withTag(series, 'stdev', points) });
    });
  },
};

function deviations(values: Float64Array, points: number, tolerance: number): Float64Array {
  const out = new Float64Array(values.length).fill(Number.NaN);
  let count = 0;
  let total = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const dropped = values[i - points] ?? Number.NaN;
    if (!Number.isNaN(dropped)) {
      count--;
      total -= dropped;
      squares -= dropped * dropped;
    }
    if (!Number.isNaN(value)) {
      count++;
      total += value;
      squares += value * value;
    }
    if (count > 0 && count / points >= tolerance) out[i] = Math.sqrt(count * squares - total * total) / count;
  }
  return out;
}

/** Functions over a window that moves along the series. */
export const movingFunctions: readonly FunctionDef[] = [
  movingFunction('movingAverage', 'average', 'The mean over the last points or time.'),
  movingFunction('movingMedian', 'median', 'The median over the last points or time.'),
  movingFunction('movingSum', 'sum', 'The sum over the last points or time.'),
  movingFunction('movingMin', 'min', 'The smallest of the last points or time.'),
  movingFunction('movingMax', 'max', 'The largest of the last points or time.'),
  movingFunction('movingWindow', undefined, 'Any aggregation over the last points or time.'),
  exponentialMovingAverage,
  stdev,
];
