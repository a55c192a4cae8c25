import { last } from '#query/graphite/agg-func.ts';
import type { CallContext, FunctionDef } from '#query/graphite/function-def.ts';
import { mapSlowly } from '#query/graphite/pieces.ts';
import { renamed, type Series } from '#query/graphite/series.ts';
import { SERIES } from './standard-params.ts';
import { bucketValues } from './summarize.ts';

/** The period of a series with a known point every few steps: guessed from the first two, confirmed by the third. */
function period(values: Float64Array): { readonly first: number; readonly steps: number } | undefined {
  const isKnown = (i: number): boolean => !Number.isNaN(values[i] ?? Number.NaN);
  const first = values.findIndex((value) => !Number.isNaN(value));
  const second = values.findIndex((value, i) => i > first && !Number.isNaN(value));
  const steps = second - first;
  const third = second + steps;
  if (first < 0 || steps <= 1 || third > values.length - 2) return undefined;
  return isKnown(third) && !isKnown(third - 1) && !isKnown(third + 1) ? { first, steps } : undefined;
}

async function compressed(series: Series, context: CallContext): Promise<Series> {
  const name = `compressPeriodicGaps(${series.name})`;
  const found = period(series.values);
  if (found === undefined) return renamed(series, name);
  const interval = found.steps * series.step;
  const start = series.start + found.first * series.step;
  const values = await bucketValues(series, { func: last, interval, start, end: series.end }, context);
  return renamed(series, name, { start, end: start + values.length * interval, step: interval, values });
}

/** `compressPeriodicGaps`. */
export const compressGapsFunctions: readonly FunctionDef[] = [
  {
    name: 'compressPeriodicGaps',
    group: 'Transform',
    docs: 'Drops the None between points that come less often than the step says, and lengthens the step.',
    params: [SERIES],
    run: (args, context) => mapSlowly(args.series('seriesList'), context, (series) => compressed(series, context)),
  },
];
