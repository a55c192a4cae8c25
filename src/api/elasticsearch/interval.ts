import { parseDuration } from '#core/units/duration.ts';
import { ElasticFault } from './fault.ts';
import type { JsonObject } from './json.ts';

const CALENDAR: Readonly<Record<string, string>> = { minute: '1m', hour: '1h', day: '1d', week: '1w' };

/** The length of the buckets of a `date_histogram`, in ms. */
export function intervalOf(body: JsonObject): number {
  const value = body['fixed_interval'] ?? body['interval'] ?? body['calendar_interval'];
  const text = String(value ?? '');
  const ms = parseDuration(CALENDAR[text] ?? text);
  if (ms !== undefined && ms > 0 && !/\d[My]$/.test(text)) return ms;
  throw new ElasticFault('illegal_argument_exception', `[${text}] is no interval: use ms, s, m, h, d or w`);
}
