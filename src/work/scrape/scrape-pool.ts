import { setMaxListeners } from 'node:events';
import type { ActiveTarget, DroppedTarget } from '#core/api/targets.ts';
import type { Labels } from '#core/model/labels.ts';
import { type Discovery, type DiscoveryTools, targetsOf } from './discovery/discovery.ts';
import { dnsDiscovery } from './discovery/dns-discovery.ts';
import { fileDiscovery } from './discovery/file-discovery.ts';
import { httpDiscovery } from './discovery/http-discovery.ts';
import { createHttpClient } from './http-client.ts';
import type { PlannedJob } from './plan.ts';
import { type Target, targetOf } from './target.ts';
import { type LoopTools, TargetLoop } from './target-loop.ts';

export type PoolTools = Omit<LoopTools, 'client' | 'refusal'> &
  DiscoveryTools & {
    /** DNS servers (`ip:port`) in place of the system's. */
    readonly dnsServers?: readonly string[];
  };

type Running = { readonly loop: TargetLoop; readonly stop: AbortController; readonly done: Promise<void> };

/** One job: what its discoveries find is scraped, and what they lose is not any more. */
export class ScrapePool {
  readonly #plan: PlannedJob;
  readonly #tools: PoolTools;
  readonly #loopTools: LoopTools;
  readonly #discoveries: readonly Discovery[];
  readonly #found: (readonly Labels[])[] = [];
  readonly #loops = new Map<string, Running>();
  readonly #leaving = new Set<Promise<void>>();
  #dropped: readonly Labels[] = [];
  #refusal: string | undefined;

  constructor(plan: PlannedJob, tools: PoolTools) {
    this.#plan = plan;
    this.#tools = tools;
    this.#loopTools = { ...tools, client: createHttpClient(plan.job, tools.clock.now), refusal: () => this.#refusal };
    this.#discoveries = discoveriesOf(plan, tools);
  }

  /** Runs until the signal aborts; resolves when everything is at rest. */
  async work(signal: AbortSignal): Promise<void> {
    setMaxListeners(0, signal);
    this.#found[0] = targetsOf(this.#plan.job.static_configs);
    this.#sync(signal);
    await Promise.all(
      this.#discoveries.map((discover, i) =>
        discover((targets) => {
          this.#found[i + 1] = targets;
          this.#sync(signal);
        }, signal),
      ),
    );
    await Promise.all([...this.#loops.values()].map(({ done }) => done));
    await Promise.all(this.#leaving);
    this.#loopTools.client.close();
  }

  active(): ActiveTarget[] {
    return [...this.#loops.values()].map(({ loop }) => loop.status());
  }

  dropped(): DroppedTarget[] {
    const { keep_dropped_targets: most } = this.#plan.job;
    const listed = most > 0 ? this.#dropped.slice(0, most) : this.#dropped;
    return listed.map((discoveredLabels) => ({ discoveredLabels, scrapePool: this.#plan.name }));
  }

  #sync(signal: AbortSignal): void {
    if (signal.aborted) return;
    const targets = this.#targets();
    const { target_limit: most } = this.#plan.limits;
    this.#refusal =
      most > 0 && targets.size > most
        ? `the job has ${targets.size} targets, more than target_limit ${most}`
        : undefined;
    for (const [key, running] of this.#loops) {
      if (targets.has(key)) continue;
      this.#loops.delete(key);
      this.#leave(running);
    }
    for (const [key, target] of targets) if (!this.#loops.has(key)) this.#loops.set(key, this.#start(target, signal));
  }

  /** What is to be scraped, each once, by key. */
  #targets(): Map<string, Target> {
    const targets = new Map<string, Target>();
    const dropped: Labels[] = [];
    for (const found of this.#found.flat()) {
      const outcome = targetOf(found, this.#plan);
      if (outcome.kind === 'target') targets.set(outcome.target.key, outcome.target);
      else dropped.push(outcome.discoveredLabels);
      if (outcome.kind !== 'invalid') continue;
      const { discoveredLabels: labels, problem } = outcome;
      this.#tools.logger.warn({ job: this.#plan.name, labels, problem }, 'what was discovered is no target');
    }
    this.#dropped = dropped;
    return targets;
  }

  #start(target: Target, signal: AbortSignal): Running {
    const loop = new TargetLoop(target, this.#plan, this.#loopTools);
    const stop = new AbortController();
    const onStop = (): void => stop.abort();
    signal.addEventListener('abort', onStop, { once: true });
    const done = loop
      .work(stop.signal)
      .catch((error: unknown) => this.#tools.logger.error({ target: target.url, error }, 'a target is scraped no more'))
      .finally(() => signal.removeEventListener('abort', onStop));
    return { loop, stop, done };
  }

  #leave({ loop, stop, done }: Running): void {
    stop.abort();
    const left = done.then(() => loop.retire()).finally(() => this.#leaving.delete(left));
    this.#leaving.add(left);
  }
}

function discoveriesOf({ job }: PlannedJob, tools: PoolTools): readonly Discovery[] {
  const { dnsServers: servers } = tools;
  return [
    ...job.file_sd_configs.map((config) => fileDiscovery(config, tools)),
    ...job.dns_sd_configs.map((config) => dnsDiscovery(config, servers === undefined ? tools : { ...tools, servers })),
    ...job.http_sd_configs.map((config) => httpDiscovery(config, tools)),
  ];
}
