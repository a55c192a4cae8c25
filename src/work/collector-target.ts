import type { CollectorStatus } from '#core/api/status.ts';
import type { Labels } from '#core/model/labels.ts';
import type { Collection } from '#core/plugin/collector.ts';
import type { SecretSource } from '#core/secret-source.ts';
import type { EventSink, RecordSink } from '#core/sink.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import { pauseAfter } from './back-off.ts';
import type { PlannedCollector } from './config.ts';
import type { Limiter } from './limiter.ts';
import { createOwnSeries, newTargetState, type TargetState } from './own-series.ts';
import type { RunLimits } from './run-limits.ts';
import { createSampleOutbox, type SampleOutbox } from './sample-outbox.ts';
import { cadenceOf, type Slot, slots } from './schedule.ts';
import { overflowEvent, restartEvent, stateEvent, type TargetMoment, upEvent } from './target-events.ts';
import { targetLabels } from './target-labels.ts';
import { type RunOutcome, TargetRunner } from './target-run.ts';
import { type TakenCollection, TargetSeries } from './target-series.ts';

/** What all targets share. */
export type TargetSurroundings = {
  /** The name of this machine. */
  readonly host: string;
  readonly sink: RecordSink;
  readonly events: EventSink;
  readonly secrets: SecretSource;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits: RunLimits;
};

/** What one run adds to the store. */
type Written = { readonly keys: string[]; readonly values: number[]; readonly ended: readonly string[] };

/** Of one run, in the status. */
const MOST_MESSAGES = 5;
/** A plugin that ignores its signal is left behind after this time when the server stops. */
const STOP_PATIENCE_MS = 2_000;

/** One scheduled target: waits for its slots, runs the plugin, writes what it gave and its own series. */
export class CollectorTarget {
  readonly #planned: PlannedCollector;
  readonly #around: TargetSurroundings;
  readonly #state: TargetState = newTargetState();
  readonly #series: TargetSeries;
  readonly #runner: TargetRunner;
  readonly #limiter: Limiter;
  readonly #outbox: SampleOutbox;
  readonly #ownSeries: ReturnType<typeof createOwnSeries>;
  readonly #targetLabels: Labels;
  readonly #labels: Labels;
  #underWay: Promise<unknown> | undefined;
  /** Monotonic, and the same on the wall clock for the status. */
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #pausedUntilWall = 0;
  #storageRefuses = false;
  #overflows = false;
  #hasWritten = false;

  constructor(planned: PlannedCollector, around: TargetSurroundings) {
    this.#planned = planned;
    this.#around = around;
    this.#targetLabels = targetLabels(planned, around.host, planned.labels);
    this.#labels = { ...this.#targetLabels, collector: planned.id, target: planned.target };
    this.#series = new TargetSeries(planned, this.#targetLabels);
    this.#runner = new TargetRunner(planned, around.clock, around.secrets);
    this.#limiter = around.limits.of(planned);
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

  /** The target is asked for no more: its series end. To be called after `work`. */
  async retire(): Promise<void> {
    if (!this.#hasWritten) return;
    const keys = [...this.#series.endAll(), ...this.#ownSeries.keys()];
    const t = new Float64Array(keys.length).fill(this.#around.clock.now());
    this.#outbox.send({ source: this.#source(), stale: { keys, t } });
    await this.#outbox.flushed();
  }

  status(): CollectorStatus {
    const { id, plugin, target, intervalMs, origin, storedId } = this.#planned;
    const { up, since, lastRunAt, lastSuccessAt, lastDurationMs, lastError, errorKind, runs, failures, skipped } =
      this.#state;
    const isPaused = this.#around.clock.monotonic() < this.#pausedUntil;
    return {
      ...(storedId === undefined ? {} : { id: storedId }),
      ...{ origin, plugin: id, title: plugin.title, summary: plugin.summary, target, labels: this.#targetLabels },
      ...{ intervalMs, up: up === true, since, lastRunAt, lastSuccessAt, lastDurationMs, lastError, errorKind },
      pausedUntil: isPaused ? this.#pausedUntilWall : 0,
      ...{ series: this.#series.size(), runs, failures, skipped },
    };
  }

  #atSlot({ at, missed }: Slot, stop: AbortSignal): void {
    this.#state.skipped += missed;
    if (this.#underWay !== undefined) {
      this.#state.skipped++;
      this.#write(at);
    } else if (this.#around.clock.monotonic() < this.#pausedUntil) {
      this.#write(at);
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
    const release = await this.#limiter.acquire(stop);
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
    if (outcome.kind === 'collected') {
      const { written, failure } = this.#take(at, outcome.collection);
      state.points = written.keys.length;
      if (failure === undefined) this.#succeeded(at);
      else this.#failed(at, failure, 'failed');
      this.#write(at, written);
    } else {
      this.#count(outcome.kind);
      state.points = 0;
      this.#failed(at, outcome.message, outcome.kind);
      this.#write(at, { keys: [], values: [], ended: this.#series.endAll() });
    }
  }

  /** Takes the admissible values; `failure` is why the run counts as failed, if it does. */
  #take(at: number, collection: Collection): { written: Written; failure: string | undefined } {
    const { problems = [] } = collection;
    const taken = this.#series.take(collection, this.#around.clock.monotonic());
    for (const { refusal } of taken.refusals) this.#count(refusal);
    for (const _ of problems) this.#count('partial');
    this.#tell(at, taken);
    for (const event of collection.events ?? []) {
      this.#around.events.append({ ...event, labels: { ...event.labels, ...this.#labels } });
    }
    const messages = problems.map(({ part, message }) => `${part}: ${message}`);
    const refusals = new Map(taken.refusals.map(({ metric, refusal }) => [metric, refusal]));
    const refused = [...refusals].map(([metric, refusal]) => `${metric}: ${refusal}`);
    this.#state.lastError = [...messages, ...refused].slice(0, MOST_MESSAGES).join('; ');
    this.#state.errorKind = this.#state.lastError === '' ? '' : 'partial';
    const gaveNothing = taken.keys.length === 0 && messages.length + refused.length > 0;
    return { written: taken, failure: gaveNothing ? this.#state.lastError : undefined };
  }

  /** Events of what changed; series that are refused are told when that begins, not at every run. */
  #tell(at: number, { refusals, restarted, changes }: TakenCollection): void {
    const { events } = this.#around;
    const overflows = refusals.some(({ refusal }) => refusal === 'too_many_series');
    const moment = this.#moment(at);
    if (overflows && !this.#overflows) events.append(overflowEvent(moment));
    this.#overflows = overflows;
    if (restarted) events.append(restartEvent(moment));
    for (const change of changes) events.append(stateEvent(moment, change));
  }

  #succeeded(at: number): void {
    this.#state.lastSuccessAt = at;
    this.#state.consecutiveFailures = 0;
    this.#setUp(at, true, 'gives values again');
  }

  #failed(at: number, message: string, kind: string): void {
    const state = this.#state;
    const { intervalMs } = this.#planned;
    state.failures++;
    state.consecutiveFailures++;
    state.lastError = message;
    state.errorKind = kind;
    const pause = pauseAfter(state.consecutiveFailures, intervalMs, kind);
    if (pause > 0) {
      // Half an interval earlier, so that timer jitter does not cost the slot at which the pause ends.
      this.#pausedUntil = this.#around.clock.monotonic() + pause - intervalMs / 2;
      this.#pausedUntilWall = at + pause;
    }
    this.#setUp(at, false, `failed: ${message}`);
  }

  #setUp(t: number, up: boolean, what: string): void {
    const previous = this.#state.up;
    this.#state.up = up;
    if (previous !== up) this.#state.since = t;
    if (previous === up || (previous === undefined && up)) return;
    this.#around.logger[up ? 'info' : 'warn']({ ...this.#labels, what }, 'collector state changed');
    this.#around.events.append(upEvent(this.#moment(t), up, previous, what));
  }

  #moment(t: number): TargetMoment {
    return { t, name: `${this.#planned.id} of ${this.#planned.target}`, labels: this.#labels };
  }

  #count(type: string): void {
    this.#state.errors[type] = (this.#state.errors[type] ?? 0) + 1;
  }

  #source(): string {
    return `collector/${this.#planned.id}`;
  }

  #write(at: number, { keys, values, ended }: Written = { keys: [], values: [], ended: [] }): void {
    this.#ownSeries.append(this.#state, keys, values);
    const times = (count: number): Float64Array => new Float64Array(count).fill(at);
    const samples = { keys, t: times(keys.length), values: Float64Array.from(values) };
    const stale = ended.length === 0 ? {} : { stale: { keys: ended, t: times(ended.length) } };
    this.#outbox.send({ source: this.#source(), samples, ...stale });
    this.#hasWritten = true;
  }

  #lost(count: number, reason: string): void {
    this.#state.dropped += count;
    if (!this.#storageRefuses) this.#around.logger.warn({ ...this.#labels, reason }, 'collected values were dropped');
    this.#storageRefuses = true;
  }
}
