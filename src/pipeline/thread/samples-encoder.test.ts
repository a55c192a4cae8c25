import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeNative } from '#storage/clickhouse/native/encode.ts';
import { Batch, DAY_MS } from './batch.ts';
import { SamplesEncoder } from './samples-encoder.ts';
import { SeriesCatalogue } from './series-catalogue.ts';
import { loadSeriesHash } from './series-hash.ts';

const hash = await loadSeriesHash();

test('a batch is encoded as encodeNative does, also when the buffer is used again', () => {
  const catalogue = new SeriesCatalogue(hash, { maxSeries: 1_000, maxSeriesPerSource: 1_000 });
  for (let i = 0; i < 50; i += 1) {
    const key = Buffer.from(`a.b${i}`);
    catalogue.resolve(key, 0, key.length, { series: 0 });
  }
  const encoder = new SamplesEncoder();
  for (const rows of [1, 127, 128, 20_000, 5]) {
    const batch = new Batch(20_000, 16);
    for (let i = 0; i < rows; i += 1) batch.append(i % 50, 20_000 * DAY_MS + i * 4_321, i / 7, 0);
    const ordinals = [...batch.ordinal.subarray(0, rows)];
    const expected = encodeNative(
      [
        { name: 'family', type: 'UInt32', values: Uint32Array.from(ordinals, (one) => catalogue.family[one] ?? 0) },
        { name: 'id', type: 'UInt64', values: BigUint64Array.from(ordinals, (one) => catalogue.id(one)) },
        { name: 't', type: 'DateTime64(3)', values: BigInt64Array.from(batch.t.subarray(0, rows), BigInt) },
        { name: 'v', type: 'Float64', values: batch.v.subarray(0, rows) },
      ],
      rows,
    );
    assert.ok(Buffer.from(encoder.encode(batch, catalogue)).equals(expected), `${rows} rows`);
  }
});
