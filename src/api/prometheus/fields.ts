import { FormFields } from '#api/graphite/form-fields.ts';
import { AppError } from '#core/errors.ts';
import type { Matcher } from '#core/metric-query/query.ts';
import type { RouteRequest } from '#core/route.ts';
import { parseDuration } from '#core/units/duration.ts';
import type { PromEngine } from '#query/promql/engine.ts';
import type { Interval } from '#query/promql/source.ts';

/** Names that Prometheus' client libraries send for "the earliest" and "the latest time". */
const EDGES: Readonly<Record<string, number>> = {
  '-292273086-05-16T16:47:06Z': -8.64e15,
  '292277025-08-18T07:12:54.999999999Z': 8.64e15,
};
const RFC3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const MAX_TIME_MS = 8.64e15;

/** The fields of a request to the Prometheus API. What cannot be read throws `bad_request` in Prometheus' words. */
export class PromFields {
  readonly #fields: FormFields;

  constructor(request: RouteRequest) {
    this.#fields = new FormFields(request.body);
  }

  text(name: string): string | undefined {
    return this.#fields.all(name)[0];
  }

  all(name: string): readonly string[] {
    return this.#fields.all(name);
  }

  /** A time in ms: RFC 3339, or seconds since the epoch with a fraction. */
  time(name: string, otherwise?: number): number {
    const text = this.text(name);
    if ((text === undefined || text === '') && otherwise !== undefined) return otherwise;
    const time = parseTime(text ?? '');
    if (time === undefined) throw bad(name, `cannot parse "${text ?? ''}" to a valid timestamp`);
    return time;
  }

  /** A duration in ms: seconds, or a text such as 1h30m. */
  duration(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined || text === '') return undefined;
    const ms = NUMBER.test(text) ? Math.round(Number(text) * 1000) : parseDuration(text);
    if (ms === undefined || !Number.isSafeInteger(ms)) throw bad(name, `cannot parse "${text}" to a valid duration`);
    return ms;
  }

  /** How many results at most; 0 and absence: `otherwise`. */
  limit(otherwise: number): number {
    const text = this.text('limit') ?? '';
    if (text === '') return otherwise;
    if (!/^\d{1,15}$/.test(text)) throw bad('limit', 'limit must be non-negative');
    return Number(text) === 0 ? otherwise : Number(text);
  }

  /** `start` and `end`; without them all times. */
  interval(): Interval {
    const interval = { from: this.time('start', -MAX_TIME_MS), to: this.time('end', MAX_TIME_MS) };
    if (interval.to < interval.from) throw bad('end', 'end timestamp must not be before start time');
    return interval;
  }

  /** The selectors of a repeated field. */
  selectors(name: string, engine: PromEngine): (readonly Matcher[])[] {
    return this.all(name).map((text) => {
      const expr = explained(name, () => engine.parse(text));
      if (expr.kind === 'selector') return expr.matchers;
      throw bad(name, `"${text}" is not a selector of series`);
    });
  }
}

/** A fault of a parameter, worded as Prometheus words it. */
export const bad = (name: string, problem: string): AppError =>
  new AppError('bad_request', `invalid parameter "${name}": ${problem}`);

/** Names the parameter in what is thrown about its text. */
export function explained<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError && error.code === 'bad_query') throw bad(name, error.message);
    throw error;
  }
}

function parseTime(text: string): number | undefined {
  if (NUMBER.test(text)) {
    const ms = Math.round(Number(text) * 1000);
    return Math.abs(ms) <= MAX_TIME_MS ? ms : undefined;
  }
  if (EDGES[text] !== undefined) return EDGES[text];
  const ms = RFC3339.test(text) ? Date.parse(text.toUpperCase()) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
