import { type RawSamples, wordsOf } from '#query/promql/value.ts';
import { BitWriter } from './bit-writer.ts';

/** Samples of a chunk at most, as in Prometheus. */
export const SAMPLES_PER_CHUNK = 120;

/** Widths of differences of intervals, with what stands before them; wider ones take 64 bits. */
const WIDTHS = [
  { bits: 14, prefix: 0b10, prefixBits: 2 },
  { bits: 17, prefix: 0b110, prefixBits: 3 },
  { bits: 20, prefix: 0b1110, prefixBits: 4 },
] as const;
const WIDEST = { prefix: 0b1111, prefixBits: 4 } as const;
/** Leading zeros are told in five bits. */
const MOST_LEADING = 31;

/** Bits of values that were written last. */
type Window = { leading: number; trailing: number };

/**
 * Samples `from` to `to` (exclusive; ms) as a chunk of Prometheus' encoding XOR: intervals of intervals and of values what has
 * changed (tsdb/docs/format/chunks.md; "Gorilla", VLDB 2015).
 */
export function encodeXorChunk({ t, v }: RawSamples, from: number, to: number): Uint8Array {
  const writer = new BitWriter();
  const words = wordsOf(v);
  writer.write(to - from, 16);
  const window: Window = { leading: -1, trailing: 0 };
  let interval = 0;
  for (let i = from; i < to; i++) {
    const at = t[i] as number;
    if (i === from) {
      writer.writeVarint(at < 0 ? -2 * at - 1 : 2 * at);
      writer.writeWords(words[2 * i + 1] as number, words[2 * i] as number, 64);
      continue;
    }
    const next = at - (t[i - 1] as number);
    if (i === from + 1) writer.writeVarint(next);
    else writeChange(writer, next - interval);
    interval = next;
    writeValue(writer, words, { i, window });
  }
  return writer.finish();
}

function writeChange(writer: BitWriter, change: number): void {
  if (change === 0) return writer.write(0, 1);
  const width = WIDTHS.find(({ bits }) => change >= 1 - 2 ** (bits - 1) && change <= 2 ** (bits - 1));
  const { prefix, prefixBits } = width ?? WIDEST;
  writer.write(prefix, prefixBits);
  if (width === undefined) writer.writeInt64(change);
  else writer.write(change, width.bits);
}

function writeValue(
  writer: BitWriter,
  words: Uint32Array,
  { i, window }: { readonly i: number; readonly window: Window },
): void {
  const high = ((words[2 * i + 1] as number) ^ (words[2 * i - 1] as number)) >>> 0;
  const low = ((words[2 * i] as number) ^ (words[2 * i - 2] as number)) >>> 0;
  if (high === 0 && low === 0) return writer.write(0, 1);
  const leading = Math.min(MOST_LEADING, high === 0 ? 32 + Math.clz32(low) : Math.clz32(high));
  const trailing = low === 0 ? 32 + trailingZeros(high) : trailingZeros(low);
  const fits = window.leading >= 0 && leading >= window.leading && trailing >= window.trailing;
  writer.write(fits ? 0b10 : 0b11, 2);
  if (!fits) {
    window.leading = leading;
    window.trailing = trailing;
    writer.write(leading, 5);
    // 64 bits are told as 0.
    writer.write(64 - leading - trailing, 6);
  }
  writeSignificant(writer, { high, low }, window);
}

function writeSignificant(
  writer: BitWriter,
  { high, low }: { readonly high: number; readonly low: number },
  { leading, trailing }: Window,
): void {
  const count = 64 - leading - trailing;
  if (trailing >= 32) writer.write(high >>> (trailing - 32), count);
  else if (trailing === 0) writer.writeWords(high, low, count);
  else writer.writeWords(high >>> trailing, ((high << (32 - trailing)) | (low >>> trailing)) >>> 0, count);
}

const trailingZeros = (word: number): number => 31 - Math.clz32(word & -word);
