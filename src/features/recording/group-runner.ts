import type { RecordingGroup, RecordingGroupStatus, RecordingRule, RecordingStatus } from '#core/api/recording.ts';
import { messageOf } from '#core/errors.ts';
import type { EventSink, RecordSink } from '#core/sink.ts';
import type { Clock } from '#io/clock.ts';
import { evaluateRule, type Recorded } from './evaluate-rule.ts';
import type { RuleLanguages } from './found-values.ts';

/** A due evaluation; `missed` fell out since the last one. */
export type Due = { readonly at: number; readonly missed: number };

export type RunnerParts = RuleLanguages & {
  readonly sink: RecordSink;
  readonly events: EventSink;
  readonly clock: Clock;
  /** Waits for the multiples of the interval on the wall clock, one by one. */
  readonly slots: (intervalMs: number, signal: AbortSignal) => AsyncIterable<Due>;
  /** Resolves when what senders were answered for can be queried. */
  readonly stored: () => Promise<void>;
};

export type GroupProgress = {
  /** The last evaluation before this start, ms; undefined: there is nothing to catch up. */
  readonly evaluatedUntil?: number | undefined;
  /** Keeps the time of an evaluation for the next start. Never rejects. */
  readonly keep: (at: number) => Promise<void>;
};

/** Who writes, in the accounts. */
const SOURCE = 'recording';
const MAX_SERIES = 10_000;
/** Samples of a time come a little after it. */
const DELAY_MS = 2_000;
/** So many evaluations that fell out are made up for. */
const MAX_CAUGHT_UP = 10;
/** After a start so many are made up for, and none that is older than this. */
const MAX_CAUGHT_UP_AT_START = 360;
const OLDEST_CAUGHT_UP_MS = 3_600_000;
const MAX_EVALUATION_MS = 60_000;

const NOT_YET: Omit<RecordingStatus, 'record'> = {
  ...{ lastAt: 0, durationMs: 0, series: 0, evaluations: 0, failures: 0, error: '' },
};

type RuleState = { status: RecordingStatus; keys: ReadonlySet<string> };

/** Evaluates the rules of one group, one after the other, until it is stopped. */
export class GroupRunner {
  readonly group: RecordingGroup;
  readonly #parts: RunnerParts;
  readonly #progress: GroupProgress;
  readonly #states: RuleState[];
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #lastAt = 0;
  #missed = 0;

  constructor(group: RecordingGroup, parts: RunnerParts, progress: GroupProgress) {
    this.group = group;
    this.#parts = parts;
    this.#progress = progress;
    this.#states = group.rules.map(({ record }) => ({ status: { record, ...NOT_YET }, keys: new Set() }));
  }

  get status(): RecordingGroupStatus {
    const { name } = this.group;
    return { name, lastAt: this.#lastAt, missed: this.#missed, rules: this.#states.map(({ status }) => status) };
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Ends the series of the group: it is gone or has changed. Call after `stop`. */
  async end(at: number): Promise<void> {
    const keys = this.#states.flatMap((state) => [...state.keys]);
    if (keys.length > 0) await this.#write({ values: new Map(), histograms: new Map() }, keys, at);
  }

  async #run(): Promise<void> {
    const { intervalMs } = this.group;
    const { signal } = this.#stopping;
    await this.#resume();
    for await (const { at, missed } of this.#parts.slots(intervalMs, signal)) {
      await this.#dataOf(at);
      const caughtUp = Math.min(missed, MAX_CAUGHT_UP);
      if (missed > caughtUp) this.#report(missed - caughtUp, at - (caughtUp + 1) * intervalMs);
      for (let i = caughtUp; i >= 0 && !signal.aborted; i -= 1) await this.evaluate(at - i * intervalMs);
    }
  }

  /** Makes up for what fell out while the process was away. */
  async #resume(): Promise<void> {
    const { evaluatedUntil } = this.#progress;
    const { intervalMs } = this.group;
    const { clock } = this.#parts;
    if (evaluatedUntil === undefined) return;
    const slotOf = (t: number): number => Math.floor(t / intervalMs) * intervalMs;
    const due = slotOf(evaluatedUntil) + intervalMs;
    const most = Math.min(MAX_CAUGHT_UP_AT_START * intervalMs, OLDEST_CAUGHT_UP_MS);
    const first = Math.max(due, slotOf(clock.now() - most) + intervalMs);
    if (first > due) this.#report((first - due) / intervalMs, first - intervalMs);
    for (let at = first; at <= clock.now() && !this.#stopping.signal.aborted; at += intervalMs) {
      await this.#dataOf(at);
      await this.evaluate(at);
    }
  }

  /** Waits until the samples of a time can have come. */
  async #dataOf(at: number): Promise<void> {
    const { clock } = this.#parts;
    const delay = Math.min(DELAY_MS, this.group.intervalMs / 4);
    await clock.sleep(Math.max(0, at + delay - clock.now()), this.#stopping.signal);
  }

  #report(missed: number, last: number): void {
    this.#missed += missed;
    const { name, intervalMs } = this.group;
    const [from, to] = [last - (missed - 1) * intervalMs, last].map((t) => new Date(t).toISOString());
    const message = `recording group ${name}: ${missed} evaluations fell out, from ${from} to ${to}`;
    const labels = { group: name };
    this.#parts.events.append({
      t: this.#parts.clock.now(),
      kind: 'recording.missed',
      severity: 'warning',
      message,
      labels,
    });
  }

  /** All rules at one time; a rule sees what those before it have recorded for it. */
  async evaluate(at: number): Promise<void> {
    await this.#parts.stored().catch(() => undefined);
    for (const [i, rule] of this.group.rules.entries()) {
      if (this.#stopping.signal.aborted) return;
      const state = this.#states[i];
      if (state !== undefined) await this.#evaluate(state, rule, at);
    }
    this.#lastAt = at;
    if (!this.#stopping.signal.aborted) await this.#progress.keep(at);
  }

  async #evaluate(state: RuleState, rule: RecordingRule, at: number): Promise<void> {
    const { clock } = this.#parts;
    const startedAt = clock.monotonic();
    const { status } = state;
    let result: Partial<RecordingStatus>;
    try {
      const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(MAX_EVALUATION_MS)]);
      const limit = this.group.limit || MAX_SERIES;
      const { intervalMs } = this.group;
      const recorded = await evaluateRule(this.#parts, { rule, at, intervalMs, limit, signal });
      const keys = new Set([...recorded.values.keys(), ...recorded.histograms.keys()]);
      await this.#write(
        recorded,
        [...state.keys].filter((key) => !keys.has(key)),
        at,
      );
      state.keys = keys;
      result = { series: keys.size, error: '' };
    } catch (error) {
      result = { error: messageOf(error), failures: status.failures + 1 };
    }
    const durationMs = clock.monotonic() - startedAt;
    state.status = { ...status, ...result, lastAt: at, durationMs, evaluations: status.evaluations + 1 };
  }

  async #write({ values, histograms }: Recorded, ended: readonly string[], at: number): Promise<void> {
    const times = (count: number): Float64Array => new Float64Array(count).fill(at);
    await this.#parts.sink.writeRecords({
      source: SOURCE,
      samples: { keys: [...values.keys()], t: times(values.size), values: Float64Array.from(values.values()) },
      stale: { keys: ended, t: times(ended.length) },
      histograms: [...histograms].map(([key, histogram]) => ({ key, t: at, histogram })),
    });
  }
}
