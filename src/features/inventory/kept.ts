import type { Clock } from '#io/clock.ts';

/**
 * A value that is costly to read and may be some time old. Askers at one time share one reading; an old value is given
 * at once while it is read anew, unless it is more than ten times too old. A reading that fails is not kept.
 */
export function keptFor<Value>(maxAgeMs: number, clock: Clock, read: () => Promise<Value>): () => Promise<Value> {
  let kept: { readonly value: Value; readonly at: number } | undefined;
  let reading: Promise<Value> | undefined;

  function readAnew(): Promise<Value> {
    reading ??= read()
      .then((value) => {
        kept = { value, at: clock.monotonic() };
        return value;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  }

  return async () => {
    const age = kept === undefined ? Number.POSITIVE_INFINITY : clock.monotonic() - kept.at;
    if (kept === undefined || age > 10 * maxAgeMs) return readAnew();
    // Who needs the value meets the fault when it is too old; until then the old value stands.
    if (age > maxAgeMs) readAnew().catch(() => {});
    return kept.value;
  };
}
