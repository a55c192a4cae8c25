import { AppError, messageOf } from '#core/errors.ts';
import type { BackFill, BackFillRequest } from '#core/log-metrics/log-metrics-api.ts';
import { type LogMetricRule, seriesNames } from '#core/log-metrics/rule.ts';
import type { Clock } from '#io/clock.ts';
import type { LogSearch } from '#query/logs/index.ts';
import { insertBackFill, listBackFills, nextBackFill, updateBackFill } from './back-fill-store.ts';
import { evaluate } from './evaluate.ts';
import { LabelSets } from './label-sets.ts';
import { type LiveRule, windowsAtOnce } from './live-rule.ts';
import { readLabelSets } from './rule-groups.ts';
import type { SeriesWriter } from './series-writer.ts';
import type { LogMetricDb } from './tables.ts';

export type BackFillParts = {
  readonly db: LogMetricDb;
  readonly logs: Pick<LogSearch, 'windows'>;
  readonly writer: SeriesWriter;
  readonly clock: Clock;
  /** The rule of a metric, and as it is evaluated now; newer windows than that are left to it. */
  readonly rule: (metric: string) => Promise<{ readonly rule: LogMetricRule; readonly live?: LiveRule | undefined }>;
};

const MAX_WAITING = 20;
const RETRY_MS = 5_000;
/** As much time is left to others as one step takes. */
const PAUSE_SHARE = 1;

/** Evaluates rules over times that are past, one after the other, and goes on after a restart where it was. */
export class BackFills {
  readonly #parts: BackFillParts;
  readonly #stopping = new AbortController();
  #wake = Promise.withResolvers<void>();
  #current: { readonly id: number; readonly cancelled: AbortController } | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: BackFillParts) {
    this.#parts = parts;
  }

  list(): Promise<BackFill[]> {
    return listBackFills(this.#parts.db);
  }

  /** Throws `not_found` for a metric that no rule has, `bad_request` for no time, `too_many_requests`. */
  async add({ metric, from, to }: BackFillRequest, by: string): Promise<BackFill> {
    const { db, clock } = this.#parts;
    const { rule } = await this.#parts.rule(metric);
    const [begin, end] = [Math.ceil(from / rule.stepMs) * rule.stepMs, Math.floor(to / rule.stepMs) * rule.stepMs];
    if (begin >= end) throw new AppError('bad_request', `no window of ${metric} lies between ${from} and ${to}`);
    const open = (await this.list()).filter(({ state }) => state === 'waiting' || state === 'running');
    if (open.length >= MAX_WAITING) {
      throw new AppError('too_many_requests', `${open.length} back-fills are waiting: ask again when some are done`);
    }
    const added = await insertBackFill(db, { metric, from: begin, to: end, createdAt: clock.now(), createdBy: by });
    this.#wake.resolve();
    return added;
  }

  /** What is written stays. Throws `not_found` for one that has ended or never was. */
  async cancel(id: number): Promise<BackFill> {
    const cancelled = await updateBackFill(this.#parts.db, id, { state: 'cancelled' });
    if (cancelled === undefined) throw new AppError('not_found', 'there is no such back-fill that could be cancelled');
    if (this.#current?.id === id) this.#current.cancelled.abort();
    return cancelled;
  }

  start(): void {
    this.#running = this.#loop();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake.resolve();
    await this.#running;
  }

  async #loop(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      this.#wake = Promise.withResolvers<void>();
      try {
        const next = await nextBackFill(this.#parts.db);
        if (next === undefined) await this.#wake.promise;
        else await this.#run(next);
      } catch {
        // The state database is away: what is done over changes nothing.
        await this.#parts.clock.sleep(RETRY_MS, signal);
      }
    }
  }

  async #run(fill: BackFill): Promise<void> {
    const { db, clock } = this.#parts;
    const cancelled = new AbortController();
    this.#current = { id: fill.id, cancelled };
    const signal = AbortSignal.any([cancelled.signal, this.#stopping.signal]);
    let step: BackFill | undefined = fill;
    try {
      while (step !== undefined && step.state !== 'done') {
        const startedAt = clock.monotonic();
        step = await this.#advance(step, signal);
        await clock.sleep((clock.monotonic() - startedAt) * PAUSE_SHARE, signal);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof AppError && error.code === 'unavailable') throw error;
      await updateBackFill(db, fill.id, { state: 'failed', error: messageOf(error) });
    } finally {
      this.#current = undefined;
    }
  }

  /** Some windows; undefined when somebody has cancelled it. */
  async #advance({ id, metric, doneUntil, from, to }: BackFill, signal: AbortSignal): Promise<BackFill | undefined> {
    signal.throwIfAborted();
    const { db, logs, writer, clock } = this.#parts;
    const { rule, live } = await this.#parts.rule(metric);
    const newest = live?.until ?? Math.floor((clock.now() - rule.settleMs) / rule.stepMs) * rule.stepMs;
    const end = Math.min(to, newest, doneUntil + windowsAtOnce(rule.limit) * rule.stepMs);
    let error = '';
    if (end > doneUntil) {
      const sets = new LabelSets(rule);
      await readLabelSets({ rule, sets }, doneUntil, { writer, signal });
      const { samples } = await evaluate({ logs, rules: [rule], range: { from: doneUntil, to: end }, sets, signal });
      error = (await writer.replace(seriesNames(rule), samples, signal)).refused;
    }
    const isDone = end >= Math.min(to, newest);
    // From now on lines that come late for these windows count, too.
    if (isDone && live !== undefined && end >= live.since) live.since = Math.min(live.since, from);
    const state = isDone ? 'done' : 'running';
    return updateBackFill(db, id, { doneUntil: Math.max(doneUntil, end), state, ...(error === '' ? {} : { error }) });
  }
}
