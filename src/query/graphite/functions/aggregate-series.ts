import { aggFunc, countKnown, isEnough } from '#query/graphite/agg-func.ts';
import { mapRows, normalize } from '#query/graphite/consolidation.ts';
import { type ColumnFold, type Folded, foldColumns } from '#query/graphite/fold-columns.ts';
import type { CallContext } from '#query/graphite/function-def.ts';
import { makeSeries, pathExpressions, type Series } from '#query/graphite/series.ts';

/**
 * One series of many, row by row: `sumSeries(…)` and its kin. Rows with too few known points are None; the tags that
 * all series share are kept. Empty for an empty list.
 */
export async function aggregateSeries(
  list: readonly Series[],
  { func, xFilesFactor }: { readonly func: string; readonly xFilesFactor: number },
  context: Pick<CallContext, 'breathe'>,
): Promise<Series[]> {
  const short = func.endsWith('Series') ? func.slice(0, -'Series'.length) : func;
  const aggregate = aggFunc(short);
  const grid = normalize(list);
  if (grid === undefined) return [];
  const name = `${short}Series(${pathExpressions(list)})`;
  const fold = COLUMN_FOLDS.get(short);
  const values =
    fold === undefined
      ? await mapRows(grid.list, context, (row) =>
          isEnough(countKnown(row), row.length, xFilesFactor) ? aggregate(row) : Number.NaN,
        )
      : finished(await foldColumns(grid.list, fold.how, context), { ...fold, xFilesFactor, series: list.length });
  const tags = { name, ...commonTags(list), aggregatedBy: short };
  const { start, end, step } = grid;
  return [makeSeries({ name, start, end, step, values, tags, xFilesFactor })];
}

type Fold = { readonly how: ColumnFold; readonly isMean?: boolean };

const COLUMN_FOLDS: ReadonlyMap<string, Fold> = new Map([
  ['sum', { how: 'sum' }],
  ['total', { how: 'sum' }],
  ['average', { how: 'sum', isMean: true }],
  ['avg', { how: 'sum', isMean: true }],
  ['min', { how: 'min' }],
  ['max', { how: 'max' }],
] satisfies [string, Fold][]);

function finished(
  { values, counts }: Folded,
  { isMean = false, xFilesFactor, series }: Fold & { readonly xFilesFactor: number; readonly series: number },
): Float64Array {
  for (let i = 0; i < values.length; i++) {
    const count = counts[i] as number;
    if (!isEnough(count, series, xFilesFactor)) values[i] = Number.NaN;
    else if (isMean) values[i] = (values[i] as number) / count;
  }
  return values;
}

function commonTags(list: readonly Series[]): Record<string, string> {
  const [head, ...others] = list;
  return Object.fromEntries(
    Object.entries(head?.tags ?? {}).filter(([tag, value]) => others.every((series) => series.tags[tag] === value)),
  );
}
