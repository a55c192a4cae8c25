/** A sample with the bits of its value. */
export type ReadSample = readonly [t: number, bits: bigint];

const WIDTHS = [0, 14, 17, 20, 64] as const;

/** The samples of a chunk, read as the iterator of tsdb/chunkenc/xor.go does. */
export function readXorChunk(bytes: Uint8Array): ReadSample[] {
  const bits = new Bits(bytes);
  const count = Number(bits.read(16));
  const samples: ReadSample[] = [];
  let [t, interval, value, leading, trailing] = [0, 0, 0n, 0, 0];
  for (let i = 0; i < count; i++) {
    if (i === 0) {
      const zigzag = bits.varint();
      t = Number((zigzag >> 1n) ^ -(zigzag & 1n));
      value = bits.read(64);
      samples.push([t, value]);
      continue;
    }
    interval = i === 1 ? Number(bits.varint()) : interval + bits.change();
    t += interval;
    if (bits.read(1) === 1n) {
      if (bits.read(1) === 1n) {
        leading = Number(bits.read(5));
        trailing = 64 - leading - (Number(bits.read(6)) || 64);
      }
      value ^= bits.read(64 - leading - trailing) << BigInt(trailing);
    }
    samples.push([t, value]);
  }
  return samples;
}

class Bits {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read(count: number): bigint {
    let value = 0n;
    for (let i = 0; i < count; i++, this.#at++) {
      const byte = this.#bytes[this.#at >> 3];
      if (byte === undefined) throw new Error('the chunk ends too early');
      value = (value << 1n) | BigInt((byte >> (7 - (this.#at & 7))) & 1);
    }
    return value;
  }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.read(8);
      value |= (byte & 0x7fn) << shift;
      if (byte < 0x80n) return value;
    }
  }

  change(): number {
    let ones = 0;
    while (ones < 4 && this.read(1) === 1n) ones++;
    const width = WIDTHS[ones] as number;
    if (width === 0) return 0;
    const raw = this.read(width);
    // Of the narrow ones, unlike two's complement, also 2^(bits - 1) itself is positive.
    const isNegative = width === 64 ? raw >> 63n === 1n : raw > 1n << BigInt(width - 1);
    return Number(isNegative ? raw - (1n << BigInt(width)) : raw);
  }
}
