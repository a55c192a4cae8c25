import { type FloatParts, readFloats } from './prom-source-floats.ts';
import { MAX_ROWS, readStored } from './read-samples.ts';
import type { RawSeries, SeriesRef, TimeRange } from './series-source.ts';

/**
 * Raw samples as `readStored`, from memory where they are kept. The arrays may be parts of kept ones: they are read only.
 * Throws `limit_rows` beyond {@link MAX_ROWS}.
 */
export async function readRaw(
  parts: FloatParts,
  refs: readonly SeriesRef[],
  { from, to }: TimeRange,
  signal: AbortSignal = new AbortController().signal,
): Promise<RawSeries[]> {
  if (parts.sampleCache === undefined) return readStored(parts.store, refs, { from, to }, signal);
  const interval = { from: Math.floor(from), to: Math.floor(to) - 1 };
  if (interval.to < interval.from) return [];
  const floats = await readFloats(parts, refs, { interval, maxSamples: MAX_ROWS, signal });
  return refs.flatMap((series) => {
    const found = floats.get(series.id);
    return found === undefined || found.t.length === 0 ? [] : [{ series, ...found }];
  });
}
