import { chooseStep, type Grid, gridOf, stepAtLeast } from '#core/series-math/grid.ts';
import type { LiveFeed } from '#web/data/live-feed.ts';
import type { LiveStore } from '#web/data/live-store.ts';
import { type ChartData, type ChartSource, type ChartStatus, EMPTY_DATA } from './chart-data.ts';
import { type MetricChartQuery, nameSeries } from './chart-query.ts';
import { LiveColumns } from './live-columns.ts';

export type LiveSourceOptions = {
  readonly spanMs: number;
  /** Points wanted per line: what the chart's width can show. */
  readonly maxPoints: number;
  /** Lines drawn at most of each query. */
  readonly limit: number;
  readonly unit: string;
};

type Part = { readonly feed: LiveFeed; readonly columns: LiveColumns; readonly release: () => void; isFresh: boolean };

/** Rates need the sample before the first that is shown. */
const LEAD_MS = 15_000;
const HOUR_MS = 3_600_000;
/** However young the data is, a chart is at least this long, ms. */
const SHORTEST_MS = 10_000;
/** A series that has just begun shows only later how often its samples come. */
const INTERVAL_CHECK_MS = 5_000;

/** A chart's data from the live stream: raw samples in, lines on a moving grid out. Nothing of it is React state. */
export class LiveSource implements ChartSource {
  readonly #store: LiveStore;
  readonly #queries: readonly MetricChartQuery[];
  readonly #options: LiveSourceOptions;
  readonly #listeners = new Set<() => void>();
  #parts: readonly Part[] = [];
  #ends: readonly (() => void)[] = [];
  #status: ChartStatus;
  #data: ChartData = EMPTY_DATA;
  #t: Float64Array = EMPTY_DATA.t;
  #step = 1_000;
  #checkedAt = 0;

  constructor(store: LiveStore, queries: readonly MetricChartQuery[], options: LiveSourceOptions) {
    this.#store = store;
    this.#queries = queries;
    this.#options = options;
    this.#status = { kind: 'loading', total: 0, truncated: false, series: [], unit: options.unit, step: 0 };
  }

  /** Subscribes; returns what gives the subscriptions back. */
  open(): () => void {
    const historyMs = Math.min(HOUR_MS, this.#options.spanMs + LEAD_MS);
    this.#parts = this.#queries.map(({ query }) => {
      const { feed, release } = this.#store.acquire(query.matchers, historyMs);
      return { feed, release, columns: new LiveColumns(query, feed), isFresh: feed.state !== 'loading' };
    });
    this.#ends = this.#parts.map((part) => this.#listenTo(part));
    if (this.#parts.some(({ isFresh }) => isFresh)) this.#changed();
    return () => {
      for (const end of this.#ends) end();
      for (const { release } of this.#parts) release();
      this.#parts = [];
    };
  }

  readonly status = (): ChartStatus => this.#status;

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly lastSampleAt = (): number =>
    this.#parts.reduce((last, { feed }) => Math.max(last, feed.lastT), Number.NEGATIVE_INFINITY);

  /** The lines up to now. Work is done here, once per drawing, and only for what is drawn. */
  readonly read = (): ChartData => {
    if (this.#status.series.length === 0) return this.#data;
    if (this.#wantedStep() > this.#step || this.#hasNewInterval()) this.#changed();
    const grid = this.#grid();
    for (const { columns } of this.#parts) columns.advance(grid);
    for (let i = 0; i < grid.points; i++) this.#t[i] = grid.start + i * grid.step;
    const to = this.#now();
    this.#data = { ...this.#data, t: this.#t, from: to - this.#shownMs(to), to, step: grid.step };
    return this.#data;
  };

  #listenTo(part: Part): () => void {
    const { feed, columns } = part;
    return feed.listen({
      onReset: () => {
        part.isFresh = true;
        this.#changed();
      },
      onAppend: (_index, t) => {
        for (let i = 0; i < t.length; i++) columns.touch(t[i] as number);
        this.#tell();
      },
      onChange: () => this.#restate(),
    });
  }

  /** The set of series changed: everything is computed and named anew. */
  #changed(): void {
    const { limit } = this.#options;
    const finest = this.#finestStep();
    this.#step = finest;
    this.#resetParts(limit);
    const step = this.#wantedStep();
    if (step > finest) {
      this.#step = step;
      this.#resetParts(limit);
    }
    this.#restate();
  }

  #hasNewInterval(): boolean {
    const now = this.#now();
    if (now - this.#checkedAt < INTERVAL_CHECK_MS) return false;
    this.#checkedAt = now;
    return this.#parts.some(({ columns }) => columns.hasNewInterval());
  }

  /** What the width can show of the span that is shown. */
  #finestStep(): number {
    const now = this.#now();
    return chooseStep(now - this.#shownMs(now), now, this.#options.maxPoints);
  }

  /** No finer than the samples come: that would only repeat values. */
  #wantedStep(): number {
    const finest = this.#finestStep();
    const interval = this.#interval();
    return interval > finest * 1.5 ? stepAtLeast(interval * 0.9) : finest;
  }

  #interval(): number {
    return this.#parts.reduce((longest, { columns }) => Math.max(longest, columns.interval), 0);
  }

  /** The length that is shown, ms: while no data of the page is as old as the span, what there is fills the chart. */
  #shownMs(now: number): number {
    const { spanMs } = this.#options;
    const first = this.#store.firstSampleAt() ?? now;
    return Math.min(spanMs, Math.max(SHORTEST_MS, now - first));
  }

  #resetParts(limit: number): void {
    const grid = this.#grid();
    this.#t = new Float64Array(grid.points);
    for (const { columns } of this.#parts) columns.reset(grid, limit);
  }

  #restate(): void {
    const labels = this.#parts.map(({ columns }) => columns.labels);
    const series = nameSeries(this.#queries, labels);
    const total = this.#parts.reduce((sum, { columns }) => sum + columns.total, 0);
    const error = this.#parts.find(({ feed }) => feed.error !== undefined)?.feed.error;
    const gap = this.#parts.find(({ feed }) => feed.gap !== undefined)?.feed.gap;
    const isReady = this.#parts.every(({ isFresh, feed }) => isFresh || feed.state === 'error');
    const values = this.#parts.flatMap(({ columns }) => columns.values);
    this.#data = { ...this.#data, series, values };
    this.#status = {
      kind: error !== undefined && series.length === 0 ? 'error' : isReady ? 'ready' : 'loading',
      ...(error === undefined ? {} : { error }),
      ...(gap === undefined ? {} : { gap }),
      total,
      truncated: false,
      series,
      unit: this.#options.unit,
      resolution: 'raw',
      step: this.#step,
      paceMs: this.#interval(),
    };
    this.#tell();
  }

  #grid(): Grid {
    const now = this.#now();
    const points = Math.ceil(this.#options.spanMs / this.#step) + 1;
    const last = gridOf(now, now, this.#step).start;
    return { start: last - (points - 1) * this.#step, step: this.#step, points };
  }

  #now(): number {
    return this.#store.client.serverNow();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
