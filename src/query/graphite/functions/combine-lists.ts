import { zipWith } from '#query/graphite/consolidation.ts';
import type { CallContext, FunctionDef } from '#query/graphite/function-def.ts';
import type { Param } from '#query/graphite/params.ts';
import { mapSlowly } from '#query/graphite/pieces.ts';
import { queryError } from '#query/graphite/query-error.ts';
import { filled, makeSeries, renamed, type Series } from '#query/graphite/series.ts';
import { aggregateSeries } from './aggregate-series.ts';
import { X_FILES_FACTOR } from './standard-params.ts';

const FIRST: Param = { name: 'seriesListFirstPos', type: 'seriesList', required: true };
const SECOND: Param = { name: 'seriesListSecondPos', type: 'seriesList', required: true };
const DIVIDEND: Param = { name: 'dividendSeriesList', type: 'seriesList', required: true };

async function aggregatePairs(
  lists: readonly [readonly Series[], readonly Series[]],
  how: { readonly func: string; readonly xFilesFactor: number },
  context: CallContext,
): Promise<Series[]> {
  const [first, second] = lists;
  if (first.length !== second.length) {
    throw queryError('seriesListFirstPos and seriesListSecondPos argument must have equal length');
  }
  const pairs = await mapSlowly(first, context, async (a, index) => {
    const b = second[index] as Series;
    const found = await aggregateSeries([a, b], how, context);
    return found.map((series) => ({
      ...series,
      name: `${series.name.slice(0, series.name.indexOf('Series('))}Series(${a.name},${b.name})`,
    }));
  });
  return pairs.flat();
}

function pairing(name: string, func: string, docs: string): FunctionDef {
  return {
    name,
    group: 'Combine',
    docs,
    params: [FIRST, SECOND],
    run: (args, context) =>
      aggregatePairs(
        [args.series(FIRST.name), args.series(SECOND.name)],
        { func, xFilesFactor: context.xFilesFactor },
        context,
      ),
  };
}

const aggregateSeriesLists: FunctionDef = {
  name: 'aggregateSeriesLists',
  group: 'Combine',
  docs: 'Combines two lists of equal length pair by pair with the given aggregation function.',
  params: [FIRST, SECOND, { name: 'func', type: 'aggFunc', required: true }, X_FILES_FACTOR],
  run: (args, context) =>
    aggregatePairs(
      [args.series(FIRST.name), args.series(SECOND.name)],
      { func: args.text('func'), xFilesFactor: args.optionalNumber('xFilesFactor') ?? context.xFilesFactor },
      context,
    ),
};

/** a / b, None when b is zero or unknown. */
export function divide(a: number, b: number): number {
  return b === 0 ? Number.NaN : a / b;
}

function quotient(a: Series, b: Series, context: CallContext): Series {
  const { xFilesFactor } = context;
  return makeSeries({ name: `divideSeries(${a.name},${b.name})`, ...zipWith([a, b], divide), xFilesFactor });
}

const divideSeriesLists: FunctionDef = {
  name: 'divideSeriesLists',
  group: 'Combine',
  docs: 'Divides each series of the first list by the one at the same place in the second.',
  params: [DIVIDEND, { name: 'divisorSeriesList', type: 'seriesList', required: true }],
  run: (args, context) => {
    const dividends = args.series('dividendSeriesList');
    const divisors = args.series('divisorSeriesList');
    if (dividends.length !== divisors.length) {
      throw queryError('dividendSeriesList and divisorSeriesList argument must have equal length');
    }
    return mapSlowly(dividends, context, (series, index) => quotient(series, divisors[index] as Series, context));
  },
};

const divideSeries: FunctionDef = {
  name: 'divideSeries',
  group: 'Combine',
  docs: 'Divides every series by one other.',
  params: [DIVIDEND, { name: 'divisorSeries', type: 'seriesList', required: true }],
  run: (args, context) => {
    const dividends = args.series('dividendSeriesList');
    const divisors = args.series('divisorSeries');
    const [divisor] = divisors;
    if (divisors.length > 1) {
      throw queryError(`divideSeries second argument must reference exactly 1 series (got ${divisors.length})`);
    }
    if (divisor !== undefined) return mapSlowly(dividends, context, (series) => quotient(series, divisor, context));
    return dividends.map((series) =>
      renamed(series, `divideSeries(${series.name},MISSING)`, { values: filled(series.values.length, Number.NaN) }),
    );
  },
};

/** Functions that combine two lists pair by pair. */
export const combineListFunctions: readonly FunctionDef[] = [
  pairing('sumSeriesLists', 'sum', 'Adds two lists of equal length pair by pair.'),
  pairing('diffSeriesLists', 'diff', 'Subtracts the second list from the first pair by pair.'),
  pairing('multiplySeriesLists', 'multiply', 'Multiplies two lists of equal length pair by pair.'),
  aggregateSeriesLists,
  divideSeriesLists,
  divideSeries,
];
