import { messageOf } from '../errors.ts';
import { connectionFailure } from './check-failure.ts';
import { type CheckFinding, checkCollection } from './check-series.ts';
import type { CollectContext, CollectedValue, Collection } from './collector.ts';

/** What a check knows at any moment of its run: as far as it went. */
export type FoundSoFar = {
  -readonly [Key in 'timings' | 'tls' | 'reason']?: CheckFinding[Key];
} & { readonly values: CollectedValue[] };

/**
 * Runs a check: `look` gives its result, `ok` or what is wrong, and notes what it finds on the way. A connection that
 * fails is a result as well. Throws what is no fault of the target.
 */
export async function runCheck(
  { prefix, check }: { readonly prefix: string; readonly check: string },
  { signal, scheduledAt }: CollectContext,
  look: (found: FoundSoFar) => Promise<string>,
): Promise<Collection> {
  const found: FoundSoFar = { values: [] };
  const started = performance.now();
  const result = await look(found).catch((error: unknown) => {
    found.reason ??= messageOf(error);
    return connectionFailure(error, signal);
  });
  const durationMs = performance.now() - started;
  return checkCollection(prefix, check, { ...found, result, durationMs }, scheduledAt);
}
