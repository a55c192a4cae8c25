import type { SampleWriter } from '#core/plugin/input.ts';
import type { Measurement } from './line.ts';
import { type MetricGroup, type NamespaceOptions, SeriesNames } from './namespace.ts';
import { timerStatistics } from './timer-statistics.ts';

export type AggregatorOptions = NamespaceOptions & {
  readonly flushIntervalMs: number;
  /** Percentages, each for the part of a timer's values up to it; negative: from the top. */
  readonly percentThresholds: readonly number[];
  /** Forgets what was not heard of in an interval, instead of flushing zeros and last values. */
  readonly deleteIdle: boolean;
};

type Entry<State> = { readonly names: SeriesNames; state: State; touched: boolean };
type Timer = { values: number[]; events: number };

/** So many names are kept; what speaks of more is refused, so that no sender can fill the memory. */
const MAX_NAMES = 500_000;
/** So many values of one timer are kept in an interval; the others only count as events. */
const MAX_TIMER_VALUES = 1_000_000;

/** Gathers measurements between flushes: counters, timers, gauges and sets as statsd keeps them. */
export class StatsdAggregator {
  readonly #options: AggregatorOptions;
  readonly #counters = new Map<string, Entry<number>>();
  readonly #timers = new Map<string, Entry<Timer>>();
  readonly #gauges = new Map<string, Entry<number>>();
  readonly #sets = new Map<string, Entry<Set<string>>>();
  #flushedAt: number | undefined;

  constructor(options: AggregatorOptions) {
    this.#options = options;
  }

  /** False: the name is new, and there are too many. */
  add({ kind, key, value, text, weight }: Measurement): boolean {
    switch (kind) {
      case 'counter':
        return this.#change(this.#counters, 'counters', key, (sum = 0) => sum + value * weight);
      case 'timer':
        return this.#change(this.#timers, 'timers', key, (timer) => timed(timer, value, weight));
      case 'gauge':
        return this.#change(this.#gauges, 'gauges', key, () => value);
      case 'gauge_change':
        return this.#change(this.#gauges, 'gauges', key, (last = 0) => last + value);
      case 'set':
        return this.#change(this.#sets, 'sets', key, (set) => (set ?? new Set<string>()).add(text));
    }
  }

  /** Writes what was gathered since the last flush, as samples at `at` (ms), and begins anew. */
  flush(writer: SampleWriter, at: number): void {
    const { flushIntervalMs, percentThresholds } = this.#options;
    const since = this.#flushedAt ?? at - flushIntervalMs;
    const seconds = (at > since ? at - since : flushIntervalMs) / 1_000;
    this.#flushedAt = at;
    const write = (names: SeriesNames, statistic: string, value: number): void => {
      const name = names.of(statistic);
      writer.sample(name, 0, name.length, at, value);
    };
    this.#each(this.#counters, (entry) => {
      write(entry.names, 'rate', entry.state / seconds);
      write(entry.names, 'count', entry.state);
      entry.state = 0;
    });
    this.#each(this.#timers, (entry) => {
      const { values, events } = entry.state;
      const rows = timerStatistics(values, { events, seconds, thresholds: percentThresholds });
      for (const [statistic, value] of rows) write(entry.names, statistic, value);
      entry.state = { values: [], events: 0 };
    });
    this.#each(this.#gauges, ({ names, state }) => write(names, '', state));
    this.#each(this.#sets, (entry) => {
      write(entry.names, 'count', entry.state.size);
      entry.state = new Set();
    });
  }

  #change<State>(
    entries: Map<string, Entry<State>>,
    group: MetricGroup,
    key: string,
    next: (state: State | undefined) => State,
  ): boolean {
    const entry = entries.get(key);
    if (entry !== undefined) {
      entry.state = next(entry.state);
      entry.touched = true;
      return true;
    }
    if (this.#counters.size + this.#timers.size + this.#gauges.size + this.#sets.size >= MAX_NAMES) return false;
    entries.set(key, { names: new SeriesNames(this.#options, group, key), state: next(undefined), touched: true });
    return true;
  }

  #each<State>(entries: Map<string, Entry<State>>, write: (entry: Entry<State>) => void): void {
    for (const [key, entry] of entries) {
      if (this.#options.deleteIdle && !entry.touched) entries.delete(key);
      else write(entry);
      entry.touched = false;
    }
  }
}

function timed(timer: Timer | undefined, value: number, weight: number): Timer {
  const { values, events } = timer ?? { values: [], events: 0 };
  if (values.length < MAX_TIMER_VALUES) values.push(value);
  return { values, events: events + weight };
}
