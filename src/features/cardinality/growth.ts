import type { DayGrowth } from '#core/api/cardinality.ts';

const DAY_S = 86_400;
const DAYS = 30;
/** Seconds: `last_seen` is a lower bound that is renewed late, so a series counts as there for so long after. */
const SILENCE_S = 2 * DAY_S;

/** A change in the number of series on a day, as counted by {@link changesSql}. */
export type DayChange = { readonly day: number; readonly began: number; readonly ended: number };

/** How many series of these rows (`first`, `last`) begin on each day, and have ended by it. */
export function changesSql(series: string, condition: string): string {
  return `SELECT day, toUInt32(countIf(isBegin)) AS began, toUInt32(countIf(NOT isBegin)) AS ended FROM (
    SELECT toUInt32(tupleElement(change, 1)) AS day, tupleElement(change, 2) AS isBegin FROM (
      SELECT arrayJoin([(intDiv(toUInt32(first), ${DAY_S}), true),
        (intDiv(toUInt32(last) + ${SILENCE_S}, ${DAY_S}) + 1, false)]) AS change
      FROM ${series} WHERE ${condition}))
    GROUP BY day`;
}

/** The last 30 days, today included, oldest first; `now` in seconds. */
export function dailyGrowth(changes: readonly DayChange[], now: number): DayGrowth[] {
  const today = Math.floor(now / DAY_S);
  const first = today - DAYS + 1;
  const byDay = new Map(changes.map((change) => [change.day, change]));
  let active = changes.reduce((sum, { day, began, ended }) => (day < first ? sum + began - ended : sum), 0);
  return Array.from({ length: DAYS }, (_, index) => {
    const { began = 0, ended = 0 } = byDay.get(first + index) ?? {};
    active += began - ended;
    return { t: (first + index) * DAY_S * 1000, added: began, active };
  });
}
