import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeNative } from '#storage/clickhouse/native/decode.ts';
import { encodeNative } from '#storage/clickhouse/native/encode.ts';
import { FLOAT_BITS, STALE_BITS } from '#storage/clickhouse/schema/sample-value.ts';
import { Batch, DAY_MS } from './batch.ts';
import { SamplesEncoder } from './samples-encoder.ts';
import { SeriesCatalogue } from './series-catalogue.ts';
import { loadSeriesHash } from './series-hash.ts';

const hash = await loadSeriesHash();

function catalogueOf(series: number): SeriesCatalogue {
  const catalogue = new SeriesCatalogue(hash, { maxSeries: series, maxSeriesPerSource: series });
  for (let i = 0; i < series; i += 1) {
    const key = Buffer.from(`a.b${i}`);
    catalogue.resolve(key, 0, key.length, { series: 0 });
  }
  return catalogue;
}

/** Integer and decimals of each value, given to one series one after the other. */
function pairsOf(values: readonly number[]): (readonly [m: bigint, e: number])[] {
  const batch = new Batch(20_000, 16);
  for (const [i, value] of values.entries()) batch.append(0, 20_000 * DAY_MS + i, value, 0);
  const block = decodeNative(new SamplesEncoder().encode(batch, catalogueOf(1)))[0];
  const [m, e] = ['m', 'e'].map((name) => block?.columns.find((column) => column.name === name)?.values);
  return values.map((_, row) => [(m as BigInt64Array)[row] ?? 0n, (e as Uint8Array)[row] ?? 0]);
}

const bitsOf = (value: number): bigint => new BigInt64Array(Float64Array.of(value).buffer)[0] ?? 0n;

test('a batch is encoded as encodeNative does, also when the buffer is used again', () => {
  const catalogue = catalogueOf(50);
  const encoder = new SamplesEncoder();
  for (const rows of [1, 127, 128, 20_000, 5]) {
    const batch = new Batch(20_000, 16);
    for (let i = 0; i < rows; i += 1) batch.append(i % 50, 20_000 * DAY_MS + i * 4_321, (i - 3) * 2 ** 30, 0);
    const ordinals = [...batch.ordinal.subarray(0, rows)];
    const expected = encodeNative(
      [
        { name: 'family', type: 'UInt32', values: Uint32Array.from(ordinals, (one) => catalogue.family[one] ?? 0) },
        { name: 'id', type: 'UInt64', values: BigUint64Array.from(ordinals, (one) => catalogue.id(one)) },
        { name: 't', type: 'DateTime64(3)', values: BigInt64Array.from(batch.t.subarray(0, rows), BigInt) },
        { name: 'm', type: 'Int64', values: BigInt64Array.from(batch.v.subarray(0, rows), BigInt) },
        { name: 'e', type: 'UInt8', values: new Uint8Array(rows) },
      ],
      rows,
    );
    assert.ok(Buffer.from(encoder.encode(batch, catalogue)).equals(expected), `${rows} rows`);
  }
});

test('a series keeps the most decimals it needed, so that its integers are comparable', () => {
  assert.deepEqual(pairsOf([5, 1.5, 1.25, -2, 0]), [
    [5n, 0],
    [15n, 1],
    [125n, 2],
    [-200n, 2],
    [0n, 2],
  ]);
});

test('a number too large for the decimals of its series lowers them', () => {
  assert.deepEqual(pairsOf([0.25, 2 ** 53, 0.5]), [
    [25n, 2],
    [2n ** 53n, 0],
    [5n, 1],
  ]);
});

test('what is no decimal is kept as it is; NaN, infinities and -0 change nothing for the series', () => {
  const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0];
  const expected = odd.map((value) => [bitsOf(value), FLOAT_BITS]);
  assert.deepEqual(pairsOf([0.5, ...odd, 1]), [[5n, 1], ...expected, [10n, 1]]);
});

test('a series of numbers that are no decimals is asked again now and then', () => {
  const pairs = pairsOf([1 / 3, ...Array.from({ length: 100 }, () => 2.5)]);
  assert.deepEqual(pairs.slice(0, 2), [
    [bitsOf(1 / 3), FLOAT_BITS],
    [bitsOf(2.5), FLOAT_BITS],
  ]);
  assert.deepEqual(pairs.at(-1), [25n, 1]);
});

test('stale markers have their bits, also after rows before them were taken out', () => {
  const batch = new Batch(20_000, 4);
  const at = (row: number): number => 20_000 * DAY_MS + row;
  batch.append(0, at(0), 0.5, 0);
  batch.appendStale(0, at(1), 1);
  batch.appendStale(0, at(2), 2);
  for (let row = 3; row < 10; row += 1) batch.append(0, at(row), Number.NaN, 0);
  batch.appendStale(0, at(10), 2);
  batch.remove(1, 2, 1);
  const block = decodeNative(new SamplesEncoder().encode(batch, catalogueOf(1)))[0];
  const [m, e] = ['m', 'e'].map((name) => block?.columns.find((column) => column.name === name)?.values);
  const bits = [...(m as BigInt64Array)];
  assert.deepEqual(
    bits.flatMap((value, row) => (value === STALE_BITS ? [row] : [])),
    [1, 9],
  );
  assert.deepEqual([...(e as Uint8Array)], [1, ...Array.from({ length: 9 }, () => FLOAT_BITS)]);
});
