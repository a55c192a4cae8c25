import type { CollectorStatus } from '#core/api/status.ts';
import type { Collection } from '#core/plugin/collector.ts';
import type { EventSink, SampleSink } from '#core/sink.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import { pauseAfter } from './back-off.ts';
import type { PlannedCollector } from './config.ts';
import type { Limiter } from './limiter.ts';
import { createOwnSeries, newTargetState, type TargetState } from './own-series.ts';
import { createSampleOutbox, type SampleOutbox } from './sample-outbox.ts';
import { cadenceOf, type Slot, slots } from './schedule.ts';
import { createSeriesGuard, type Refusal, type SeriesGuard } from './series-guard.ts';
import { createTargetRunner, type RunOutcome, type TargetRunner } from './target-run.ts';

/** What all targets share. */
export type TargetSurroundings = {
  readonly host: string;
  readonly sink: SampleSink;
  readonly events: EventSink;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limiter: Limiter;
};

const MOST_SERIES = 10_000;
/** Of one run, in the status. */
const MOST_MESSAGES = 5;
/** A plugin that ignores its signal is left behind after this time when the server stops. */
const STOP_PATIENCE_MS = 2_000;

/** One scheduled target: waits for its slots, runs the plugin, writes what it gave and its own series. */
export class CollectorTarget {
  readonly #planned: PlannedCollector;
  readonly #around: TargetSurroundings;
  readonly #state: TargetState = newTargetState();
  readonly #guard: SeriesGuard;
  readonly #runner: TargetRunner;
  readonly #outbox: SampleOutbox;
  readonly #ownSeries: ReturnType<typeof createOwnSeries>;
  readonly #labels: { readonly collector: string; readonly target: string; readonly host: string };
  #underWay: Promise<unknown> | undefined;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #storageRefuses = false;
  #overflows = false;

  constructor(planned: PlannedCollector, around: TargetSurroundings) {
    this.#planned = planned;
    this.#around = around;
    this.#labels = { collector: planned.id, target: planned.target, host: around.host };
    this.#guard = createSeriesGuard(planned.plugin.metrics, around.host, MOST_SERIES);
    this.#runner = createTargetRunner(planned, around.clock);
    this.#outbox = createSampleOutbox(around.sink, {
      onStored: () => {
        this.#storageRefuses = false;
      },
      onLost: (count, reason) => this.#lost(count, reason),
    });
    this.#ownSeries = createOwnSeries(this.#labels);
  }

  /** Runs at every slot until the signal aborts; resolves when the last run has ended and the instance is closed. */
  async work(stop: AbortSignal): Promise<void> {
    const { clock } = this.#around;
    const cadence = cadenceOf(`${this.#planned.id} ${this.#planned.target}`, this.#planned.intervalMs);
    for await (const slot of slots(cadence, clock, stop)) this.#atSlot(slot, stop);
    const patience = new AbortController();
    await Promise.race([this.#underWay, clock.sleep(STOP_PATIENCE_MS, patience.signal)]);
    patience.abort();
    await this.#runner.close().catch((error: unknown) => {
      this.#around.logger.warn({ ...this.#labels, err: error }, 'a collector did not close');
    });
    await this.#outbox.flushed();
  }

  status(): CollectorStatus {
    const { id, plugin, target, intervalMs } = this.#planned;
    const { up, lastRunAt, lastSuccessAt, lastDurationMs, lastError, runs, failures, skipped } = this.#state;
    return {
      plugin: id,
      title: plugin.title,
      summary: plugin.summary,
      target,
      intervalMs,
      up: up === true,
      lastRunAt,
      lastSuccessAt,
      lastDurationMs,
      lastError,
      series: this.#guard.size(),
      runs,
      failures,
      skipped,
    };
  }

  #atSlot({ at, missed }: Slot, stop: AbortSignal): void {
    this.#state.skipped += missed;
    if (this.#underWay !== undefined) {
      this.#state.skipped++;
      this.#write(at, [], []);
    } else if (this.#around.clock.monotonic() < this.#pausedUntil) {
      this.#write(at, [], []);
    } else {
      this.#underWay = this.#run(at, stop)
        .catch((error: unknown) => this.#around.logger.error({ ...this.#labels, err: error }, 'a run broke off'))
        .finally(() => {
          this.#underWay = undefined;
        });
    }
  }

  /** Resolves when the plugin has let go, so that no second run meets the first. */
  async #run(at: number, stop: AbortSignal): Promise<void> {
    const release = await this.#around.limiter.acquire(stop);
    if (release === undefined) return;
    try {
      const outcome = await this.#runner.run(at, stop);
      if (outcome.kind !== 'stopped') this.#conclude(at, outcome);
      await outcome.settled;
    } finally {
      release();
    }
  }

  #conclude(at: number, outcome: RunOutcome): void {
    const state = this.#state;
    state.runs++;
    state.lastRunAt = at;
    state.lastDurationMs = outcome.durationMs;
    const keys: string[] = [];
    const values: number[] = [];
    const failure = outcome.kind === 'collected' ? this.#take(at, outcome.collection, keys, values) : outcome.message;
    if (outcome.kind !== 'collected') this.#count(outcome.kind);
    state.points = keys.length;
    if (failure === undefined) this.#succeeded(at);
    else this.#failed(at, failure);
    this.#write(at, keys, values);
  }

  /** Adds the admissible values; returns why the run counts as failed, if it does. */
  #take(at: number, collection: Collection, keys: string[], values: number[]): string | undefined {
    const { values: collected, problems = [] } = collection;
    const now = this.#around.clock.monotonic();
    const refused = new Map<string, Refusal>();
    for (const value of collected) {
      const verdict = this.#guard.admit(value, now);
      if ('key' in verdict) {
        keys.push(verdict.key);
        values.push(value.value);
      } else {
        this.#count(verdict.refusal);
        refused.set(value.metric, verdict.refusal);
      }
    }
    for (const _ of problems) this.#count('partial');
    this.#tellOverflow(at, refused);
    const messages = problems.map(({ part, message }) => `${part}: ${message}`);
    const refusals = [...refused].map(([metric, refusal]) => `${metric}: ${refusal}`);
    this.#state.lastError = [...messages, ...refusals].slice(0, MOST_MESSAGES).join('; ');
    if (keys.length > 0 || (problems.length === 0 && refused.size === 0)) return undefined;
    return this.#state.lastError;
  }

  /** An event when series begin to be refused, not at every run. */
  #tellOverflow(t: number, refused: ReadonlyMap<string, Refusal>): void {
    const overflows = [...refused.values()].includes('too_many_series');
    if (overflows && !this.#overflows) {
      const message = `The collector ${this.#planned.id} of ${this.#planned.target} has ${MOST_SERIES} series: more are refused.`;
      this.#around.events.append({ t, kind: 'collector.overflow', severity: 'warning', message, labels: this.#labels });
    }
    this.#overflows = overflows;
  }

  #succeeded(at: number): void {
    this.#state.lastSuccessAt = at;
    this.#state.consecutiveFailures = 0;
    this.#setUp(at, true, 'gives values again');
  }

  #failed(at: number, message: string): void {
    const state = this.#state;
    state.failures++;
    state.consecutiveFailures++;
    state.lastError = message;
    const pause = pauseAfter(state.consecutiveFailures, this.#planned.intervalMs);
    // Half an interval earlier, so that timer jitter does not cost the slot at which the pause ends.
    if (pause > 0) this.#pausedUntil = this.#around.clock.monotonic() + pause - this.#planned.intervalMs / 2;
    this.#setUp(at, false, `failed: ${message}`);
  }

  #setUp(t: number, up: boolean, what: string): void {
    const previous = this.#state.up;
    this.#state.up = up;
    if (previous === up || (previous === undefined && up)) return;
    const name = `collector ${this.#planned.id} of ${this.#planned.target}`;
    this.#around.logger[up ? 'info' : 'warn']({ ...this.#labels, what }, 'collector state changed');
    this.#around.events.append({
      t,
      kind: 'collector.state',
      severity: up ? 'ok' : 'major',
      message: `The ${name} ${what}.`,
      labels: this.#labels,
      state: up ? 'up' : 'down',
      previousState: previous === undefined ? '' : previous ? 'up' : 'down',
    });
  }

  #count(type: string): void {
    this.#state.errors[type] = (this.#state.errors[type] ?? 0) + 1;
  }

  #write(t: number, keys: string[], values: number[]): void {
    this.#ownSeries.append(this.#state, keys, values);
    const batch = { source: `collector/${this.#planned.id}`, t, keys, values: Float64Array.from(values) };
    this.#outbox.send(batch);
  }

  #lost(count: number, reason: string): void {
    this.#state.dropped += count;
    if (!this.#storageRefuses) this.#around.logger.warn({ ...this.#labels, reason }, 'collected values were dropped');
    this.#storageRefuses = true;
  }
}
