import { useMemo, useSyncExternalStore } from 'react';
import { useScope } from '#web/app/scope/use-scope.ts';
import type { ChartStatus } from './chart-data.ts';
import type { ChartQueryText } from './chart-query.ts';
import type { Display } from './displayed-source.ts';
import { type ParsedQueries, parseQueries } from './parse-queries.ts';
import { withScope } from './scope-queries.ts';
import { unitOfQueries } from './unit-of-queries.ts';
import { type SourceAnswer, useChartSource } from './use-chart-source.ts';

export type QueryPanelWish = {
  readonly queries: readonly ChartQueryText[];
  readonly unit?: string | undefined;
  readonly limit: number;
  readonly maxPoints: number;
  readonly timeShift?: string | undefined;
  readonly display?: Display | undefined;
  /** Rows without a time are series of one value. */
  readonly tablesAsLines?: boolean | undefined;
};

export type QueryPanel = {
  readonly parsed: ParsedQueries;
  readonly answer: SourceAnswer;
  readonly status: ChartStatus;
  readonly unit: string;
  readonly texts: readonly string[];
};

/** Everything a panel needs from its queries: read, unit, data and what is said about them. */
export function useQueryPanel({ queries, unit, ...how }: QueryPanelWish): QueryPanel {
  const key = JSON.stringify(queries);
  const scope = useScope();
  const parsed = useMemo(() => parseQueries(JSON.parse(key) as ChartQueryText[]), [key]);
  const shownUnit = unit || unitOfQueries(parsed.queries);
  const answer = useChartSource({
    queries: withScope(parsed.queries, scope.matchers),
    ...how,
    unit: shownUnit,
  });
  const status = useSyncExternalStore(answer.source.listen, answer.source.status);
  return { parsed, answer, status, unit: shownUnit, texts: queries.map(({ text }) => text) };
}
