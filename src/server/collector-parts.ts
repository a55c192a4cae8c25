import { messageOf } from '#core/errors.ts';
import type { CollectorPlugin } from '#core/plugin/collector.ts';
import type { Route } from '#core/route.ts';
import type { EventSink, RecordSink } from '#core/sink.ts';
import { type Collectors, type CollectorWork, createCollectors } from '#features/collectors/index.ts';
import { createServices, type Services } from '#features/services/index.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import { createSecretSource } from '#io/secret-references.ts';
import type { StateDb } from '#storage/postgres/index.ts';
import { createKeyRing, SecretStore } from '#storage/secrets/index.ts';
import { type FactsByPlugin, followHost } from '#work/discovery/host-facts.ts';
import {
  type CollectorRunner,
  createCollectorRunner,
  followDnsTargets,
  followTargetFiles,
  type PlannedCollector,
  planTarget,
} from '#work/index.ts';
import type { Config } from './config/schema.ts';

type Options = {
  readonly config: Config;
  readonly collectors: ReadonlyMap<string, CollectorPlugin>;
  readonly clock: Clock;
  readonly logger: Logger;
};

type Around = {
  readonly host: string;
  readonly dataDir: string;
  readonly db: StateDb;
  readonly ingest: { readonly records: RecordSink; readonly events: EventSink };
  /** What has children of this process. */
  readonly children: readonly { readonly processes: () => readonly { readonly pid: number }[] }[];
};

/** Collectors, where their targets come from, and their secrets. */
export function createCollectorParts(options: Options, around: Around) {
  const { config, collectors: plugins, clock, logger } = options;
  const { host, db, dataDir, children } = around;
  const { records, events } = around.ingest;
  const { env } = process;
  const secrets = new SecretStore(db, createKeyRing(dataDir, env['NOCMATE_SECRET_KEY']));
  const source = createSecretSource(env, (name) => secrets.get(name));
  const tools = { host, sink: records, events, secrets: source, clock, logger };
  const runner = createCollectorRunner({ ...tools, plugins, config: config.collectors });
  const work = workOf(options, runner, source);
  const feature = createCollectors({
    ...{ db, secrets, plugins, work, events, clock, logger },
    discover: config.targets.discover === 'offer' ? 'offer' : 'auto',
  });
  const services = createServices({
    ...{ host, statuses: runner.statuses },
    ownPids: () => [process.pid, ...children.flatMap((child) => child.processes()).map(({ pid }) => pid)],
  });
  const collecting = new Collecting(options, runner, { feature, services });
  return { runner, collecting };
}

/** What runs collectors, and what follows where their targets come from. */
class Collecting {
  readonly #options: Options;
  readonly #runner: CollectorRunner;
  readonly #feature: Collectors;
  readonly #services: Services;
  readonly #life = new AbortController();
  readonly #loops: Promise<void>[] = [];

  constructor(
    options: Options,
    runner: CollectorRunner,
    { feature, services }: { readonly feature: Collectors; readonly services: Services },
  ) {
    this.#options = options;
    this.#runner = runner;
    this.#feature = feature;
    this.#services = services;
  }

  get routes(): readonly Route[] {
    return [...this.#feature.routes, ...this.#services.routes];
  }

  /** Needs no store. */
  start(): void {
    const { config, collectors: plugins, clock, logger } = this.#options;
    this.#runner.start();
    const publish = (planned: readonly PlannedCollector[]): void => this.#runner.setTargets('files', planned);
    const files = { patterns: config.targets.files, plugins, publish, clock, logger };
    this.#keep(followTargetFiles(files, this.#life.signal));
    this.#keep(followDnsTargets({ ...this.#dns(), plugins, clock, logger }, this.#life.signal));
  }

  /** To be called when the state database answers. */
  async storesReady(): Promise<void> {
    const { config, collectors: plugins, clock } = this.#options;
    const { signal } = this.#life;
    await this.#feature.start();
    if (config.targets.discover === 'off' || signal.aborted) return;
    const consider = (facts: FactsByPlugin): Promise<void> => {
      this.#services.notice(facts);
      return this.#feature.consider(facts, signal);
    };
    this.#keep(followHost({ plugins, clock }, consider, signal));
  }

  async stop(): Promise<void> {
    this.#life.abort();
    await Promise.all([this.#runner.stop(), ...this.#loops]);
  }

  #dns() {
    const publish = (planned: readonly PlannedCollector[]): void => this.#runner.setTargets('dns', planned);
    return { sections: this.#options.config.targets.dns, publish };
  }

  #keep(loop: Promise<void>): void {
    const { logger } = this.#options;
    this.#loops.push(loop.catch((error: unknown) => logger.error({ err: error }, 'targets are followed no more')));
  }
}

function workOf(
  { config: { inputs }, collectors: plugins, logger }: Options,
  runner: CollectorRunner,
  source: ReturnType<typeof createSecretSource>,
): CollectorWork {
  const plan = ({ collector, ...spec }: Parameters<CollectorWork['check']>[0]): PlannedCollector => {
    const planned = planTarget(plugins, { collector, place: collector, ...spec });
    if (planned === undefined) throw new Error('a target that is switched off cannot be planned');
    return planned;
  };
  return {
    check: (spec) => plan(spec).target,
    setStored: (specs) => {
      const planned = specs.flatMap((spec) => {
        try {
          return [plan(spec)];
        } catch (error) {
          logger.error({ collector: spec.collector, problem: messageOf(error) }, 'a stored target cannot be used');
          return [];
        }
      });
      runner.setTargets('stored', planned);
    },
    tryOut: (spec, given, signal) => {
      const secrets = { resolve: async (reference: string) => given.get(reference) ?? source.resolve(reference) };
      return runner.tryOut(plan(spec), { secrets, signal });
    },
    statuses: runner.statuses,
    users: () => [
      ...runner.planned().map(({ plugin, target, config }) => ({ name: `${plugin.title} ${target}`, options: config })),
      ...Object.entries(inputs).map(([id, options]) => ({ name: `input ${id}`, options })),
    ],
  };
}
