const DAY_MS = 86_400_000;
/** Digits of the id of a partition that holds so much: `20260131`, `202601`. */
const DIGITS = { day: 8, month: 6 } as const;
/** From so many partitions on one statement takes the whole table. */
const MAX_PARTITIONS = 3;

/**
 * The clauses by which statements reach the partitions of a span of time (ms, both ends inclusive), one for each: a
 * deletion looks at every part of the table, but for those that it leaves out. A long span has the empty clause only.
 */
export function partitionClauses(from: number, to: number, size: keyof typeof DIGITS): readonly string[] {
  const first = Math.floor(from / DAY_MS);
  const count = Math.floor(to / DAY_MS) - first + 1;
  if (count > MAX_PARTITIONS * 31) return [''];
  const days = Array.from({ length: count }, (_, i) => new Date((first + i) * DAY_MS).toISOString());
  const ids = new Set(days.map((day) => day.slice(0, 10).replaceAll('-', '').slice(0, DIGITS[size])));
  return ids.size > MAX_PARTITIONS ? [''] : [...ids].map((id) => ` IN PARTITION ID '${id}'`);
}
