import { AppError } from '#core/errors.ts';
import type { ReaderFactory, ReaderLimits, ReaderOptions, SampleWriter } from '#core/plugin/input.ts';
import { systemClock } from '#io/clock.ts';

/** How many records a body holds, for the accounts when it is refused as a whole. */
export function countRecords(
  factory: ReaderFactory,
  limits: ReaderLimits,
  bytes: Uint8Array,
  options: ReaderOptions | undefined,
): number {
  let records = 0;
  const count = (): void => {
    records += 1;
  };
  const writer: SampleWriter = {
    position: 0,
    spelling: undefined,
    sample: count,
    stale: count,
    histogram: count,
    log: count,
    reject: count,
    exemplar: () => undefined,
    metadata: () => undefined,
    now: systemClock.now,
  };
  const reader = factory(writer, limits, options);
  try {
    reader.read(bytes);
    reader.end();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  return records;
}
