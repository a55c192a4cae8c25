/** Seconds: ids begin in 2020, so that they stay whole numbers of JSON (2^53) until 2088. */
const BEGINNING = 1_577_836_800;
/** Bits of an id that tell the events of a second apart. */
const BITS = 22;

/**
 * The id of a row of `events`: its second, and a hash of what it says, counted on for rows that say the same. So ids
 * need no column and hold for rows of every age; the query must see the whole beginning of a second.
 */
export const eventIdSql = `(toUInt64(greatest(0, intDiv(toUnixTimestamp64Milli(ts), 1000) - ${BEGINNING})) * ${2 ** BITS}
  + bitAnd(sipHash64(concat(toString(toUnixTimestamp64Milli(ts)), '\\0', kind, '\\0', message, '\\0', toString(labels)))
    + row_number() OVER (PARTITION BY ts, kind, message, toString(labels)) - 1, ${2 ** BITS - 1}))`;

/** The second since the epoch at which the event of an id happened. */
export function secondOfEventId(id: number): number {
  return BEGINNING + Math.floor(id / 2 ** BITS);
}
