import { type AggFunc, aggFunc, average, countKnown, isEnough } from '#query/graphite/agg-func.ts';
import { mapRows } from '#query/graphite/consolidation.ts';
import type { FunctionDef } from '#query/graphite/function-def.ts';
import type { Param } from '#query/graphite/params.ts';
import { percentile } from '#query/graphite/percentile.ts';
import { mapSlowly } from '#query/graphite/pieces.ts';
import type { Series } from '#query/graphite/series.ts';
import { compilePattern } from './python-regex.ts';
import { N_FLOAT, SERIES, SERIES_LISTS, X_FILES_FACTOR } from './standard-params.ts';

/** Comparisons of `filterSeries`; an unknown value is below everything and different from everything. */
const OPERATORS: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  '=': (value, threshold) => value === threshold,
  '!=': (value, threshold) => value !== threshold,
  '>': (value, threshold) => value > threshold,
  '>=': (value, threshold) => value >= threshold,
  '<': (value, threshold) => Number.isNaN(value) || value < threshold,
  '<=': (value, threshold) => Number.isNaN(value) || value <= threshold,
};

function keep(list: readonly Series[], func: AggFunc, operator: string, threshold: number): Series[] {
  const compare = OPERATORS[operator];
  return list.filter((series) => compare?.(func(series.values), threshold) === true);
}

function comparing(name: string, how: readonly [func: string, operator: string], docs: string): FunctionDef {
  return {
    name,
    group: 'Filter Series',
    docs,
    params: [SERIES, N_FLOAT],
    perSeries: true,
    run: (args) => keep(args.series('seriesList'), aggFunc(how[0]), how[1], args.number('n')),
  };
}

const filterSeries: FunctionDef = {
  name: 'filterSeries',
  group: 'Filter Series',
  docs: 'The series whose aggregate compares to the threshold.',
  params: [
    SERIES,
    { name: 'func', type: 'aggFunc', required: true },
    { name: 'operator', type: 'string', required: true, options: Object.keys(OPERATORS).sort() },
    { name: 'threshold', type: 'float', required: true },
  ],
  perSeries: true,
  run: (args) => keep(args.series('seriesList'), args.aggFunc('func'), args.text('operator'), args.number('threshold')),
};

const PATTERN: Param = { name: 'pattern', type: 'string', required: true };

function matching(name: string, isWanted: boolean, docs: string): FunctionDef {
  return {
    name,
    group: 'Filter Series',
    docs,
    params: [SERIES, PATTERN],
    perSeries: true,
    run: (args) => {
      const pattern = compilePattern(args.text('pattern'));
      return args.series('seriesList').filter((series) => pattern.test(series.name) === isWanted);
    },
  };
}

const removeEmptySeries: FunctionDef = {
  name: 'removeEmptySeries',
  group: 'Filter Series',
  docs: 'Leaves out series without points, or with too small a share of known ones.',
  params: [SERIES, X_FILES_FACTOR],
  perSeries: true,
  run: (args) => {
    const factor = args.optionalNumber('xFilesFactor') ?? 0;
    return args.series('seriesList').filter(({ values }) => isEnough(countKnown(values), values.length, factor));
  },
};

const unique: FunctionDef = {
  name: 'unique',
  group: 'Filter Series',
  docs: 'One series of each name.',
  params: [SERIES_LISTS],
  run: (args) => {
    const seen = new Set<string>();
    return args.allSeries('seriesLists').filter(({ name }) => !seen.has(name) && seen.add(name));
  },
};

/** The two percentiles around the middle; n below 50 counts from the other end. */
function outer(n: number): { low: number; high: number } {
  const high = n < 50 ? 100 - n : n;
  return { low: 100 - high, high };
}

const removeBetweenPercentile: FunctionDef = {
  name: 'removeBetweenPercentile',
  group: 'Filter Series',
  docs: 'The series that leave, at some time, the band between two percentiles of all.',
  params: [SERIES, N_FLOAT],
  run: async (args, context) => {
    const list = args.series('seriesList');
    const { low, high } = outer(args.number('n'));
    const lows = await mapRows(list, context, (row) => percentile(row, low));
    const highs = await mapRows(list, context, (row) => percentile(row, high));
    return list.filter(({ values }) =>
      values.some((value, i) => value <= (lows[i] as number) || value >= (highs[i] as number)),
    );
  },
};

const averageOutsidePercentile: FunctionDef = {
  name: 'averageOutsidePercentile',
  group: 'Filter Series',
  docs: 'The series whose mean lies outside the band between two percentiles of all means.',
  params: [SERIES, N_FLOAT],
  run: (args) => {
    const list = args.series('seriesList');
    const { low, high } = outer(args.number('n'));
    const means = Float64Array.from(list, (series) => average(series.values));
    const [lowest, highest] = [percentile(means, low), percentile(means, high)];
    return list.filter((_, i) => !((means[i] as number) > lowest && (means[i] as number) < highest));
  },
};

const useSeriesAbove: FunctionDef = {
  name: 'useSeriesAbove',
  group: 'Filter Series',
  docs: 'For each series that rises above a value, the series whose name comes from a search and replace.',
  params: [
    SERIES,
    { name: 'value', type: 'float', required: true },
    { name: 'search', type: 'string', required: true },
    { name: 'replace', type: 'string', required: true },
  ],
  run: async (args, context) => {
    const pattern = compilePattern(args.text('search'));
    const max = aggFunc('max');
    const value = args.number('value');
    const rising = await mapSlowly(args.series('seriesList'), context, (series) => keep([series], max, '>', value));
    const names = rising.flat().map((series) => pattern.replace(series.name, args.text('replace')));
    return names.length === 0 ? [] : context.evaluate(`group(${names.join(',')})`);
  },
};

/** Functions that leave out series. */
export const filterFunctions: readonly FunctionDef[] = [
  filterSeries,
  comparing('averageAbove', ['average', '>'], 'The series whose mean is above n.'),
  comparing('averageBelow', ['average', '<='], 'The series whose mean is at most n.'),
  comparing('currentAbove', ['last', '>'], 'The series whose last point is above n.'),
  comparing('currentBelow', ['last', '<='], 'The series whose last point is at most n.'),
  comparing('maximumAbove', ['max', '>'], 'The series whose largest point is above n.'),
  comparing('maximumBelow', ['max', '<='], 'The series whose largest point is at most n.'),
  comparing('minimumAbove', ['min', '>'], 'The series whose smallest point is above n.'),
  comparing('minimumBelow', ['min', '<='], 'The series whose smallest point is at most n.'),
  matching('grep', true, 'The series whose name matches a regular expression.'),
  matching('exclude', false, 'The series whose name does not match a regular expression.'),
  removeEmptySeries,
  unique,
  removeBetweenPercentile,
  averageOutsidePercentile,
  useSeriesAbove,
];
