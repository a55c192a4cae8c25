import { aggFunc, countKnown, isEnough } from '#query/graphite/agg-func.ts';
import { mapRows, normalize } from '#query/graphite/consolidation.ts';
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
  const values = await mapRows(grid.list, context, (row) =>
    isEnough(countKnown(row), row.length, xFilesFactor) ? aggregate(row) : Number.NaN,
  );
  const tags = { name, ...commonTags(list), aggregatedBy: short };
  const { start, end, step } = grid;
  return [makeSeries({ name, start, end, step, values, tags, xFilesFactor })];
}

function commonTags(list: readonly Series[]): Record<string, string> {
  const [head, ...others] = list;
  return Object.fromEntries(
    Object.entries(head?.tags ?? {}).filter(([tag, value]) => others.every((series) => series.tags[tag] === value)),
  );
}
