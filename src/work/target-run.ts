import { messageOf } from '#core/errors.ts';
import { CollectError, type CollectErrorKind } from '#core/plugin/collect-error.ts';
import type { CollectedState, Collection, CollectorInstance } from '#core/plugin/collector.ts';
import type { SecretSource } from '#core/secret-source.ts';
import type { Clock } from '#io/clock.ts';
import type { PlannedCollector } from './config.ts';
import { type OpenContext, openContext } from './context/open-context.ts';

/** How a run ended. `settled` resolves when the plugin has really let go, which may be after the deadline. */
export type RunOutcome = { readonly durationMs: number; readonly settled: Promise<unknown> } & (
  | { readonly kind: 'collected'; readonly collection: Collection }
  | { readonly kind: 'failed' | 'timeout' | 'stopped' | CollectErrorKind; readonly message: string }
);

const LATE = 'the deadline of the run has passed';
/** Of its deadline a check has this much for its target. */
const CHECK_SHARE = 0.9;

/** Targets of the page may not lead everywhere. */
const isTrusted = ({ origin }: PlannedCollector): boolean => origin !== 'page';

/**
 * Runs of one target: starts the instance when needed (a start that fails is tried again by the next run), and gives up a
 * plugin that does not heed the signal at the deadline. Messages are free of the secrets that the target was given.
 */
export class TargetRunner {
  readonly #planned: PlannedCollector;
  readonly #clock: Clock;
  readonly #open: OpenContext;
  #instance: CollectorInstance | undefined;

  constructor(planned: PlannedCollector, clock: Clock, secrets: SecretSource) {
    this.#planned = planned;
    this.#clock = clock;
    this.#open = openContext(secrets, isTrusted(planned));
  }

  async run(scheduledAt: number, stop: AbortSignal): Promise<RunOutcome> {
    const { deadlineMs } = this.#planned;
    const started = this.#clock.monotonic();
    const run = new AbortController();
    const nap = new AbortController();
    const onStop = (): void => {
      run.abort(stop.reason);
      nap.abort();
    };
    stop.addEventListener('abort', onStop, { once: true });
    const settled = this.#settled(scheduledAt, run.signal);
    const late = this.#clock.sleep(deadlineMs, nap.signal).then(() => undefined);
    if (this.#planned.plugin.isCheck === true) void this.#hurry(run, nap.signal);
    const first = await Promise.race([settled, late]);
    stop.removeEventListener('abort', onStop);
    nap.abort();
    const durationMs = this.#clock.monotonic() - started;
    if (stop.aborted) return { kind: 'stopped', message: 'the server is stopping', durationMs, settled };
    if (first !== undefined) return { ...first, durationMs, settled };
    run.abort(new Error(LATE));
    return { kind: 'timeout', message: `gave no answer in ${deadlineMs} ms`, durationMs, settled };
  }

  async close(): Promise<void> {
    try {
      await this.#instance?.close?.();
    } finally {
      this.#instance = undefined;
      this.#open.close();
    }
  }

  /** Aborts a check that is under way so early that it can say so itself. */
  async #hurry(run: AbortController, ended: AbortSignal): Promise<void> {
    await this.#clock.sleep(this.#planned.deadlineMs * CHECK_SHARE, ended);
    if (!ended.aborted) run.abort(new Error(LATE));
  }

  #settled(scheduledAt: number, signal: AbortSignal) {
    const { redact } = this.#open;
    return this.#collect(scheduledAt, signal).then(
      (collection) => ({ kind: 'collected', collection }) as const,
      (error: unknown) => ({ kind: kindOf(error), message: redact(messageOf(error)) }) as const,
    );
  }

  async #collect(scheduledAt: number, signal: AbortSignal): Promise<Collection> {
    const { context, redact } = this.#open;
    this.#instance ??= this.#planned.plugin.start(this.#planned.config, context);
    const collection = await this.#instance.collect({ signal, scheduledAt });
    const { problems = [], states = [] } = collection;
    return {
      ...collection,
      ...(problems.length === 0
        ? {}
        : { problems: problems.map(({ part, message }) => ({ part, message: redact(message) })) }),
      ...(states.some(({ reason }) => reason !== undefined)
        ? { states: states.map((state) => redacted(state, redact)) }
        : {}),
    };
  }
}

function redacted({ reason, ...state }: CollectedState, redact: (text: string) => string): CollectedState {
  return reason === undefined ? state : { ...state, reason: redact(reason) };
}

function kindOf(error: unknown): CollectErrorKind | 'failed' {
  return error instanceof CollectError ? error.kind : 'failed';
}
