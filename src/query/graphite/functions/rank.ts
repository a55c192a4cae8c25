import { type AggFunc, aggFunc, average, countKnown, maximum, minimum } from '#query/graphite/agg-func.ts';
import type { CallContext, FunctionDef } from '#query/graphite/function-def.ts';
import type { Param } from '#query/graphite/params.ts';
import { mapSlowly } from '#query/graphite/pieces.ts';
import type { Series } from '#query/graphite/series.ts';
import { N_INTEGER, SERIES } from './standard-params.ts';

const FUNC: Param = { name: 'func', type: 'aggFunc', default: 'average' };
const REVERSE: Param = { name: 'reverse', type: 'boolean', default: false };

/** Sorted by a number of each series, None first; equal ones keep their order either way. */
async function sortedBy(
  list: readonly Series[],
  { func, isDescending }: { readonly func: AggFunc; readonly isDescending: boolean },
  context: CallContext,
): Promise<Series[]> {
  const keyed = await mapSlowly(list, context, (series) => {
    const key = func(series.values);
    return { series, key: Number.isNaN(key) ? Number.NEGATIVE_INFINITY : key };
  });
  const sign = isDescending ? -1 : 1;
  keyed.sort((a, b) => sign * (Number(a.key > b.key) - Number(a.key < b.key)));
  return keyed.map(({ series }) => series);
}

function picking(name: string, isHighest: boolean, func: string | undefined, docs: string): FunctionDef {
  return {
    name,
    group: 'Filter Series',
    docs,
    params: func === undefined ? [SERIES, { ...N_INTEGER, required: false, default: 1 }, FUNC] : [SERIES, N_INTEGER],
    run: async (args, context) => {
      const by = { func: func === undefined ? args.aggFunc('func') : aggFunc(func), isDescending: isHighest };
      return (await sortedBy(args.series('seriesList'), by, context)).slice(0, args.number('n'));
    },
  };
}

type Sort = (list: readonly Series[], context: CallContext) => Promise<Series[]>;

function sorting(name: string, docs: string, sort: Sort): FunctionDef {
  const run: FunctionDef['run'] = (args, context) => sort(args.series('seriesList'), context);
  return { name, group: 'Sorting', docs, params: [SERIES], run };
}

const sortBy: FunctionDef = {
  name: 'sortBy',
  group: 'Sorting',
  docs: 'Sorts series by an aggregation of their points.',
  params: [SERIES, FUNC, REVERSE],
  run: (args, context) => {
    const by = { func: args.aggFunc('func'), isDescending: args.flag('reverse') };
    return sortedBy(args.series('seriesList'), by, context);
  },
};

const sortByName: FunctionDef = {
  name: 'sortByName',
  group: 'Sorting',
  docs: 'Sorts series by name; natural order reads digits as numbers.',
  params: [SERIES, { name: 'natural', type: 'boolean', default: false }, REVERSE],
  run: (args) => {
    const isNatural = args.flag('natural');
    const keyOf = ({ name }: Series): string =>
      isNatural ? name.replace(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, '').padStart(10, '0')) : name;
    const sign = args.flag('reverse') ? -1 : 1;
    const keyed = args.series('seriesList').map((series) => ({ series, key: keyOf(series) }));
    keyed.sort((a, b) => sign * (Number(a.key > b.key) - Number(a.key < b.key)));
    return keyed.map(({ series }) => series);
  },
};

/** Variance of the known points. */
const variance: AggFunc = (values) => {
  const mean = average(values);
  return average(values.map((value) => (value - mean) ** 2));
};

const mostDeviant: FunctionDef = {
  name: 'mostDeviant',
  group: 'Filter Series',
  docs: 'The n series that vary most.',
  params: [SERIES, N_INTEGER],
  run: async (args, context) => {
    const known = args.series('seriesList').filter((series) => countKnown(series.values) > 0);
    const sorted = await sortedBy(known, { func: variance, isDescending: true }, context);
    return sorted.slice(0, args.number('n'));
  },
};

const limit: FunctionDef = {
  name: 'limit',
  group: 'Filter Series',
  docs: 'The first n series.',
  params: [SERIES, N_INTEGER],
  run: (args) => args.series('seriesList').slice(0, args.number('n')),
};

/** Functions that sort series or pick the first few in some order. */
export const rankFunctions: readonly FunctionDef[] = [
  picking('highest', true, undefined, 'The n series with the highest aggregate.'),
  picking('highestAverage', true, 'average', 'The n series with the highest mean.'),
  picking('highestCurrent', true, 'current', 'The n series with the highest last point.'),
  picking('highestMax', true, 'max', 'The n series with the highest peak.'),
  picking('lowest', false, undefined, 'The n series with the lowest aggregate.'),
  picking('lowestAverage', false, 'average', 'The n series with the lowest mean.'),
  picking('lowestCurrent', false, 'current', 'The n series with the lowest last point.'),
  sortBy,
  sortByName,
  sorting('sortByTotal', 'Sorts series by their sum, largest first.', (list, context) =>
    sortedBy(list, { func: aggFunc('sum'), isDescending: true }, context),
  ),
  sorting('sortByMaxima', 'Sorts series by their peak, highest first.', (list, context) =>
    sortedBy(list, { func: maximum, isDescending: true }, context),
  ),
  sorting(
    'sortByMinima',
    'Series that rise above zero, by their smallest point, lowest first.',
    async (list, context) => {
      const rising = await mapSlowly(list, context, (series) => (maximum(series.values) > 0 ? [series] : []));
      return sortedBy(rising.flat(), { func: minimum, isDescending: false }, context);
    },
  ),
  mostDeviant,
  limit,
];
