import { dayId } from './parse.ts';

const DAY_MS = 86_400_000;
const GRANULARITY_MIN = 10;

type Day = { readonly year: number; readonly month: number; readonly day: number };

/** A day in the time zone of the report suite, `ago` days before that of `now`. */
export function dayOf(now: number, timeZone: string, ago: number): Day {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const [year = 0, month = 0, day = 0] = format.format(now).split('-').map(Number);
  // Of the calendar, which knows no daylight saving.
  const date = new Date(Date.UTC(year, month - 1, day) - ago * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** The id of a day in reports. */
export const idOfDay = ({ year, month, day }: Day): string => dayId(year, month, day);

const begin = ({ year, month, day }: Day): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T00:00:00.000`;

/** Figures of yesterday and today, a row a day. */
export function daysRequest(rsid: string, metrics: readonly string[], now: number, timeZone: string): unknown {
  const [from, to] = [dayOf(now, timeZone, 1), dayOf(now, timeZone, -1)];
  return {
    rsid,
    globalFilters: [{ type: 'dateRange', dateRange: `${begin(from)}/${begin(to)}` }],
    metricContainer: { metrics: metrics.map((id, i) => ({ columnId: String(i), id })) },
    dimension: 'variables/daterangeday',
    settings: { limit: 10, page: 0, countRepeatInstances: true },
  };
}

/** One metric of the last minutes, in whole buckets of ten. */
export function realtimeRequest(rsid: string, metric: string): unknown {
  return {
    rsid,
    globalFilters: [{ type: 'dateRange', dateRangeRelative: '30 minutes ago/10 minutes ago' }],
    metricContainer: { metrics: [{ columnId: '0', id: metric }] },
    dimensions: [{ id: 'variables/daterangeminute', dimensionColumnId: '0' }],
    settings: { realTimeMinuteGranularity: GRANULARITY_MIN, limit: 20 },
  };
}
