import type { FunctionDef } from '#query/graphite/function-def.ts';
import { parseInterval } from '#query/graphite/interval.ts';
import type { Param } from '#query/graphite/params.ts';
import { queryError } from '#query/graphite/query-error.ts';
import { mapValues, renamed, type Series, withTag } from '#query/graphite/series.ts';
import { differences, divided, runningTotals } from './arithmetic.ts';
import { rounded } from './round.ts';
import { SERIES } from './standard-params.ts';

const BOUNDS: readonly Param[] = [
  { name: 'maxValue', type: 'float' },
  { name: 'minValue', type: 'float' },
];

type Bounds = { readonly max: number | undefined; readonly min: number | undefined };

/** Differences of a counter: resets are None, or bridged when the counter's bounds are known. */
function counterDeltas(values: Float64Array, { max, min }: Bounds, out: Float64Array): Float64Array {
  let before = Number.NaN;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const isOutside = (max !== undefined && value > max) || (min !== undefined && value < min);
    if (!isOutside && value >= before) out[i] = value - before;
    else if (!isOutside && value < before) {
      out[i] = max === undefined ? value - (min ?? Number.NaN) : max + 1 + value - before - (min ?? 0);
    } else out[i] = Number.NaN;
    before = isOutside ? Number.NaN : value;
  }
  return out;
}

type Finish = (deltas: Float64Array, series: Series) => Float64Array;

function counterFunction(name: string, docs: string, finish: Finish): FunctionDef {
  return {
    name,
    group: 'Transform',
    docs,
    params: [SERIES, ...BOUNDS],
    perSeries: true,
    ownsValues: true,
    run: (args) => {
      const bounds = { max: args.optionalNumber('maxValue'), min: args.optionalNumber('minValue') };
      return args.series('seriesList').map((series) => {
        const values = finish(counterDeltas(series.values, bounds, args.room(series)), series);
        return renamed(series, `${name}(${series.name})`, { values, tags: withTag(series, name, 1) });
      });
    },
  };
}

const derivative: FunctionDef = {
  name: 'derivative',
  group: 'Transform',
  docs: 'The difference of each point to the one before.',
  params: [SERIES],
  perSeries: true,
  ownsValues: true,
  run: (args) =>
    args.series('seriesList').map((series) => {
      const values = differences(series.values, args.room(series));
      return renamed(series, `derivative(${series.name})`, { values, tags: withTag(series, 'derivative', 1) });
    }),
};

const integral: FunctionDef = {
  name: 'integral',
  group: 'Transform',
  docs: 'The running total of all points.',
  params: [SERIES],
  perSeries: true,
  ownsValues: true,
  run: (args) =>
    args.series('seriesList').map((series) => {
      const values = runningTotals(series.values, args.room(series));
      return renamed(series, `integral(${series.name})`, { values, tags: withTag(series, 'integral', 1) });
    }),
};

const integralByInterval: FunctionDef = {
  name: 'integralByInterval',
  group: 'Transform',
  docs: 'The running total of all points, from zero again at each interval.',
  params: [SERIES, { name: 'intervalUnit', type: 'interval', required: true }],
  perSeries: true,
  run: (args, context) => {
    const unit = args.text('intervalUnit');
    const interval = Math.abs(parseInterval(unit));
    if (interval === 0) throw queryError('integralByInterval needs an interval longer than 0');
    return args.series('seriesList').map((series) => {
      let total = 0;
      const bucket = (time: number): number => Math.floor((time - context.from) / interval);
      const values = mapValues(series.values, (value, i) => {
        const time = series.start + i * series.step;
        if (bucket(time) !== bucket(time - series.step)) total = 0;
        if (!Number.isNaN(value)) total += value;
        return total;
      });
      const tags = withTag(series, 'integralByInterval', unit);
      return renamed(series, `integralByInterval(${series.name},'${unit}')`, { values, tags });
    });
  },
};

/** Functions in which a point depends on those before it. */
export const runningFunctions: readonly FunctionDef[] = [
  derivative,
  integral,
  integralByInterval,
  counterFunction(
    'nonNegativeDerivative',
    'The difference of each point of a counter to the one before.',
    (deltas) => deltas,
  ),
  counterFunction('perSecond', 'The rate of a counter per second.', (deltas, { step }) =>
    rounded(divided(deltas, step, deltas), 6, deltas),
  ),
];
