import xxhash from 'xxhash-wasm';

/** Identity and locality of a series: `id` = xxh64 of the canonical key, `family` = xxh32 of the metric (UTF-8). */
export type SeriesHash = {
  /** Writes the id into `out[at]` (low word) and `out[at + 1]` (high word). */
  readonly id: (key: Uint8Array, out: Uint32Array, at: number) => void;
  readonly family: (metric: Uint8Array) => number;
};

/** Loads the hash functions. */
export async function loadSeriesHash(): Promise<SeriesHash> {
  const { h64Raw, h32Raw } = await xxhash();
  const whole = new BigUint64Array(1);
  const words = new Uint32Array(whole.buffer);
  return {
    id: (key, out, at) => {
      whole[0] = h64Raw(key);
      out[at] = words[0] ?? 0;
      out[at + 1] = words[1] ?? 0;
    },
    family: (metric) => h32Raw(metric),
  };
}
