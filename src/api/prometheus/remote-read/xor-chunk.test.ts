import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readXorChunk } from './testing/read-xor-chunk.ts';
import { encodeXorChunk } from './xor-chunk.ts';

const bitsOf = (v: Float64Array): bigint[] => [...new BigUint64Array(v.buffer, v.byteOffset, v.length)];

function assertReadsBack(t: Float64Array, v: Float64Array): void {
  const read = readXorChunk(encodeXorChunk({ t, v }, 0, t.length));
  assert.deepEqual(
    read,
    [...t].map((at, i) => [at, bitsOf(v)[i]]),
  );
}

test('samples are read back bit for bit, at any distances', () => {
  const interval = fc.oneof(
    fc.integer({ min: 1, max: 70_000 }),
    fc.integer({ min: 1, max: 2 ** 40 }),
    fc.constant(15_000),
  );
  const bits = fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    fc.constantFrom(0n, 0x7ff0000000000002n, 1n << 63n),
  );
  const sample = fc.tuple(interval, bits);
  fc.assert(
    fc.property(
      fc.integer({ min: -(2 ** 42), max: 2 ** 42 }),
      fc.array(sample, { minLength: 1, maxLength: 120 }),
      (start, list) => {
        let at = start;
        const t = Float64Array.from(list, ([step]) => (at += step));
        const v = new Float64Array(BigUint64Array.from(list, ([, value]) => value).buffer);
        assertReadsBack(t, v);
      },
    ),
  );
});

test('widths of changes at their ends', () => {
  for (const width of [14, 17, 20]) {
    for (const edge of [2 ** (width - 1), 1 - 2 ** (width - 1)]) {
      for (const change of [edge - 1, edge, edge + 1]) {
        const t = Float64Array.of(0, 2 ** 30, 2 ** 31 + change);
        assertReadsBack(t, Float64Array.of(1, 1.5, 1.5));
      }
    }
  }
});

test('a part of the samples of a series is a chunk of its own', () => {
  const t = Float64Array.of(1, 2, 3, 4);
  const v = Float64Array.of(1, 2, 3, 4);
  const part = encodeXorChunk({ t, v }, 1, 3);
  assert.deepEqual(part, encodeXorChunk({ t: t.slice(1, 3), v: v.slice(1, 3) }, 0, 2));
});
