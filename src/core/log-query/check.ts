import { AppError } from '../errors.ts';
import { type LogAmount, parseAmount } from './amount.ts';
import { fieldKind, LEVELS, type LogFieldKind, queryTime, severityRange } from './fields.ts';
import { messageWildcardRegex, requireRegex, wildcardRegex } from './pattern.ts';
import type { LogBound, LogTest } from './query.ts';
import { messageNeeds } from './words.ts';

/** An end of a range whose text was understood. */
export type Limit<T> = { readonly value: T; readonly inclusive: boolean };
type Limits<T> = { readonly low?: Limit<T>; readonly high?: Limit<T> };

/** What a test means for one field: the one reading that both the SQL and the matcher of live lines are made from. */
export type LogCheck =
  | { readonly kind: 'always' | 'present' }
  /** In the message and the values of all fields: words anywhere, the phrase within one of them. */
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly phrase?: string }
  /** An expression that the message or a value of a field must match. */
  | { readonly kind: 'pattern'; readonly source: string }
  | { readonly kind: 'equals'; readonly text: string }
  | { readonly kind: 'regex'; readonly source: string }
  | { readonly kind: 'severities'; readonly list: readonly number[] }
  | ({ readonly kind: 'time' } & Limits<number>)
  | ({ readonly kind: 'amount'; readonly unit: LogAmount['unit'] } & Limits<number>)
  | ({ readonly kind: 'text' } & Limits<string>);

const ALL_SEVERITIES = Array.from({ length: 25 }, (_, severity) => severity);

/**
 * Reads a test of a field. `now` (ms) is what `now-1h` counts from; `kind` says what a column is that has the name of a
 * standard field and is none. Throws `bad_query`.
 */
export function checkOf(field: string, test: LogTest, now: number, kind: LogFieldKind = fieldKind(field)): LogCheck {
  switch (kind) {
    case 'severity':
      return severityCheck(test);
    case 'time':
      return timeCheck(field, test, now);
    case 'message':
      return messageCheck(field, test);
    default:
      return textCheck(field, test);
  }
}

function messageCheck(field: string, test: LogTest): LogCheck {
  if (test.kind === 'equals') return { kind: 'words', ...messageNeeds(test.text) };
  if (test.kind === 'wildcard') return { kind: 'pattern', source: messageWildcardRegex(test.pattern) };
  return textCheck(field, test);
}

function textCheck(field: string, test: LogTest): LogCheck {
  switch (test.kind) {
    case 'equals':
      return { kind: 'equals', text: test.text };
    case 'wildcard':
      return { kind: 'regex', source: wildcardRegex(test.pattern) };
    case 'regex':
      requireRegex(test.pattern);
      return { kind: 'regex', source: test.pattern };
    case 'exists':
      return { kind: 'present' };
    case 'range':
      return rangeCheck(field, test);
  }
}

type RangeTest = Extract<LogTest, { kind: 'range' }>;

function rangeCheck(field: string, test: RangeTest): LogCheck {
  const bounds = [test.low, test.high].filter((bound) => bound !== undefined);
  if (bounds.length === 0) return { kind: 'present' };
  const amounts = bounds.map(({ text }) => parseAmount(text));
  const named = new Set(amounts.flatMap((amount) => (amount === undefined ? [] : [amount.unit])));
  const unit = named.size === 2 ? [...named].find((name) => name !== 'number') : [...named][0];
  if (amounts.includes(undefined)) return { kind: 'text', ...limits(test, ({ text }) => text) };
  if (unit === undefined || named.size > 2 || (named.has('duration') && named.has('size'))) {
    throw new AppError('bad_query', `the ends of the range of '${field}' are of different units`);
  }
  return { kind: 'amount', unit, ...limits(test, ({ text }) => parseAmount(text)?.value ?? Number.NaN) };
}

function limits<T>({ low, high }: RangeTest, read: (bound: LogBound) => T): Limits<T> {
  return {
    ...(low === undefined ? {} : { low: { value: read(low), inclusive: low.inclusive } }),
    ...(high === undefined ? {} : { high: { value: read(high), inclusive: high.inclusive } }),
  };
}

function severityCheck(test: LogTest): LogCheck {
  const list = (belongs: (severity: number) => boolean): LogCheck => ({
    kind: 'severities',
    list: ALL_SEVERITIES.filter(belongs),
  });
  if (test.kind === 'exists') return list((severity) => severity > 0);
  if (test.kind === 'equals') return list(within(severityRange(test.text)));
  if (test.kind === 'range') return list(severityBounds(test));
  const expression = requireRegex(test.kind === 'regex' ? test.pattern : wildcardRegex(test.pattern.toLowerCase()));
  return list((severity) => expression.matcher(LEVELS[Math.ceil(severity / 4)] ?? '').find());
}

const within =
  (range: readonly [number, number] | undefined) =>
  (severity: number): boolean =>
    range !== undefined && severity >= range[0] && severity <= range[1];

function severityBounds({ low, high }: RangeTest): (severity: number) => boolean {
  const edge = (bound: LogBound | undefined): readonly [number, number] | undefined => {
    if (bound === undefined) return undefined;
    const range = severityRange(bound.text);
    if (range === undefined) throw new AppError('bad_query', `'${bound.text}' is no level: use ${LEVELS.join(', ')}`);
    return range;
  };
  const [from, to] = [edge(low), edge(high)];
  return (severity) =>
    (from === undefined || (low?.inclusive === true ? severity >= from[0] : severity > from[1])) &&
    (to === undefined || (high?.inclusive === true ? severity <= to[1] : severity < to[0]));
}

function timeCheck(field: string, test: LogTest, now: number): LogCheck {
  const read = (text: string): number => {
    const time = queryTime(text, now);
    if (time === undefined)
      throw new AppError('bad_query', `'${text}' is no time for '${field}': use ISO 8601, ms, now-1h`);
    return time;
  };
  switch (test.kind) {
    case 'exists':
      return { kind: 'always' };
    case 'equals': {
      const value = read(test.text);
      return { kind: 'time', low: { value, inclusive: true }, high: { value: value + 1, inclusive: false } };
    }
    case 'range':
      return { kind: 'time', ...limits(test, ({ text }) => read(text)) };
    default:
      throw new AppError('bad_query', `'${field}' is a time: compare it, as in ${field}:>now-1h`);
  }
}
