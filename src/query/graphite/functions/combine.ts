import { mapRows, normalize } from '#query/graphite/consolidation.ts';
import type { FunctionDef } from '#query/graphite/function-def.ts';
import { makeSeries, pathExpressions } from '#query/graphite/series.ts';
import { aggregateSeries } from './aggregate-series.ts';
import { constantSeries } from './constant-series.ts';
import { SERIES, SERIES_LISTS, X_FILES_FACTOR } from './standard-params.ts';

function combining(
  name: string,
  func: string,
  docs: string,
  options: { aliases?: readonly string[]; keepsSingle?: boolean } = {},
): FunctionDef {
  return {
    name,
    aliases: options.aliases ?? [],
    group: 'Combine',
    docs,
    params: [SERIES_LISTS],
    run: async (args, context) => {
      const list = args.allSeries('seriesLists');
      if (options.keepsSingle === true && list.length === 1 && args.values('seriesLists').length === 1) return list;
      return aggregateSeries(list, { func, xFilesFactor: context.xFilesFactor }, context);
    },
  };
}

const aggregate: FunctionDef = {
  name: 'aggregate',
  group: 'Combine',
  docs: 'Combines all series into one with the given aggregation function.',
  params: [SERIES, { name: 'func', type: 'aggFunc', required: true }, X_FILES_FACTOR],
  run: (args, context) =>
    aggregateSeries(
      args.series('seriesList'),
      { func: args.text('func'), xFilesFactor: args.optionalNumber('xFilesFactor') ?? context.xFilesFactor },
      context,
    ),
};

const countSeries: FunctionDef = {
  name: 'countSeries',
  group: 'Combine',
  docs: 'Draws the number of series.',
  params: [{ name: 'seriesLists', type: 'seriesList', multiple: true }],
  run: async (args, context) => {
    if (args.values('seriesLists').length === 0) {
      return [{ ...constantSeries(context, 0), name: '0', pathExpression: 'countSeries()' }];
    }
    const list = args.allSeries('seriesLists');
    const grid = normalize(list);
    if (grid === undefined) return [];
    const { start, end, step } = grid;
    const values = await mapRows(grid.list, context, (row) => row.length);
    return [makeSeries({ name: `countSeries(${pathExpressions(list)})`, start, end, step, values })];
  },
};

/** Functions that make one series of many, row by row. */
export const combineFunctions: readonly FunctionDef[] = [
  combining('sumSeries', 'sum', 'Adds all series.', { aliases: ['sum'] }),
  combining('averageSeries', 'average', 'The mean of all series.', { aliases: ['avg'] }),
  combining('minSeries', 'min', 'The smallest value of all series.'),
  combining('maxSeries', 'max', 'The largest value of all series.'),
  combining('multiplySeries', 'multiply', 'Multiplies all series.', { keepsSingle: true }),
  combining('diffSeries', 'diff', 'Subtracts all other series from the first.'),
  combining('stddevSeries', 'stddev', 'The standard deviation over all series.'),
  combining('rangeOfSeries', 'rangeOf', 'Largest minus smallest value of all series.'),
  combining('medianSeries', 'median', 'The median of all series.'),
  aggregate,
  countSeries,
];
