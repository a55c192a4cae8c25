import { useEffect, useReducer } from 'react';
import type { Panel } from '#core/api/dashboard.ts';
import type { StepsStart } from '#core/panel-data/explain-steps.ts';
import { useQueryPanel } from '#web/charts/use-query-panel.ts';
import { answeredRows } from '#web/panels/table/answered-rows.ts';

const LIMIT = 500;
const POINTS = 300;
const REFRESH_MS = 2_000;

/** What the queries of a panel answer now, before anything is done with it: series, or rows of SQL. */
export function usePanelAnswer({ queries, unit, timeShift }: Panel): StepsStart {
  const asked = queries.flatMap((query, place) => (query.hidden || query.text.trim() === '' ? [] : [{ query, place }]));
  const { answer, status } = useQueryPanel({
    queries: asked.map(({ query }) => query),
    unit,
    timeShift,
    limit: LIMIT,
    maxPoints: POINTS,
  });
  const [, refresh] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const timer = setInterval(refresh, REFRESH_MS);
    return () => clearInterval(timer);
  }, []);
  const [rows] = status.tables ?? [];
  if (rows !== undefined) return answeredRows(rows);
  const { t, series, values } = answer.source.read();
  return {
    t,
    series: series.map((line, index) => ({
      ...line,
      query: asked[line.query]?.place ?? line.query,
      values: values[index] ?? new Float64Array(t.length).fill(Number.NaN),
    })),
  };
}
