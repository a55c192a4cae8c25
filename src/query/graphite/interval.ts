import { queryError } from './query-error.ts';

/** Units of Graphite offsets, by the prefix that is enough to name them. */
const UNITS = [
  { prefix: 's', name: 'seconds', seconds: 1 },
  { prefix: 'min', name: 'minutes', seconds: 60 },
  { prefix: 'h', name: 'hours', seconds: 3600 },
  { prefix: 'd', name: 'days', seconds: 86_400 },
  { prefix: 'w', name: 'weeks', seconds: 7 * 86_400 },
  { prefix: 'mon', name: 'months', seconds: 30 * 86_400 },
  { prefix: 'y', name: 'years', seconds: 365 * 86_400 },
] as const;

export type IntervalUnit = (typeof UNITS)[number]['name'];

/** The unit that a spelling (`min`, `minutes`, `mon`, `w1`) names; throws `bad_query` for any other. */
export function intervalUnit(spelling: string): IntervalUnit {
  return unitOf(spelling).name;
}

function unitOf(spelling: string): (typeof UNITS)[number] {
  const unit = UNITS.find(({ prefix }) => spelling.startsWith(prefix));
  if (unit === undefined) throw queryError(`Invalid offset unit '${spelling}'`);
  return unit;
}

/** Signed seconds of an offset such as `5min`, `-1d`, `+1h30min`; months are 30 days, years 365. */
export function parseInterval(text: string): number {
  if (text === '') return 0;
  const sign = text.startsWith('-') ? -1 : 1;
  const body = /^[+-]/.test(text) ? text.slice(1) : text;
  if (!/^(?:\d+[A-Za-z]+)+$/.test(body)) throw queryError(`Invalid offset: '${text}'`);
  let total = 0;
  for (const [, count, unit] of body.matchAll(/(\d+)([A-Za-z]+)/g)) {
    total += Number(count) * unitOf(String(unit)).seconds;
  }
  if (!Number.isSafeInteger(total)) throw queryError(`Invalid offset: '${text}' is too large`);
  return sign * total;
}
