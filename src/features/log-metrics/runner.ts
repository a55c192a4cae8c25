import { messageOf } from '#core/errors.ts';
import type { LogMetricStatus } from '#core/log-metrics/log-metrics-api.ts';
import type { LogMetricRule } from '#core/log-metrics/rule.ts';
import type { EventSink } from '#core/sink.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import type { LogSearch } from '#query/logs/index.ts';
import { Arrivals, type Arrived } from './arrivals.ts';
import { correctLate } from './correct-late.ts';
import { evaluate } from './evaluate.ts';
import { definitionOf, LiveRule } from './live-rule.ts';
import type { Progress } from './progress.ts';
import { groupsOf, namesOf, type RuleGroup, readLabelSets } from './rule-groups.ts';
import type { SeriesWriter } from './series-writer.ts';

export type RunnerParts = {
  readonly logs: Pick<LogSearch, 'windows'>;
  readonly writer: SeriesWriter;
  readonly events: EventSink;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Resolves when all that was received before the call can be searched. */
  readonly settled: () => Promise<void>;
  /** Keeps how far rules are. Never rejects. */
  readonly keep: (progress: readonly Progress[]) => Promise<void>;
};

const NAP_MS = 1_000;
const STOP_MS = 2_000;
const MAX_EVALUATION_MS = 60_000;
/** Windows that are older are given up, and of short ones so many are caught up. */
const OLDEST_CAUGHT_UP_MS = 24 * 3_600_000;
const MAX_CAUGHT_UP = 10_000;
/** Late lines are gathered for so long, and correcting takes this part of the time at most. */
const CORRECT_EVERY_MS = 60_000;
const CORRECTION_SHARE = 1 / 20;

/** Evaluates rules, window after window, and does over what lines came late for. */
export class LogMetricRunner {
  readonly #parts: RunnerParts;
  readonly #arrivals = new Arrivals();
  readonly #stopping = new AbortController();
  readonly #stopped = Promise.withResolvers<void>();
  #rules: readonly LiveRule[] = [];
  #running: Promise<unknown> = Promise.resolve();
  #correctAt = 0;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  get status(): readonly LogMetricStatus[] {
    return this.#rules.map(({ status }) => status);
  }

  find(metric: string): LiveRule | undefined {
    return this.#rules.find(({ rule }) => rule.metric === metric);
  }

  /** Lines have come into the store. */
  noticeLines(arrived: Arrived): void {
    if (this.#rules.length > 0) this.#arrivals.notice(arrived);
  }

  start(): void {
    this.#running = Promise.all([this.#loop(() => this.#evaluateDue()), this.#loop(() => this.#correct())]);
  }

  /** What is under way is given a moment. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#stopped.resolve();
    await Promise.race([this.#running, this.#parts.clock.sleep(STOP_MS)]);
  }

  /** Rules that did not change go on; a new one begins with the next window, a changed one where it is. */
  async replace(rules: readonly LogMetricRule[], stored: ReadonlyMap<string, Progress> = new Map()): Promise<void> {
    const running = new Map(this.#rules.map((live) => [live.rule.metric, live]));
    this.#rules = rules.map((rule) => {
      const before = running.get(rule.metric);
      if (before !== undefined && JSON.stringify(before.rule) === JSON.stringify(rule)) return before;
      return this.#begin(rule, before?.progress ?? stored.get(rule.metric));
    });
    await this.#parts.keep(this.#rules.map(({ progress }) => progress));
  }

  #begin(rule: LogMetricRule, progress: Progress | undefined): LiveRule {
    const { stepMs } = rule;
    const now = this.#parts.clock.now();
    const current = Math.floor(now / stepMs) * stepMs;
    if (progress === undefined) return new LiveRule(rule, { since: current, until: current });
    const until = Math.min(Math.ceil(progress.until / stepMs) * stepMs, current + stepMs);
    if (definitionOf(rule) !== progress.definition) return new LiveRule(rule, { since: until, until });
    const live = new LiveRule(rule, { since: progress.since, until });
    // What an earlier process was about to do is not known: its last windows are looked at again.
    live.notice(undefined);
    return live;
  }

  async #loop(pass: () => Promise<void>): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await pass().catch((error: unknown) => {
        if (!signal.aborted) this.#parts.logger.debug({ err: error }, 'metrics of logs: trying again');
      });
      await this.#parts.clock.sleep(NAP_MS, signal);
    }
  }

  async #evaluateDue(): Promise<void> {
    const { clock, keep } = this.#parts;
    for (;;) {
      const now = clock.now();
      const due = this.#rules.filter((rule) => rule.isDue(now));
      if (due.length === 0 || this.#stopping.signal.aborted) return;
      await this.#settled();
      this.#deliver();
      for (const group of groupsOf(due, ({ until, isVerified }) => [until, isVerified])) {
        if (!this.#stopping.signal.aborted) await this.#evaluate(group, now);
      }
      await keep(due.filter((rule) => this.#rules.includes(rule)).map(({ progress }) => progress));
    }
  }

  /** Waits for the store, but not when everything stops. */
  async #settled(): Promise<void> {
    await Promise.race([this.#parts.settled(), this.#stopped.promise]);
    this.#stopping.signal.throwIfAborted();
  }

  /** Before windows are evaluated: what comes from now on is late for them. */
  #deliver(): void {
    const arrived = this.#arrivals.take();
    for (const rule of this.#rules) rule.notice(arrived);
  }

  async #evaluate(group: RuleGroup, now: number): Promise<void> {
    const { logs, writer, clock } = this.#parts;
    const startedAt = clock.monotonic();
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(MAX_EVALUATION_MS)]);
    const [first] = group;
    this.#giveUp(group, now);
    const to = Math.min(first.settledUntil(now), first.until + first.atOnce * first.rule.stepMs);
    const range = { from: first.until, to };
    for (const one of group) one.begin(to);
    try {
      if (!first.isVerified && first.sets.size === 0) await readLabelSets(first, first.until, { writer, signal });
      const found = await evaluate({ logs, rules: group.map(({ rule }) => rule), range, sets: first.sets, signal });
      // Somebody has changed them meanwhile.
      if (!group.every((one) => this.#rules.includes(one))) return;
      const metadata = group.flatMap((one) => (one.isDescribed ? [] : one.metadata));
      const { refused: error } = first.isVerified
        ? await writer.append(found.samples, metadata)
        : await writer.replace(namesOf(group), found.samples, signal);
      for (const one of group) {
        one.isDescribed ||= one.isVerified && found.samples.size > 0;
        one.done(to, { ...found, at: now, ms: clock.monotonic() - startedAt, error });
      }
    } catch (error) {
      const outcome = { at: now, ms: clock.monotonic() - startedAt, rowsRead: 0, refused: 0, error: messageOf(error) };
      if (!this.#stopping.signal.aborted) for (const one of group) one.failed(outcome);
    }
  }

  /** Windows whose time is over are left out. */
  #giveUp(group: RuleGroup, now: number): void {
    const { until, rule } = group[0];
    const { stepMs } = rule;
    const oldest = Math.floor((now - Math.min(OLDEST_CAUGHT_UP_MS, MAX_CAUGHT_UP * stepMs)) / stepMs) * stepMs;
    if (until >= oldest) return;
    const [from, to] = [until, oldest].map((t) => new Date(t).toISOString());
    for (const one of group) {
      one.missed += (oldest - until) / stepMs;
      one.until = oldest;
      const { metric } = one.rule;
      const message = `metric ${metric} of logs: windows from ${from} to ${to} were given up`;
      const labels = { metric };
      this.#parts.events.append({ t: now, kind: 'log-metrics.missed', severity: 'warning', message, labels });
    }
  }

  async #correct(): Promise<void> {
    const { clock, logs, writer } = this.#parts;
    this.#deliver();
    if (!this.#rules.some((rule) => rule.late.size > 0) || clock.monotonic() < this.#correctAt) return;
    await this.#settled();
    this.#deliver();
    const late = this.#rules.filter((rule) => rule.late.size > 0);
    this.#correctAt = clock.monotonic() + CORRECT_EVERY_MS;
    let ms = 0;
    for (const group of groupsOf(late, ({ until }) => until)) {
      if (!this.#stopping.signal.aborted)
        ms += await correctLate(group, { logs, writer, signal: this.#stopping.signal });
    }
    this.#correctAt = clock.monotonic() + Math.max(CORRECT_EVERY_MS, ms / CORRECTION_SHARE);
  }
}
