import { AppError } from '#core/errors.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';

/** A store that the server starts. */
export type StartableStore = { readonly kind: 'embedded' | 'server'; readonly start: () => Promise<void> };

const RETRY_MS = 2_000;

/**
 * Starts a store. A server that is away is awaited, since intake goes on meanwhile; an embedded engine that does not
 * start is a fault that someone has to mend, and so is whatever a retry cannot change.
 */
export async function startStore(
  store: StartableStore,
  { clock, logger, signal }: { clock: Clock; logger: Logger; signal: AbortSignal },
): Promise<void> {
  for (;;) {
    try {
      return await store.start();
    } catch (error) {
      const mayPass = error instanceof AppError && error.retryable && store.kind === 'server';
      if (!mayPass || signal.aborted) throw error;
      logger.warn({ err: error }, 'the store does not answer, trying again');
      await clock.sleep(RETRY_MS, signal);
      if (signal.aborted) throw error;
    }
  }
}
