import { columnMetrics } from '#core/sql/column-metrics.ts';
import { seriesOfRows } from '#core/sql/series-of-rows.ts';
import type { SqlRows } from '#core/sql/sql-rows.ts';
import { SqlConfig } from './config.ts';

/** For the golden cases: options and an answer as JSON, at noon of 2026-01-02. */
export const parsers = {
  rows: (text: string) => {
    const { options, answer } = JSON.parse(text) as { options: unknown; answer: SqlRows };
    const config = SqlConfig.parse(options);
    const { values, problems = [] } = seriesOfRows(config, answer, Date.UTC(2026, 0, 2, 12));
    return { values, problems, ownMetrics: columnMetrics(config) };
  },
};
