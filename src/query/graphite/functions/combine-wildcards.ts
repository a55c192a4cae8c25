import type { CallContext, FunctionDef } from '#query/graphite/function-def.ts';
import type { Param } from '#query/graphite/params.ts';
import { mapSlowly } from '#query/graphite/pieces.ts';
import type { Series } from '#query/graphite/series.ts';
import { aggregateSeries } from './aggregate-series.ts';
import { groupSeries } from './node-key.ts';
import { SERIES } from './standard-params.ts';

const POSITION: Param = { name: 'position', type: 'node', multiple: true };

async function withWildcards(
  list: readonly Series[],
  func: string,
  options: { positions: readonly unknown[]; context: CallContext },
): Promise<Series[]> {
  const { context } = options;
  const keyOf = (series: Series): string =>
    series.name
      .split('.')
      .filter((_, index) => !options.positions.includes(index))
      .join('.');
  const groups = await mapSlowly([...groupSeries(list, keyOf)], context, async ([name, group]) => {
    const found = await aggregateSeries(group, { func, xFilesFactor: context.xFilesFactor }, context);
    return found.map((series) => ({ ...series, name }));
  });
  return groups.flat();
}

function wildcardFunction(name: string, func: string, docs: string): FunctionDef {
  return {
    name,
    group: 'Combine',
    docs,
    params: [SERIES, POSITION],
    run: (args, context) =>
      withWildcards(args.series('seriesList'), func, {
        positions: args.values('position'),
        context,
      }),
  };
}

const aggregateWithWildcards: FunctionDef = {
  name: 'aggregateWithWildcards',
  group: 'Combine',
  docs: 'Combines the series whose names are equal once the given nodes are left out.',
  params: [SERIES, { name: 'func', type: 'aggFunc', required: true }, POSITION],
  run: (args, context) =>
    withWildcards(args.series('seriesList'), args.text('func'), {
      positions: args.values('position'),
      context,
    }),
};

/** Functions that combine series whose names differ in given nodes only. */
export const combineWildcardFunctions: readonly FunctionDef[] = [
  wildcardFunction('sumSeriesWithWildcards', 'sum', 'Adds the series that differ in the given nodes only.'),
  wildcardFunction('averageSeriesWithWildcards', 'average', 'Averages the series that differ in the given nodes only.'),
  wildcardFunction(
    'multiplySeriesWithWildcards',
    'multiply',
    'Multiplies the series that differ in the given nodes only.',
  ),
  aggregateWithWildcards,
];
