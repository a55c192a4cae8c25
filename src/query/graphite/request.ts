import { AppError } from '#core/errors.ts';
import { NAME_LABEL } from '#core/model/labels.ts';
import type { TimeRange } from './function-def.ts';
import { queryError } from './query-error.ts';
import { makeSeries, type Series } from './series.ts';
import type { EventQuestion, FetchedSeries, FetchRequest, GraphiteEvent, GraphiteSource } from './source.ts';
import { Turn } from './turn.ts';

/** Bounds of one request. */
export type QueryLimits = {
  /** Series that one request may fetch. */
  readonly maxSeries: number;
  /** Points that one request may fetch, and that one series may be drawn with. */
  readonly maxPoints: number;
  /** Time that one request may take, ms. */
  readonly maxMs: number;
};

export const DEFAULT_LIMITS: QueryLimits = { maxSeries: 10_000, maxPoints: 20_000_000, maxMs: 60_000 };

/** How often the series of a request may stand in its targets. */
const MAX_REPEATS = 20;

/** Fetches for one request: the same pattern and range once only, everything counted against the limits. */
export class RequestFetcher {
  readonly #source: GraphiteSource;
  readonly #limits: QueryLimits;
  readonly #signal: AbortSignal | undefined;
  readonly #turn = new Turn();
  readonly #deadline: number;
  readonly #cache = new Map<string, Promise<readonly FetchedSeries[]>>();
  #series = 0;
  #points = 0;
  /** Series that were handed out, those of repeated patterns each time. */
  #given = 0;

  constructor(source: GraphiteSource, options: { limits?: Partial<QueryLimits>; signal?: AbortSignal } = {}) {
    this.#source = source;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#signal = options.signal;
    this.#deadline = performance.now() + this.#limits.maxMs;
  }

  /** The series of a pattern, ordered by name. Throws `limit_series`, `limit_rows`, `cancelled`. */
  async fetch(
    pattern: FetchRequest['pattern'],
    range: TimeRange,
    as: { text: string; xFilesFactor: number },
  ): Promise<Series[]> {
    const key = JSON.stringify([pattern, range.from, range.until]);
    let pending = this.#cache.get(key);
    if (pending === undefined) {
      pending = this.#load(pattern, range);
      this.#cache.set(key, pending);
    }
    const fetched = await pending;
    this.#given += fetched.length;
    this.#check(this.#given, this.#limits.maxSeries * MAX_REPEATS, 'limit_series');
    await this.breathe();
    return fetched.map((series) => fromFetched(series, as));
  }

  async #load(pattern: FetchRequest['pattern'], range: TimeRange): Promise<readonly FetchedSeries[]> {
    const signal = this.#signal;
    this.#throwIfOver();
    const fetched = await this.#source.fetch({ pattern, ...range, ...(signal === undefined ? {} : { signal }) });
    this.#series += fetched.length;
    for (const series of fetched) this.#points += series.values.length;
    this.#check(this.#series, this.#limits.maxSeries, 'limit_series');
    this.checkPoints(this.#points);
    return fetched.toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  }

  /** Events of a time range. Throws `bad_query` where there are none to be had. */
  async events(question: Omit<EventQuestion, 'signal'>): Promise<readonly GraphiteEvent[]> {
    this.#throwIfOver();
    if (this.#source.events === undefined) throw queryError('There are no events here');
    return this.#source.events({ ...question, ...(this.#signal === undefined ? {} : { signal: this.#signal }) });
  }

  /** Lets other work run when this has kept the thread for its turn. Throws `cancelled` and `limit_time`. */
  async breathe(): Promise<void> {
    await this.#turn.pass();
    this.#throwIfOver();
  }

  #throwIfOver(): void {
    if (performance.now() > this.#deadline) {
      const seconds = this.#limits.maxMs / 1000;
      throw new AppError(
        'limit_time',
        `the query takes longer than ${seconds} s: shorten the range or narrow the path`,
      );
    }
    if (this.#signal?.aborted === true) throw new AppError('cancelled', 'the query was cancelled');
  }

  /** Throws `limit_rows` when that many points are more than a request may have. */
  checkPoints(points: number): void {
    this.#check(points, this.#limits.maxPoints, 'limit_rows');
  }

  #check(count: number, limit: number, code: 'limit_series' | 'limit_rows'): void {
    if (count <= limit) return;
    const what = code === 'limit_series' ? 'series' : 'points';
    throw new AppError(
      code,
      `the query needs ${count} ${what}, more than the limit of ${limit}: narrow the path or the time range`,
      {
        details: { count, limit },
      },
    );
  }
}

function fromFetched(fetched: FetchedSeries, as: { text: string; xFilesFactor: number }): Series {
  const { name, start, end, step, values } = fetched;
  const { [NAME_LABEL]: labelName, ...others } = fetched.tags;
  const tags = { name: fetched.tags.name ?? labelName ?? name, ...others };
  return makeSeries({ name, start, end, step, values, tags, pathExpression: as.text, xFilesFactor: as.xFilesFactor });
}
