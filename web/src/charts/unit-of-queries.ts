import { unitOfQuery } from '#web/format/unit-of-query.ts';
import { type ChartQuery, isMetricQuery } from './chart-query.ts';

/** The base unit of a chart by its first query; '' where only the server knows what is read. */
export function unitOfQueries([first]: readonly ChartQuery[]): string {
  return first === undefined || !isMetricQuery(first) ? '' : unitOfQuery(first.query);
}
