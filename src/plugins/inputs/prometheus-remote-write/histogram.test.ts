import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NativeHistogram } from '#core/model/histogram.ts';
import { RecordingWriter } from '#core/plugin/recording-writer.ts';
import { remoteWrite1Reader, remoteWrite2Reader } from './reader.ts';
import { encodeRequest1, encodeRequest2, type TestHistogram } from './testing/encode-request.ts';

const T = 1_795_000_000_000;
const LABELS = [['__name__', 'h']] as const;
const EMPTY = { spans: [], counts: new Float64Array() };

/** The records of one histogram, which both versions must give alike. */
function read(histogram: TestHistogram): RecordingWriter['records'] {
  const request = { series: [{ labels: LABELS, histograms: [histogram] }] };
  const [first, second] = [
    { reader: remoteWrite1Reader, body: encodeRequest1(request) },
    { reader: remoteWrite2Reader, body: encodeRequest2(request) },
  ].map(({ reader, body }) => {
    const writer = new RecordingWriter(T);
    reader(writer, { maxLineBytes: 1, maxFrameBytes: 1 }).read(body);
    return writer.records;
  });
  assert.ok(first !== undefined);
  assert.deepEqual(second, first);
  return first;
}

test('an integer histogram: deltas become counts', () => {
  const { histograms, rejects } = read({
    t: T,
    schema: 3,
    count: 14,
    sum: 18.4,
    zeroThreshold: 0.001,
    zeroCount: 2,
    resetHint: 2,
    positive: {
      spans: [
        [-2, 2],
        [1, 2],
      ],
      deltas: [1, 1, -1, 0],
    },
    negative: { spans: [[0, 3]], deltas: [3, -2, 2] },
  });
  const expected: NativeHistogram = {
    schema: 3,
    resetHint: 'no_reset',
    count: 14,
    sum: 18.4,
    zeroThreshold: 0.001,
    zeroCount: 2,
    positive: {
      spans: [
        { offset: -2, length: 2 },
        { offset: 1, length: 2 },
      ],
      counts: Float64Array.of(1, 2, 1, 1),
    },
    negative: { spans: [{ offset: 0, length: 3 }], counts: Float64Array.of(3, 1, 3) },
    customValues: new Float64Array(),
  };
  assert.deepEqual(rejects, []);
  assert.deepEqual(histograms, [{ key: 'h', t: T, histogram: expected }]);
});

test('a float histogram keeps its counts', () => {
  const { histograms } = read({
    t: T,
    schema: -4,
    count: 3.5,
    sum: -1,
    zeroCount: 0.5,
    resetHint: 3,
    positive: { spans: [[7, 2]], counts: [0.5, 2.5] },
  });
  const { histogram } = histograms[0] ?? assert.fail('no histogram');
  assert.equal(histogram.resetHint, 'gauge');
  assert.deepEqual([histogram.count, histogram.zeroCount], [3.5, 0.5]);
  assert.deepEqual(histogram.positive, { spans: [{ offset: 7, length: 2 }], counts: Float64Array.of(0.5, 2.5) });
  assert.deepEqual(histogram.negative, EMPTY);
});

test('custom buckets have their bounds', () => {
  const { histograms } = read({
    t: T,
    schema: -53,
    count: 6,
    sum: 4,
    positive: {
      spans: [
        [0, 1],
        [1, 1],
      ],
      deltas: [1, 4],
    },
    customValues: [0.1, 0.5],
  });
  assert.deepEqual(histograms[0]?.histogram.customValues, Float64Array.of(0.1, 0.5));
  assert.deepEqual(histograms[0]?.histogram.positive.counts, Float64Array.of(1, 5));
});

test('a sum with the bits of the stale marker ends the series, another NaN does not', () => {
  const { stale, histograms } = read({ t: T, schema: 0, count: 0, sum: 'stale' });
  assert.deepEqual([stale, histograms], [[{ key: 'h', t: T }], []]);
  assert.equal(read({ t: T, schema: 0, count: 1, sum: Number.NaN }).histograms.length, 1);
});

test('histograms that make no sense are refused with the reason', () => {
  const base = { t: T, schema: 0, count: 1, sum: 1, positive: { spans: [[0, 1]], deltas: [1] } } as const;
  const custom = { ...base, schema: -53, customValues: [1, 2] } as const;
  const cases: readonly (readonly [TestHistogram, RegExp])[] = [
    [{ ...base, schema: 9 }, /schema 9/],
    [{ ...base, schema: -5 }, /schema -5/],
    [{ ...base, positive: { spans: [[0, 2]], deltas: [1] } }, /2 buckets, but there are 1 counts/],
    [{ ...base, positive: { spans: [[0, 4_000_000_000]], deltas: [1] } }, /4000000000 buckets/],
    [
      {
        ...base,
        positive: {
          spans: [
            [0, 1],
            [-1, 1],
          ],
          deltas: [1, 0],
        },
      },
      /starts before/,
    ],
    [{ ...base, positive: { spans: [[0, 2]], deltas: [1, -2] } }, /negative count/],
    [{ ...base, count: 3 }, /1 observations are in its buckets, but it counts 3/],
    [{ ...base, count: 0, sum: Number.NaN }, /1 observations/],
    [{ ...base, customValues: [1] }, /custom bounds belong/],
    [{ ...custom, zeroCount: 1, count: 2 }, /no zero bucket/],
    [{ ...custom, negative: { spans: [[0, 1]], deltas: [1] } }, /no negative side/],
    [{ ...custom, customValues: [2, 1] }, /do not rise/],
    [{ ...custom, customValues: [1, Infinity] }, /\+Inf/],
    [
      {
        ...custom,
        positive: {
          spans: [
            [0, 1],
            [2, 1],
          ],
          deltas: [1, 0],
        },
        count: 2,
      },
      /beyond the 2 custom bounds/,
    ],
    [{ ...custom, positive: { spans: [[-1, 1]], deltas: [1] } }, /starts before/],
  ];
  for (const [histogram, detail] of cases) {
    const { histograms, rejects } = read(histogram);
    assert.deepEqual(histograms, [], String(detail));
    assert.deepEqual(
      rejects.map(({ line, reason }) => [line, reason]),
      [[1, 'bad_value']],
    );
    assert.match(rejects[0]?.detail ?? '', detail);
    assert.match(rejects[0]?.detail ?? '', /^h\{\}: /);
  }
});

test('observations of NaN are counted in no bucket', () => {
  const histogram = { t: T, schema: 0, count: 5, sum: Number.NaN, positive: { spans: [[0, 1]], deltas: [1] } } as const;
  assert.equal(read(histogram).histograms.length, 1);
});
