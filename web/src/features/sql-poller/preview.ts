import type { TriedCollection } from '#core/api/collectors.ts';
import { columnMetrics } from '#core/sql/column-metrics.ts';
import { seriesOfRows } from '#core/sql/series-of-rows.ts';
import { mappingOf, type QueryDraft } from './query-draft.ts';

/** What a run would have given with the columns as they are chosen now; `now` in ms since the epoch. */
export function previewOf(draft: QueryDraft, tried: TriedCollection, now: number): TriedCollection {
  const { table } = tried;
  if (table === undefined) return tried;
  const mapping = mappingOf(draft);
  const metrics = columnMetrics(mapping);
  try {
    const { values, problems = [] } = seriesOfRows(mapping, table, now);
    const series = values.map(({ metric, labels = {}, value }) => {
      const { unit = '', help = '' } = metrics[metric] ?? {};
      return { metric, labels, value, unit, help };
    });
    return { ...tried, series, problems: problems.map(({ message }) => message) };
  } catch (error) {
    return { ...tried, series: [], isOk: false, problems: [(error as Error).message] };
  }
}
