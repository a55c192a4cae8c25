import { messageOf } from '#core/errors.ts';
import type { Collection, CollectorInstance } from '#core/plugin/collector.ts';
import type { Clock } from '#io/clock.ts';
import type { PlannedCollector } from './config.ts';

/** How a run ended. `settled` resolves when the plugin has really let go, which may be after the deadline. */
export type RunOutcome = { readonly durationMs: number; readonly settled: Promise<unknown> } & (
  | { readonly kind: 'collected'; readonly collection: Collection }
  | { readonly kind: 'failed' | 'timeout' | 'stopped'; readonly message: string }
);

/** Runs of one target: starts the instance when needed (a start that fails is tried again by the next run). */
export type TargetRunner = {
  readonly run: (scheduledAt: number, stop: AbortSignal) => Promise<RunOutcome>;
  readonly close: () => Promise<void>;
};

/** Runs the collector with its deadline; a plugin that does not heed the signal is given up at the deadline. */
export function createTargetRunner(planned: PlannedCollector, clock: Clock): TargetRunner {
  let instance: CollectorInstance | undefined;

  async function collect(scheduledAt: number, signal: AbortSignal): Promise<Collection> {
    instance ??= planned.plugin.start(planned.config);
    return instance.collect({ signal, scheduledAt });
  }

  return {
    run: async (scheduledAt, stop) => {
      const started = clock.monotonic();
      const run = new AbortController();
      const nap = new AbortController();
      const onStop = (): void => {
        run.abort(stop.reason);
        nap.abort();
      };
      stop.addEventListener('abort', onStop, { once: true });
      const settled = collect(scheduledAt, run.signal).then(
        (collection) => ({ kind: 'collected', collection }) as const,
        (error: unknown) => ({ kind: 'failed', message: messageOf(error) }) as const,
      );
      const late = clock.sleep(planned.deadlineMs, nap.signal).then(() => undefined);
      const first = await Promise.race([settled, late]);
      stop.removeEventListener('abort', onStop);
      nap.abort();
      const durationMs = clock.monotonic() - started;
      if (stop.aborted) return { kind: 'stopped', message: 'the server is stopping', durationMs, settled };
      if (first !== undefined) return { ...first, durationMs, settled };
      run.abort(new Error('the deadline of the run has passed'));
      return { kind: 'timeout', message: `gave no answer in ${planned.deadlineMs} ms`, durationMs, settled };
    },
    close: async () => {
      await instance?.close?.();
      instance = undefined;
    },
  };
}
