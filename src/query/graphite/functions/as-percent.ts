import { type Normalized, normalize, zipWith } from '#query/graphite/consolidation.ts';
import { foldColumns } from '#query/graphite/fold-columns.ts';
import type { CallContext, FunctionDef } from '#query/graphite/function-def.ts';
import { formatFloat } from '#query/graphite/number-format.ts';
import { mapSlowly } from '#query/graphite/pieces.ts';
import { queryError } from '#query/graphite/query-error.ts';
import { filled, makeSeries, mapValues, pathExpressions, type Series } from '#query/graphite/series.ts';
import { divide } from './combine-lists.ts';
import { groupSeries, nodeKey } from './node-key.ts';
import { NODES, SERIES } from './standard-params.ts';

type Total = readonly Series[] | number | undefined;

function percentOf(series: Series, total: Series, name: string): Series {
  return makeSeries({ name, ...zipWith([series, total], (a, b) => divide(a, b) * 100) });
}

function named(series: string, total: string): string {
  return `asPercent(${series},${total})`;
}

function byName(list: readonly Series[]): Series[] {
  return list.toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
}

/** The sum of a group under the name `sumSeries(…)`; a single series stays itself. */
async function totalOf(list: readonly Series[], context: CallContext): Promise<Series> {
  const { list: rows, start, end, step } = normalize(list) as Normalized;
  if (rows.length === 1) return rows[0] as Series;
  const name = `sumSeries(${pathExpressions(list)})`;
  const { values } = await foldColumns(rows, 'sum', context);
  return makeSeries({ name, start, end, step, values });
}

async function ofWhole(list: readonly Series[], total: Total, context: CallContext): Promise<Series[]> {
  if (typeof total === 'number') {
    const totalText = writtenNumber(context, total);
    return mapSlowly(list, context, (series) => {
      const values = mapValues(series.values, (value) => divide(value, total) * 100);
      const { start, end, step } = series;
      return makeSeries({ name: named(series.name, totalText), start, end, step, values });
    });
  }
  if (total === undefined) {
    const text = `sumSeries(${pathExpressions(list)})`;
    const whole = { ...(await totalOf(list, context)), name: text };
    return mapSlowly(list, context, (series) => percentOf(series, whole, named(series.name, text)));
  }
  const [only] = total;
  if (only === undefined || (total.length !== 1 && total.length !== list.length)) {
    throw queryError(
      'asPercent second argument must be missing, a single digit, reference exactly 1 series or reference the same number of series as the first argument',
    );
  }
  if (total.length === 1) {
    return mapSlowly(list, context, (series) => percentOf(series, only, named(series.name, only.name)));
  }
  const totals = byName(total);
  return mapSlowly(byName(list), context, (series, index) => {
    const other = totals[index] as Series;
    return percentOf(series, other, named(series.name, other.name));
  });
}

async function ofGroups(
  list: readonly Series[],
  { total, nodes }: { readonly total: Total; readonly nodes: readonly (string | number)[] },
  context: CallContext,
): Promise<Series[]> {
  if (typeof total === 'number') throw queryError('total must be None or a seriesList');
  const keyOf = (series: Series): string => nodeKey(series, nodes);
  const groups = groupSeries(list, keyOf);
  const totals = total === undefined ? groups : groupSeries(total, keyOf);
  const out: Series[] = [];
  for (const key of new Set([...groups.keys(), ...totals.keys()])) {
    const members = groups.get(key) ?? [];
    const parts = totals.get(key);
    const whole = parts === undefined ? undefined : await totalOf(parts, context);
    if (whole !== undefined && members.length === 0) out.push(missing(whole, named('MISSING', whole.name)));
    for (const series of members) {
      await context.breathe();
      if (whole === undefined) out.push(missing(series, named(series.name, 'MISSING')));
      else out.push(percentOf(series, whole, named(series.name, whole.name)));
    }
  }
  return out;
}

function missing(like: Series, name: string): Series {
  const { start, end, step } = like;
  return makeSeries({ name, start, end, step, values: filled(like.values.length, Number.NaN) });
}

/** A plain number as it was written in the target. */
function writtenNumber(context: CallContext, value: number): string {
  const node = context.argNodes[1];
  return node?.kind === 'number' && node.isFloat ? formatFloat(value) : String(value);
}

/** `asPercent`, with its three kinds of total. */
export const asPercentFunctions: readonly FunctionDef[] = [
  {
    name: 'asPercent',
    aliases: ['pct'],
    group: 'Combine',
    docs: 'Each series as a percentage of a total: of all, of a number, of one series, or of the series of the same nodes.',
    params: [SERIES, { name: 'total', type: 'any' }, NODES],
    run: async (args, context) => {
      const list = normalize(args.series('seriesList'))?.list ?? [];
      const value = args.value('total');
      if (typeof value === 'string' || typeof value === 'boolean')
        throw queryError('total must be None or a seriesList');
      const total = value as Total;
      const nodes = args.nodes('nodes');
      if (list.length === 0) return [];
      if (nodes.length > 0) return ofGroups(list, { total, nodes }, context);
      return ofWhole(list, total, context);
    },
  },
];
