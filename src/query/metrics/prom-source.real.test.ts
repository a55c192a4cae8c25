import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Matcher } from '#core/metric-query/query.ts';
import { systemClock } from '#io/clock.ts';
import type { PromSource, SourceSeries } from '#query/promql/source.ts';
import { isStale, wordsOf } from '#query/promql/value.ts';
import { STALE_BITS } from '#storage/clickhouse/schema/sample-value.ts';
import { createMetrics } from './index.ts';
import { type Filled, fillStore, NOW } from './testing/filled-store.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const options = { signal: new AbortController().signal };
let filled: Filled;
let source: PromSource;

before(async () => {
  filled = await fillStore();
  const clock = { ...systemClock, now: () => NOW };
  source = createMetrics({ store: filled.store, clock, completeUntil: () => NOW - 3_600_000 }).prom;
});
after(() => filled.close());

const name = (value: string): Matcher[] => [{ label: '__name__', op: '=', value }];
const at = (ms: number): string => `fromUnixTimestamp64Milli(toInt64(${ms}))`;

async function only(matchers: Matcher[], from: number, to: number): Promise<SourceSeries> {
  const found = await source.select(matchers, { from, to }, options);
  assert.equal(found.length, 1);
  return found[0]!;
}

test('raw samples come with both ends of the interval, one value a time', async () => {
  const host: Matcher = { label: 'host', op: '=', value: 'a' };
  const { labels, samples } = await only([...name('temp'), host], NOW - 20 * MINUTE, NOW - 10 * MINUTE);
  assert.deepEqual({ ...labels }, { __name__: 'temp', host: 'a' });
  assert.deepEqual(
    [...samples.t],
    Array.from({ length: 61 }, (_, i) => NOW - 20 * MINUTE + i * 10_000),
  );
  assert.deepEqual([...samples.v], [...samples.t].map(filled.temp));
  assert.equal(samples.histograms, undefined);
  const lone = await only(name('lone'), NOW - 180_000, NOW - 60_000);
  assert.deepEqual([...lone.samples.v], [9, 2, 3]);
});

test('a dotted path is a series named by the whole path; series without samples in the interval are absent', async () => {
  const path: Matcher = { label: '__name__', op: '=~', value: 'servers\\..*' };
  const found = await source.select([path], { from: NOW - 10 * MINUTE, to: NOW }, options);
  assert.deepEqual(
    found.map(({ labels }) => ({ ...labels })).toSorted((a, b) => (a['__name__']! < b['__name__']! ? -1 : 1)),
    [{ __name__: 'servers.web-1.cpu.user' }, { __name__: 'servers.web-2.cpu.user' }],
  );
  assert.deepEqual(await source.select(name('used'), { from: NOW - DAY, to: NOW }, options), []);
});

test('a stale marker keeps its bits, also behind doubled times', async () => {
  const rows = [
    `(xxHash32('temp'), 3, ${at(NOW - 30 * MINUTE)}, 5, 0)`,
    `(xxHash32('temp'), 3, ${at(NOW - 30 * MINUTE)}, 4, 0)`,
    `(xxHash32('temp'), 3, ${at(NOW - 29 * MINUTE)}, ${STALE_BITS}, 255)`,
    `(xxHash32('temp'), 3, ${at(NOW - 28 * MINUTE)}, 7, 0)`,
  ];
  await filled.store.command(`INSERT INTO nocmate.samples (family, id, t, m, e) VALUES ${rows.join(',')}`);
  const rack: Matcher = { label: 'rack', op: '!=', value: '' };
  const { samples } = await only([...name('temp'), rack], NOW - 40 * MINUTE, NOW - 20 * MINUTE);
  const words = wordsOf(samples.v);
  assert.deepEqual(
    [...samples.t].map((t, i) => [(t - NOW) / MINUTE, isStale(words, i) ? 'stale' : samples.v[i]]),
    [
      [-30, 5],
      [-29, 'stale'],
      [-28, 7],
    ],
  );
});

test('histograms stand among the floats of their series', async () => {
  const row = (t: number, count: number): string =>
    `(xxHash32('lone'), 5, ${at(t)}, 1, 2, ${count}, 2.5, 0.001, 1, [0, 2], [2, 1], [1, 2, 3], [], [], [], [])`;
  await filled.store.command(
    `INSERT INTO nocmate.histograms VALUES ${[row(NOW - 150_000, 7), row(NOW - 120_000, 8)].join(',')}`,
  );
  const { samples } = await only(name('lone'), NOW - 180_000, NOW);
  assert.deepEqual(
    [...samples.t].map((t, i) => [(t - NOW) / 1000, samples.histograms?.[i]?.count ?? samples.v[i]]),
    [
      [-180, 9],
      [-150, 7],
      [-120, 8],
      [-60, 3],
    ],
  );
  assert.deepEqual(samples.histograms?.[1], {
    ...{ schema: 1, resetHint: 'no_reset', count: 7, sum: 2.5, zeroThreshold: 0.001, zeroCount: 1 },
    positive: {
      spans: [
        { offset: 0, length: 2 },
        { offset: 2, length: 1 },
      ],
      counts: Float64Array.of(1, 2, 3),
    },
    negative: { spans: [], counts: new Float64Array(0) },
    customValues: new Float64Array(0),
  });
});

test('before the raw samples the last values of the rollup stand, at the ends of its rows', async () => {
  const clock = { ...systemClock, now: () => NOW };
  const retention = { raw: 10 * DAY, fiveMinutes: 180 * DAY };
  const { prom } = createMetrics({ store: filled.store, clock, retention, completeUntil: () => NOW - 3_600_000 });
  const first = NOW - 10 * DAY;
  await filled.store.command(
    `INSERT INTO nocmate.samples_5m SELECT xxHash32('bytes_total'), 4, toDateTime(${first / 1000} - 300 * (4 - number)),
     0, 9, 9, 2, argMaxState(toFloat64(number), toDateTime64(1, 3)) FROM numbers(3) GROUP BY number`,
  );
  const interval = { from: first - 15 * MINUTE, to: first + 10_000 };
  const [series] = await prom.select(name('bytes_total'), interval, options);
  assert.deepEqual(
    [...(series?.samples.t ?? [])].map((t, i) => [t - first, series?.samples.v[i]]),
    [
      [-10 * MINUTE - 1, 1],
      [-5 * MINUTE - 1, 2],
      [0, 0],
      [10_000, 50],
    ],
  );
});

test('names, values and label sets are found with and without selectors', async () => {
  const interval = { from: NOW - DAY, to: NOW };
  const listed = { ...options, limit: 100 };
  assert.deepEqual(await source.labelNames([], interval, listed), ['__name__', 'host', 'rack']);
  assert.deepEqual(await source.labelNames([name('lone')], interval, listed), ['__name__']);
  assert.deepEqual(await source.labelValues('host', [name('temp'), name('lone')], interval, listed), ['a', 'b']);
  assert.deepEqual(await source.labelValues('__name__', [], interval, listed), [
    ...['bytes_total', 'lone', 'servers.web-1.cpu.user', 'servers.web-1.disk.sda.used', 'servers.web-2.cpu.user'],
    'temp',
  ]);
  const found = await source.series([name('temp'), name('temp'), name('lone')], interval, listed);
  assert.equal(found.length, 4);
});

test('metadata and exemplars are read as they were written', async () => {
  await filled.store.command(
    `INSERT INTO nocmate.metric_metadata VALUES ('temp', 'gauge', 'celsius', 'old', 1), ('temp', 'gauge', 'celsius', 'new', 2), ('odd', 'nonsense', '', '', 1)`,
  );
  assert.deepEqual(await source.metadata('temp', 10), [
    { metric: 'temp', type: 'gauge', unit: 'celsius', help: 'new' },
  ]);
  assert.deepEqual(
    (await source.metadata(undefined, 1)).map((one) => [one.metric, one.type]),
    [['odd', 'unknown']],
  );
  const exemplar = `(xxHash32('lone'), 5, ${at(NOW - 60_000)}, inf, map('trace_id', 'abc'))`;
  await filled.store.command(`INSERT INTO nocmate.exemplars VALUES ${exemplar}, ${exemplar}`);
  const found = await source.exemplars([name('lone')], { from: NOW - DAY, to: NOW }, options);
  assert.deepEqual(
    found.map(({ labels, exemplars }) => [
      labels['__name__'],
      exemplars.map((one) => ({ ...one, labels: { ...one.labels } })),
    ]),
    [['lone', [{ t: NOW - 60_000, v: Number.POSITIVE_INFINITY, labels: { trace_id: 'abc' } }]]],
  );
});
