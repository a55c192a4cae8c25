import type { FoundProposal } from '#core/api/collectors.ts';
import { messageOf } from '#core/errors.ts';
import type { CollectorPlugin } from '#core/plugin/collector.ts';
import type { HostFacts, Proposal } from '#core/plugin/discovery.ts';
import type { Logger } from '#io/log.ts';
import type { CollectorWork } from './collector-work.ts';
import type { Targets } from './targets.ts';

export type FoundOptions = {
  readonly plugins: ReadonlyMap<string, CollectorPlugin>;
  readonly targets: Targets;
  readonly work: CollectorWork;
  /** `offer`: nothing starts by itself. */
  readonly mode: 'auto' | 'offer';
  readonly logger: Logger;
};

/** Errors that say most about a target when several of its candidates failed, best first. */
const TELLING = ['auth', 'answer', 'protocol', 'timeout', 'unreachable'];

/** What was found on this host: starts what answers without a login, offers the rest. */
export class Found {
  readonly #options: FoundOptions;
  #proposals: readonly FoundProposal[] = [];

  constructor(options: FoundOptions) {
    this.#options = options;
  }

  /** What was found last and is not collected since. */
  async proposals(): Promise<readonly FoundProposal[]> {
    const isKnown = await this.#known();
    return this.#proposals.filter(({ collector, target }) => !isKnown(collector, target));
  }

  forget(id: string): FoundProposal | undefined {
    const proposal = this.#proposals.find((one) => one.id === id);
    this.#proposals = this.#proposals.filter((one) => one.id !== id);
    return proposal;
  }

  /** Considers all that every plugin proposes now. */
  async consider(facts: ReadonlyMap<string, HostFacts>, signal: AbortSignal): Promise<void> {
    const offered: FoundProposal[] = [];
    for (const [collector, known] of facts) {
      const proposals = this.#options.plugins.get(collector)?.discovery?.propose(known) ?? [];
      for (const proposal of proposals) {
        if (signal.aborted) return;
        const offer = await this.#weigh(collector, proposal, signal).catch((error: unknown) => {
          this.#options.logger.warn({ err: error, collector }, 'what was found could not be considered');
        });
        if (offer !== undefined) offered.push(offer);
      }
    }
    this.#proposals = offered;
  }

  /** Starts it, or says what to offer; undefined when there is nothing to offer. */
  async #weigh(collector: string, proposal: Proposal, signal: AbortSignal): Promise<FoundProposal | undefined> {
    const [first = {}] = proposal.candidates;
    const targets = proposal.candidates.flatMap((options) => this.#targetOf(collector, options) ?? []);
    const [target] = targets;
    if (target === undefined) return undefined;
    const isKnown = await this.#known();
    if (targets.some((one) => isKnown(collector, one))) return undefined;
    const offer = {
      ...{ id: `${collector}/${target}`, collector, target, seen: proposal.seen, options: first },
      title: this.#options.plugins.get(collector)?.title ?? collector,
    };
    if (this.#options.mode === 'offer') return { ...offer, reason: 'targets are not started by themselves' };
    const errors: { kind: string; message: string; options: Readonly<Record<string, unknown>> }[] = [];
    for (const options of proposal.candidates) {
      const spec = { collector, origin: 'found', entry: options } as const;
      const tried = await this.#options.work.tryOut(spec, new Map(), signal);
      if (tried.isOk) {
        await this.#options.targets.adopt(collector, options);
        return undefined;
      }
      errors.push({ kind: 'answer', message: tried.problems.join('; '), ...tried.error, options });
    }
    const rank = (kind: string): number => (TELLING.includes(kind) ? TELLING.indexOf(kind) : TELLING.length);
    const [told] = errors.sort((a, b) => rank(a.kind) - rank(b.kind));
    return { ...offer, options: told?.options ?? first, reason: told?.message ?? '' };
  }

  #targetOf(collector: string, entry: Readonly<Record<string, unknown>>): string | undefined {
    try {
      return this.#options.work.check({ collector, entry, origin: 'found' });
    } catch (error) {
      this.#options.logger.warn({ collector, problem: messageOf(error) }, 'a proposal is no valid target');
      return undefined;
    }
  }

  /** Tells what is collected, or was removed by hand. */
  async #known(): Promise<(collector: string, target: string) => boolean> {
    const running = new Set(this.#options.work.statuses().map(({ plugin, target }) => `${plugin} ${target}`));
    const stored = await this.#options.targets.known();
    return (collector, target) => running.has(`${collector} ${target}`) || stored.has(`${collector} ${target}`);
  }
}
