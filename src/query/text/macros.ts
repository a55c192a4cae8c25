import type { Language, TextQueryRequest } from '#core/api/text-query.ts';
import { chooseStep } from '#core/series-math/grid.ts';

/** A text with its macros replaced, and where a place in it stood before. */
export type Expanded = {
  readonly text: string;
  readonly step: number;
  readonly originOf: (position: number) => number;
};

type Range = Pick<TextQueryRequest, 'from' | 'to' | 'maxPoints'>;

const SECOND = 1_000;
/** Rates need some samples: four of the usual 15 s. */
const LEAST_RATE_MS = 60_000;
const SCRAPE_MS = 15_000;
const MACRO = /\$__timeFilter\(\s*([^()]*?)\s*\)|\$\{__([a-zA-Z_]+)\}|\$__([a-zA-Z_]+)/g;

/**
 * Replaces `$__from`, `$__to` (ms), `$__interval`, `$__range` (with `_s` and `_ms`), `$__rate_interval` and, in SQL,
 * `$__timeFilter(column)`. Lengths are `15s` in PromQL and Graphite, plain seconds in SQL. Unknown macros stay.
 */
export function expandMacros(language: Language, text: string, range: Range): Expanded {
  const step = chooseStep(range.from, range.to, range.maxPoints);
  const values = macroValues(language, range, step);
  const shifts: { readonly at: number; readonly end: number; readonly origin: number }[] = [];
  let out = '';
  let last = 0;
  for (const match of text.matchAll(MACRO)) {
    const [whole, column, braced, bare] = match;
    const value =
      column === undefined ? values[braced ?? bare ?? ''] : language === 'sql' ? timeFilter(column, range) : undefined;
    if (value === undefined) continue;
    out += text.slice(last, match.index);
    shifts.push({ at: out.length, end: out.length + value.length, origin: match.index });
    out += value;
    last = match.index + whole.length;
    shifts.push({ at: out.length, end: Number.POSITIVE_INFINITY, origin: last });
  }
  return { text: out + text.slice(last), step, originOf };

  function originOf(position: number): number {
    const shift = shifts.findLast(({ at }) => at <= position);
    if (shift === undefined) return position;
    return Number.isFinite(shift.end) ? shift.origin : shift.origin + position - shift.at;
  }
}

function macroValues(language: Language, { from, to }: Range, step: number): Readonly<Record<string, string>> {
  const length = (ms: number): string => {
    const seconds = Math.max(1, Math.round(ms / SECOND));
    return language === 'sql' ? String(seconds) : `${seconds}s`;
  };
  const span = to - from;
  return {
    from: String(Math.round(from)),
    to: String(Math.round(to)),
    interval: length(step),
    interval_ms: String(step),
    rate_interval: length(Math.max(step + SCRAPE_MS, LEAST_RATE_MS)),
    rate_interval_ms: String(Math.max(step + SCRAPE_MS, LEAST_RATE_MS)),
    range: length(span),
    range_s: String(Math.round(span / SECOND)),
    range_ms: String(Math.round(span)),
    auto: length(step),
  };
}

function timeFilter(column: string, { from, to }: Range): string {
  const at = (ms: number): string => `fromUnixTimestamp64Milli(${Math.round(ms)})`;
  return `${column} >= ${at(from)} AND ${column} <= ${at(to)}`;
}
