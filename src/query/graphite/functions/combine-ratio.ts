import { mapRows, normalize, zipWith } from '#query/graphite/consolidation.ts';
import type { FunctionDef } from '#query/graphite/function-def.ts';
import { formatG } from '#query/graphite/number-format.ts';
import { percentile } from '#query/graphite/percentile.ts';
import { mapSlowly } from '#query/graphite/pieces.ts';
import { queryError } from '#query/graphite/query-error.ts';
import { makeSeries, type Series } from '#query/graphite/series.ts';
import { aggregateSeries } from './aggregate-series.ts';
import { divide } from './combine-lists.ts';
import { nodeKey } from './node-key.ts';
import { power } from './power.ts';
import { NODES, SERIES } from './standard-params.ts';

const percentileOfSeries: FunctionDef = {
  name: 'percentileOfSeries',
  group: 'Combine',
  docs: 'The n-th percentile over all series, row by row.',
  params: [
    SERIES,
    { name: 'n', type: 'float', required: true },
    { name: 'interpolate', type: 'boolean', default: false },
  ],
  run: async (args, context) => {
    const { xFilesFactor } = context;
    const n = args.number('n');
    if (n <= 0) throw queryError('The requested percent is required to be greater than 0');
    const list = args.series('seriesList');
    const grid = normalize(list);
    if (grid === undefined) return [];
    const { start, end, step } = grid;
    const values = await mapRows(grid.list, context, (row) => percentile(row, n, args.flag('interpolate')));
    const name = `percentileOfSeries(${list[0]?.pathExpression},${formatG(n)})`;
    return [makeSeries({ name, start, end, step, values, xFilesFactor })];
  },
};

const powSeries: FunctionDef = {
  name: 'powSeries',
  group: 'Combine',
  docs: 'Raises the first series to the power of the second, that to the power of the third, and so on.',
  params: [{ ...SERIES, keyword: 'seriesLists', multiple: true }],
  run: async (args, context) => {
    const { xFilesFactor } = context;
    const list = args.allSeries('seriesList');
    const grid = normalize(list);
    if (grid === undefined) return [];
    const { start, end, step } = grid;
    const values = await mapRows(grid.list, context, (row) => row.reduce(power));
    const name = `powSeries(${list.map((series) => series.name).join(',')})`;
    return [makeSeries({ name, start, end, step, values, xFilesFactor })];
  },
};

const weightedAverage: FunctionDef = {
  name: 'weightedAverage',
  group: 'Combine',
  docs: 'The mean of series weighted by other series; they are matched by the given nodes.',
  params: [
    { name: 'seriesListAvg', type: 'seriesList', required: true },
    { name: 'seriesListWeight', type: 'seriesList', required: true },
    NODES,
  ],
  run: async (args, context) => {
    const { xFilesFactor } = context;
    const averages = args.series('seriesListAvg');
    const weights = args.series('seriesListWeight');
    if (averages.length !== weights.length) {
      throw queryError(
        `weightedAverage must receive the same number of series for seriesListAvg and seriesListWeight but received respectively ${averages.length} and ${weights.length}`,
      );
    }
    const nodes = args.nodes('nodes');
    const byKey = new Map(weights.map((series) => [nodeKey(series, nodes), series]));
    const unique = new Map(averages.map((series) => [nodeKey(series, nodes), series]));
    const sum = { func: 'sum', xFilesFactor };
    const pairs = [...unique];
    const products = (await mapSlowly(pairs, context, ([key, series]) => product(series, byKey.get(key)))).flat();
    const [top] = await aggregateSeries(products, sum, context);
    const [bottom] = await aggregateSeries(weights, sum, context);
    if (top === undefined || bottom === undefined) return [];
    const name = `weightedAverage(${paths(averages)}, ${paths(weights)}, ${nodes.join(',')})`;
    const { start, end, step } = top;
    const values = await mapRows([top, bottom], context, (row) => divide(row[0] as number, row[1] as number));
    return [makeSeries({ name, start, end, step, values, xFilesFactor })];
  },
};

function product(series: Series, weight: Series | undefined): Series[] {
  if (weight === undefined) return [];
  const name = `product(${weight.name},${series.name})`;
  return [makeSeries({ name, ...zipWith([series, weight], (a, b) => a * b) })];
}

function paths(list: readonly Series[]): string {
  return [...new Set(list.map((series) => series.pathExpression))].sort().join(',');
}

/** Functions that set series in relation to each other. */
export const combineRatioFunctions: readonly FunctionDef[] = [percentileOfSeries, powSeries, weightedAverage];
