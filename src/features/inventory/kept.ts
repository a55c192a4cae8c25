import type { Clock } from '#io/clock.ts';

const REST_PER_READING = 5;

/**
 * A value that is costly to read and may be some time old. Askers at one time share one reading; an old value is given
 * at once while it is read anew, unless it is more than ten times too old. A reading that fails is not kept. A value
 * that took long to read is kept longer, so that reading takes at most a fifth of the time.
 */
export function keptFor<Value>(maxAgeMs: number, clock: Clock, read: () => Promise<Value>): () => Promise<Value> {
  let kept: { readonly value: Value; readonly at: number; readonly maxAgeMs: number } | undefined;
  let reading: Promise<Value> | undefined;

  function readAnew(): Promise<Value> {
    const startedAt = clock.monotonic();
    reading ??= read()
      .then((value) => {
        const at = clock.monotonic();
        kept = { value, at, maxAgeMs: Math.max(maxAgeMs, REST_PER_READING * (at - startedAt)) };
        return value;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  }

  return async () => {
    const age = kept === undefined ? Number.POSITIVE_INFINITY : clock.monotonic() - kept.at;
    if (kept === undefined || age > 10 * kept.maxAgeMs) return readAnew();
    // Who needs the value meets the fault when it is too old; until then the old value stands.
    if (age > kept.maxAgeMs) readAnew().catch(() => {});
    return kept.value;
  };
}
