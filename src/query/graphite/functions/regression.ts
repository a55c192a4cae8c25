import type { Args } from '#query/graphite/args.ts';
import type { CallContext, FunctionDef } from '#query/graphite/function-def.ts';
import { mapSlowly } from '#query/graphite/pieces.ts';
import { mapValues, renamed, type Series, withTag } from '#query/graphite/series.ts';
import { SERIES } from './standard-params.ts';

/** The line through the known points by least squares, as a function of time; undefined when there is none. */
function leastSquares(series: Series): ((time: number) => number) | undefined {
  let n = 0;
  let [sumI, sumV, sumII, sumIV] = [0, 0, 0, 0];
  for (const [i, value] of series.values.entries()) {
    if (Number.isNaN(value)) continue;
    n++;
    sumI += i;
    sumV += value;
    sumII += i * i;
    sumIV += i * value;
  }
  const denominator = n * sumII - sumI * sumI;
  if (denominator === 0) return undefined;
  const factor = (n * sumIV - sumI * sumV) / denominator / series.step;
  const offset = (sumII * sumV - sumIV * sumI) / denominator - factor * series.start;
  return (time) => offset + time * factor;
}

async function regress(args: Args, context: CallContext): Promise<Series[]> {
  const timeOf = (name: string, otherwise: number): number => {
    const value = args.value(name);
    return value === undefined ? otherwise : context.parseTime(value as string | number);
  };
  const from = timeOf('startSourceAt', context.from);
  const until = timeOf('endSourceAt', context.until);
  const [node] = context.argNodes;
  const sources = node === undefined ? [] : await context.evaluate(node, { from, until });
  const lines = await mapSlowly(args.series('seriesList'), context, (series, index) => {
    const source = sources[index];
    const line = source === undefined ? undefined : leastSquares(source);
    if (line === undefined) return [];
    const values = mapValues(series.values, (_, i) => line(series.start + i * series.step));
    const tags = withTag(series, 'linearRegressions', `${from}, ${until}`);
    return [renamed(series, `linearRegression(${series.name}, ${from}, ${until})`, { values, tags })];
  });
  return lines.flat();
}

/** `linearRegression`. */
export const regressionFunctions: readonly FunctionDef[] = [
  {
    name: 'linearRegression',
    group: 'Calculate',
    docs: 'The straight line that fits the points best, those of another time if given.',
    params: [SERIES, { name: 'startSourceAt', type: 'date' }, { name: 'endSourceAt', type: 'date' }],
    run: regress,
  },
];
