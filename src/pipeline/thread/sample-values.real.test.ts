import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { testFolder, testTelemetry } from '#storage/clickhouse/telemetry-fixture.ts';
import { Batch, DAY_MS } from './batch.ts';
import { SamplesEncoder } from './samples-encoder.ts';
import { SeriesCatalogue } from './series-catalogue.ts';
import { loadSeriesHash } from './series-hash.ts';

const START = Math.floor(Date.now() / DAY_MS - 2) * DAY_MS;
const ODD = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 5e-324, -(2 ** 53), 2 ** 53, 1e300];

const bitsOf = (values: readonly number[]): bigint[] => [...new BigUint64Array(Float64Array.from(values).buffer)];

type Given = readonly [series: number, value: number];

/** Numbers of any kind, long and short decimals, integers, each in a series of its own; the same ones each time. */
function values(): Given[] {
  const decimal = fc.tuple(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), fc.integer({ min: -3, max: 20 }));
  const short = fc.tuple(fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: 0, max: 6 }));
  const [long, few] = [decimal, short].map((one) => one.map(([digits, places]) => Number(`${digits}e${-places}`)));
  const kinds = [fc.double(), long, few, fc.integer(), fc.constantFrom(...ODD, 0.25)] as fc.Arbitrary<number>[];
  return kinds.flatMap((kind, series) =>
    fc.sample(kind, { numRuns: 20_000, seed: 7 }).map((value): Given => [series, value]),
  );
}

test('the store gives every value back bit for bit, also from the rows its merges wrote', async (t) => {
  const folder = await testFolder(t);
  const telemetry = testTelemetry(t, folder);
  await telemetry.start();
  const catalogue = new SeriesCatalogue(await loadSeriesHash(), { maxSeries: 9, maxSeriesPerSource: 9 });
  for (const key of ['a.0', 'a.1', 'a.2', 'a.3', 'a.4']) catalogue.resolve(Buffer.from(key), 0, 3, { series: 0 });
  const given = values();
  const batch = new Batch(START / DAY_MS, 16);
  for (const [i, [series, value]] of given.entries()) batch.append(series, START + i, value, 0);
  const expected = bitsOf(given.map(([, value]) => value));
  const file = join(folder, 'samples.native');
  await writeFile(file, new SamplesEncoder().encode(batch, catalogue));
  await telemetry.store.insertFile('samples', file, 'all');
  const read = async (): Promise<bigint[]> => {
    const blocks = await telemetry.store.columns('SELECT reinterpretAsUInt64(v) AS bits FROM samples ORDER BY t');
    return blocks.flatMap(({ columns }) => [...((columns[0]?.values ?? []) as BigUint64Array)]);
  };
  assert.deepEqual(await read(), expected);
  await telemetry.store.command('OPTIMIZE TABLE samples FINAL');
  assert.deepEqual(await read(), expected);
  const [split] = await telemetry.store.rows<{ decimals: number; floats: number }>(
    'SELECT countIf(e < 16) > 10000 AS decimals, countIf(e = 255) > 10000 AS floats FROM samples',
  );
  assert.deepEqual(split, { decimals: 1, floats: 1 });
  await telemetry.rollups.rollUp();
  const rolled = 'SELECT id, sum(vcnt) AS n, toString(max(vmax)) AS high, toString(min(vmin)) AS low FROM samples_5m';
  const raw =
    'SELECT id, count() AS n, toString(max(v)) AS high, toString(min(v)) AS low FROM samples WHERE NOT isNaN(v)';
  const [a, b] = await Promise.all([rolled, raw].map((sql) => telemetry.store.rows(`${sql} GROUP BY id ORDER BY id`)));
  assert.equal(a?.length, 5);
  assert.deepEqual(a, b);
});
