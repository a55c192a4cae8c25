import { ContinuedCounters } from '#core/counters/counter.ts';
import { canonicalKey, type Labels, NAME_LABEL } from '#core/model/labels.ts';
import type { CollectedState, CollectedValue, Collection } from '#core/plugin/collector.ts';
import type { PlannedCollector } from './config.ts';
import { createSeriesGuard, type Refusal, type SeriesGuard } from './series-guard.ts';

/** Something that has another state than in the run before. */
export type StateChange = {
  readonly metric: string;
  readonly labels: Labels;
  readonly from: string;
  readonly to: string;
  readonly reason?: string;
};

/** What one collection comes to. */
export type TakenCollection = {
  readonly keys: string[];
  readonly values: number[];
  /** Series that have ended. */
  readonly ended: readonly string[];
  /** One for each value that was refused. */
  readonly refusals: readonly { readonly metric: string; readonly refusal: Refusal }[];
  readonly changes: readonly StateChange[];
  readonly restarted: boolean;
};

/** Most series of one target. */
export const MOST_SERIES = 10_000;
/** Start times are told in whole seconds and computed from uptimes. */
const START_TOLERANCE_MS = 5_000;

/** Remembers the series of one target from run to run: what has ended, what has another state, which counters go on. */
export class TargetSeries {
  readonly #planned: PlannedCollector;
  readonly #guard: SeriesGuard;
  readonly #counters = new ContinuedCounters();
  readonly #states = new Map<string, string>();
  #alive = new Set<string>();
  #runId: string | undefined;
  #startedAt: number | undefined;

  constructor(planned: PlannedCollector, labels: Labels) {
    this.#planned = planned;
    this.#guard = createSeriesGuard(planned.metrics, labels, MOST_SERIES);
  }

  size(): number {
    return this.#guard.size();
  }

  /** The series of a run that gave something; `now` is monotonic. */
  take(collection: Collection, now: number): TakenCollection {
    const restarted = this.#noticeRestart(collection);
    const taken = { keys: [] as string[], values: [] as number[], restarted };
    const refusals: { metric: string; refusal: Refusal }[] = [];
    const admit = (one: CollectedValue): void => {
      const verdict = this.#guard.admit(one, now);
      if ('refusal' in verdict) {
        refusals.push({ metric: one.metric, refusal: verdict.refusal });
        return;
      }
      taken.keys.push(verdict.key);
      taken.values.push(this.#valueOf(one, verdict.key, restarted));
    };
    for (const value of collection.values) admit(value);
    const changes: StateChange[] = [];
    for (const state of collection.states ?? []) {
      const values = this.#spread(state);
      if (values === undefined) refusals.push({ metric: state.metric, refusal: 'undeclared' });
      else for (const value of values) admit(value);
      changes.push(...this.#noticeState(state));
    }
    return { ...taken, refusals, changes, ended: this.#endMissing(taken.keys, collection) };
  }

  /** The run failed: every series ends until it comes again. */
  endAll(): readonly string[] {
    const ended = [...this.#alive];
    this.#alive = new Set();
    return ended;
  }

  #valueOf({ metric, value }: CollectedValue, key: string, restarted: boolean): number {
    const isShort = this.#planned.metrics[metric]?.bits === 32;
    return isShort ? this.#counters.next(key, value, restarted) : value;
  }

  /** One value for each that the metric can have; undefined when it has no states, or not this one. */
  #spread({ metric, labels = {}, state }: CollectedState): CollectedValue[] | undefined {
    const states = this.#planned.metrics[metric]?.states;
    if (states === undefined || !states.values.includes(state)) return undefined;
    const { label, values } = states;
    return values.map((one) => ({ metric, labels: { ...labels, [label]: one }, value: one === state ? 1 : 0 }));
  }

  #noticeState({ metric, labels = {}, state: to, reason }: CollectedState): StateChange[] {
    const key = canonicalKey({ ...labels, [NAME_LABEL]: metric });
    const from = this.#states.get(key);
    if (from === undefined && this.#states.size >= MOST_SERIES) return [];
    this.#states.set(key, to);
    if (from === undefined || from === to) return [];
    return [{ metric, labels, from, to, ...(reason === undefined ? {} : { reason }) }];
  }

  #noticeRestart({ runId, startedAt }: Collection): boolean {
    const hasNewId = runId !== undefined && this.#runId !== undefined && runId !== this.#runId;
    const isLater =
      startedAt !== undefined && this.#startedAt !== undefined && startedAt > this.#startedAt + START_TOLERANCE_MS;
    this.#runId = runId ?? this.#runId;
    // Only a restart moves it: small differences would add up.
    if (this.#startedAt === undefined || isLater) this.#startedAt = startedAt;
    return hasNewId || isLater;
  }

  #endMissing(keys: readonly string[], { problems = [] }: Collection): readonly string[] {
    if (this.#planned.plugin.isPaced === true) return [];
    const current = new Set(keys);
    // Nobody knows which series belong to a part that failed.
    const isWhole = problems.length === 0;
    const missing = [...this.#alive].filter((key) => !current.has(key));
    this.#alive = isWhole ? current : new Set([...current, ...missing]);
    if (!isWhole) return [];
    for (const key of missing) this.#counters.forget(key);
    return missing;
  }
}
