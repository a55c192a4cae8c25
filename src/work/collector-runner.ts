import type { TriedCollection } from '#core/api/collectors.ts';
import type { CollectorStatus } from '#core/api/status.ts';
import type { CollectorPlugin } from '#core/plugin/collector.ts';
import type { SecretSource } from '#core/secret-source.ts';
import type { EventSink, RecordSink } from '#core/sink.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import { CollectorTarget, type TargetSurroundings } from './collector-target.ts';
import { type CollectorsConfig, type PlannedCollector, planCollectors } from './config.ts';
import { createRunLimits } from './run-limits.ts';
import { tryCollector } from './try-collector.ts';

export type CollectorRunnerOptions = {
  /** By plugin id, as found by the scan of `src/plugins/collectors`. */
  readonly plugins: ReadonlyMap<string, CollectorPlugin>;
  readonly config: CollectorsConfig;
  /** The name of this machine: the `host` label of what names no other. */
  readonly host: string;
  readonly sink: RecordSink;
  readonly events: EventSink;
  readonly secrets: SecretSource;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** Who asks for targets, the first wins where two ask for the same: the configuration, files of targets, DNS, the page. */
const SOURCES = ['config', 'files', 'dns', 'stored'] as const;
type TargetSource = (typeof SOURCES)[number];

/** Runs every target that is asked for on its schedule. */
export type CollectorRunner = {
  readonly start: () => void;
  /** Aborts what is under way; resolves when all instances are closed, within about 2 s. No series is ended. */
  readonly stop: () => Promise<void>;
  /** All that this source asks for from now on: what is new starts, what is gone stops and its series end. */
  readonly setTargets: (source: Exclude<TargetSource, 'config'>, planned: readonly PlannedCollector[]) => void;
  /** One run that stores nothing; its secrets come from `secrets`. */
  readonly tryOut: (
    planned: PlannedCollector,
    how: { readonly secrets: SecretSource; readonly signal: AbortSignal },
  ) => Promise<TriedCollection>;
  readonly statuses: () => readonly CollectorStatus[];
  /** What runs, as it is planned. */
  readonly planned: () => readonly PlannedCollector[];
};

type Running = { readonly target: CollectorTarget; readonly stop: AbortController; readonly done: Promise<void> };

/** Checks the config (see {@link planCollectors} for what it throws) and prepares the targets; `start` sets them going. */
export function createCollectorRunner(options: CollectorRunnerOptions): CollectorRunner {
  const { plugins, config, ...surroundings } = options;
  const targets = new TargetSet({ ...surroundings, limits: createRunLimits() });
  targets.set('config', planCollectors(plugins, config));
  return {
    start: () => targets.start(),
    stop: () => targets.stop(),
    setTargets: (source, planned) => targets.set(source, planned),
    tryOut: (planned, { secrets, signal }) => tryCollector(planned, { ...options, secrets }, signal),
    statuses: () => targets.statuses(),
    planned: () => targets.planned(),
  };
}

/** The running targets: made equal to what all sources ask for each time one of them asks for something else. */
class TargetSet {
  readonly #around: TargetSurroundings;
  readonly #wanted = new Map<TargetSource, readonly PlannedCollector[]>();
  readonly #targets = new Map<string, CollectorTarget>();
  readonly #running = new Map<string, Running>();
  readonly #leaving = new Set<Promise<void>>();
  #state: 'prepared' | 'started' | 'stopped' = 'prepared';

  constructor(around: TargetSurroundings) {
    this.#around = around;
  }

  start(): void {
    this.#state = 'started';
    this.#sync();
  }

  async stop(): Promise<void> {
    this.#state = 'stopped';
    for (const { stop } of this.#running.values()) stop.abort();
    await Promise.all([...this.#running.values()].map(({ done }) => done));
    await Promise.all(this.#leaving);
  }

  set(source: TargetSource, planned: readonly PlannedCollector[]): void {
    this.#wanted.set(source, planned);
    this.#sync();
  }

  statuses(): CollectorStatus[] {
    return [...this.#targets.values()].map((target) => target.status());
  }

  planned(): PlannedCollector[] {
    return [...this.#chosen().values()];
  }

  #sync(): void {
    if (this.#state === 'stopped') return;
    const wanted = this.#chosen();
    for (const key of [...this.#targets.keys()]) {
      if (wanted.has(key)) continue;
      this.#targets.delete(key);
      this.#leave(key);
    }
    for (const [key, planned] of wanted) {
      const target = this.#targets.get(key) ?? new CollectorTarget(planned, this.#around);
      this.#targets.set(key, target);
      if (this.#state === 'started' && !this.#running.has(key)) this.#running.set(key, this.#run(target));
    }
  }

  /** What is to run, by all that makes it what it is. */
  #chosen(): Map<string, PlannedCollector> {
    const names = new Set<string>();
    const chosen = new Map<string, PlannedCollector>();
    for (const planned of SOURCES.flatMap((source) => this.#wanted.get(source) ?? [])) {
      const { plugin: _, ...facts } = planned;
      const name = `${planned.id} ${planned.target}`;
      if (names.has(name)) continue;
      names.add(name);
      chosen.set(JSON.stringify(facts), planned);
    }
    return chosen;
  }

  #run(target: CollectorTarget): Running {
    const stop = new AbortController();
    // Whoever leaves ends series that this one may go on with.
    const done = Promise.all(this.#leaving)
      .then(() => target.work(stop.signal))
      .catch((error: unknown) => this.#around.logger.error({ err: error }, 'a collector has ended'));
    return { target, stop, done };
  }

  #leave(key: string): void {
    const running = this.#running.get(key);
    if (running === undefined) return;
    this.#running.delete(key);
    running.stop.abort();
    const left = running.done.then(() => running.target.retire()).finally(() => this.#leaving.delete(left));
    this.#leaving.add(left);
  }
}
