import type { FunctionDef } from '#query/graphite/function-def.ts';
import { formatFloat, formatG } from '#query/graphite/number-format.ts';
import { percentile } from '#query/graphite/percentile.ts';
import { queryError } from '#query/graphite/query-error.ts';
import { filled, mapValues, renamed, withTag } from '#query/graphite/series.ts';
import { N_FLOAT, SERIES } from './standard-params.ts';

function removing(
  name: string,
  docs: string,
  isRemoved: (value: number, bound: number) => boolean,
  isPercentile = false,
): FunctionDef {
  return {
    name,
    group: 'Filter Data',
    docs,
    params: [SERIES, N_FLOAT],
    perSeries: true,
    run: (args) => {
      const n = args.number('n');
      return args.series('seriesList').map((series) => {
        const bound = isPercentile ? percentile(series.values, n) : n;
        const values = mapValues(series.values, (value) => (isRemoved(value, bound) ? Number.NaN : value));
        const tags = isPercentile ? withTag(series, 'nPercentile', formatFloat(n)) : series.tags;
        return renamed(series, `${name}(${series.name}, ${formatG(n)})`, { values, tags });
      });
    },
  };
}

const isAbove = (value: number, bound: number): boolean => value > bound;
const isBelow = (value: number, bound: number): boolean => value < bound;

const nPercentile: FunctionDef = {
  name: 'nPercentile',
  group: 'Calculate',
  docs: 'A flat line at the n-th percentile of each series.',
  params: [SERIES, N_FLOAT],
  perSeries: true,
  run: (args) => {
    const n = args.number('n');
    if (n <= 0) throw queryError('The requested percent is required to be greater than 0');
    return args.series('seriesList').flatMap((series) => {
      const value = percentile(series.values, n);
      if (Number.isNaN(value)) return [];
      const count = Math.floor((series.end - series.start) / series.step);
      const tags = withTag(series, 'nPercentile', formatFloat(n));
      return [renamed(series, `nPercentile(${series.name}, ${formatG(n)})`, { values: filled(count, value), tags })];
    });
  },
};

/** Functions that cut values off, and the percentile that they use. */
export const thresholdFilterFunctions: readonly FunctionDef[] = [
  removing('removeAboveValue', 'Points above n become None.', isAbove),
  removing('removeBelowValue', 'Points below n become None.', isBelow),
  removing('removeAbovePercentile', 'Points above the n-th percentile of their series become None.', isAbove, true),
  removing('removeBelowPercentile', 'Points below the n-th percentile of their series become None.', isBelow, true),
  nPercentile,
];
