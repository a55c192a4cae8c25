import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NativeHistogram } from '#core/model/histogram.ts';
import { histogramOf } from '#query/promql/histogram/testing/histogram-of.ts';
import { callRange, type RangeCall } from './testing/call.ts';

const counter = (first: number, step: number, steps: number): number[] =>
  Array.from({ length: steps + 1 }, (_, i) => first + i * step);
const minutes = (m: number): number => m * 60;
const total = { __name__: 'http_requests_total' };

// Prometheus, promql/promqltest/testdata/functions.test.
const FLOATS: readonly (readonly [string, string, RangeCall, number | undefined])[] = [
  ['increase', 'is exact over all samples', { samples: counter(0, 10, 10), start: 0, end: minutes(50) }, 100],
  ['increase', 'knows resets', { samples: [0, 1, 2, 3, 2, 3, 4], start: 0, end: minutes(30) }, 7],
  [
    'increase',
    'extrapolates by half an interval',
    { samples: counter(10, 10, 10), start: minutes(-50), end: minutes(50) },
    105,
  ],
  [
    'increase',
    'extrapolates no further back than to zero',
    { samples: counter(1, 10, 10), start: minutes(-50), end: minutes(50) },
    101,
  ],
  ['rate', 'is per second', { samples: counter(0, 80, 10), start: 0, end: minutes(50) }, 0.26666666666666666],
  [
    'rate',
    'of one sample is nothing',
    { samples: counter(0, 10, 10), start: minutes(45), end: minutes(50) },
    undefined,
  ],
  ['rate', 'of an empty window is nothing', { samples: [1, 2], start: 1000, end: 2000 }, undefined],
  ['rate', 'to NaN is NaN', { samples: [1, 3, NaN], start: -1, end: 600 }, NaN],
  ['delta', 'may fall', { samples: [200, 150, 100, 50, 0], start: 0, end: minutes(20) }, -200],
  ['irate', 'looks at the last two', { samples: [0, 1000, 1010], end: 600 }, 10 / 300],
  ['irate', 'after a reset counts from zero', { samples: [0, 100, 30], end: 600 }, 0.1],
  ['irate', 'of one sample is nothing', { samples: [1], end: 600 }, undefined],
  ['idelta', 'may fall', { samples: [0, 50, 100, 50] }, -50],
  ['changes', 'counts changes, NaN equal to NaN', { samples: [1, 2, 2, NaN, NaN, 1] }, 3],
  ['changes', 'of one sample are none', { samples: [1] }, 0],
  ['resets', 'count falls', { samples: [1, 2, 3, 0, 1, 0, 0, 1, 2, 0] }, 3],
];
for (const [name, what, call, expected] of FLOATS) {
  test(`${name} ${what}`, () => {
    const { sample } = callRange(name, { labels: total, ...call });
    if (typeof expected !== 'number' || Number.isNaN(expected)) assert.equal(sample, expected);
    else assert.ok(Math.abs((sample as number) - expected) < 1e-12, String(sample));
  });
}

// Prometheus, promql/promqltest/testdata/extended_vectors.test.
const EXTENDED: readonly (readonly [string, RangeCall, number | undefined])[] = [
  ['increase', { samples: [1, 2, 3, 4, 5, 6], step: 15, start: 10, end: 55, extension: 'anchored' }, 3],
  ['increase', { samples: [1, 2, 3, 4, 5, 6], step: 15, start: 15, end: 45, extension: 'smoothed' }, 2],
  ['increase', { samples: [0, 30, 60], step: 15, start: 5, end: 20, extension: 'smoothed' }, 30],
  ['rate', { samples: [0, 30, 60], step: 15, start: 5, end: 20, extension: 'smoothed' }, 2],
  ['increase', { samples: [0, 10, 5, 15], step: 10, start: 0, end: 30, extension: 'anchored' }, 25],
  ['delta', { samples: [9, 6], step: 10, start: 2, end: 12, extension: 'anchored' }, -3],
  ['increase', { samples: [1, 2], step: 10, start: 100, end: 120, extension: 'anchored' }, undefined],
  ['changes', { samples: [1, 2, 2, 3], step: 10, start: 10, end: 30, extension: 'anchored' }, 1],
];
for (const [name, call, expected] of EXTENDED) {
  test(`${name} of ${call.extension} ${call.samples.join(' ')} over (${call.start}, ${call.end}]`, () => {
    assert.equal(callRange(name, call).sample, expected);
  });
}

const gauge = (count: number, sum: number): NativeHistogram =>
  histogramOf({ resetHint: 'gauge', count, sum, buckets: [count] });
const growing = [1, 3, 5].map((count) => histogramOf({ count, sum: count, buckets: [count] }));
const fields = (sample: unknown): unknown => {
  const { count, sum, resetHint } = sample as NativeHistogram;
  return { count, sum, resetHint };
};

// Prometheus, promql/promqltest/testdata/extended_vectors.test: each count stands 15 s after the one before.
const EXTENDED_HISTOGRAMS: readonly (readonly [
  string,
  RangeCall['extension'],
  number,
  number,
  readonly (number | 'reset')[],
  number | undefined,
])[] = [
  ['increase', 'anchored', -10, 50, [1, 2, 3, 4, 5], 3],
  ['increase', 'smoothed', -10, 50, [1, 2, 3, 4, 5], 10 / 3],
  ['rate', 'smoothed', -10, 50, [1, 2, 3, 4, 5], 1 / 18],
  ['increase', 'anchored', -55, 5, [1, 2], 0],
  ['increase', 'anchored', 0, 45, [1, 4, 'reset', 1, 3], 6],
  ['increase', 'smoothed', 7.5, 22.5, [10, 'reset', 4, 6], 3],
  ['increase', 'smoothed', 3.75, 11.25, [10, 'reset', 5], 2.5],
  ['increase', 'anchored', 20, 30, [1, 2], undefined],
];
for (const [name, extension, start, end, counts, expected] of EXTENDED_HISTOGRAMS) {
  test(`${name} of ${extension} histograms ${counts.join(' ')} over (${start}, ${end}]`, () => {
    const samples = counts.flatMap((count, i) => {
      if (count === 'reset') return [];
      const resetHint = counts[i - 1] === 'reset' ? 'reset' : 'unknown';
      return [histogramOf({ resetHint, count, sum: count, buckets: [count] })];
    });
    const { sample } = callRange(name, { samples, step: 15, start, end, extension: extension ?? 'anchored' });
    const { count } = (sample ?? {}) as Partial<NativeHistogram>;
    if (expected === undefined) assert.equal(sample, undefined);
    else assert.ok(Math.abs((count ?? NaN) - expected) < 1e-12, String(count));
  });
}

test('rates of native histograms are gauges', () => {
  const call = { samples: growing, start: 0, end: 600, labels: total };
  const { sample, notes } = callRange('increase', call);
  assert.deepEqual(fields(sample), { count: 4, sum: 4, resetHint: 'gauge' });
  assert.deepEqual(notes, []);
  assert.deepEqual(fields(callRange('irate', call).sample), { count: 2 / 300, sum: 2 / 300, resetHint: 'gauge' });
});

test('what a reset took from a native histogram is added', () => {
  const samples = [4, 6, 1, 2].map((count) => histogramOf({ count, sum: count, buckets: [count] }));
  // 6, 1, 2 make 2 in 600 s, extrapolated to 900 s.
  assert.deepEqual(fields(callRange('increase', { samples, start: 0, end: 900 }).sample), {
    count: 3,
    sum: 3,
    resetHint: 'gauge',
  });
  assert.equal(callRange('resets', { samples }).sample, 1);
  assert.equal(callRange('changes', { samples: [...samples, samples[3] as NativeHistogram] }).sample, 3);
});

test('a first histogram that was reset away may have another layout', () => {
  const samples = [
    histogramOf({ count: 9, buckets: [9] }),
    histogramOf({ schema: -53, resetHint: 'reset', count: 1, sum: 1, bounds: [5], buckets: [1] }),
    histogramOf({ schema: -53, count: 3, sum: 3, bounds: [5], buckets: [3] }),
  ];
  const { sample, notes } = callRange('increase', { samples, start: 0, end: 600 });
  assert.equal((sample as NativeHistogram).count, 3);
  assert.deepEqual(notes, []);
});

const mix = 'PromQL warning: encountered a mix of histograms and floats for metric name "http_requests_total"';
const NOTES: readonly (readonly [string, RangeCall['samples'], boolean, string])[] = [
  ['rate', [1, 2, gauge(1, 1)], false, mix],
  ['irate', [1, gauge(1, 1)], false, mix],
  ['delta', growing, true, 'PromQL warning: this native histogram metric is not a gauge: "http_requests_total"'],
  ['idelta', growing, true, 'PromQL warning: this native histogram metric is not a gauge: "http_requests_total"'],
  [
    'increase',
    [gauge(1, 1), gauge(2, 2)],
    true,
    'PromQL warning: this native histogram metric is not a counter: "http_requests_total"',
  ],
  [
    'rate',
    [
      histogramOf({ count: 1, buckets: [1] }),
      histogramOf({ schema: -53, resetHint: 'no_reset', count: 2, bounds: [1] }),
    ],
    false,
    'PromQL warning: vector contains a mix of histograms with exponential and custom buckets schemas for metric name "http_requests_total"',
  ],
];
for (const [name, samples, hasResult, note] of NOTES) {
  test(`${name} notes: ${note}`, () => {
    const { sample, notes } = callRange(name, { samples, labels: total });
    assert.equal(sample !== undefined, hasResult);
    assert.deepEqual(notes, [note]);
  });
}

test('rate and increase ask whether a float with another name is a counter', () => {
  const note =
    'PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "temperature"';
  assert.deepEqual(callRange('rate', { samples: [1, 2], labels: { __name__: 'temperature' } }).notes, [note]);
  assert.deepEqual(callRange('delta', { samples: [1, 2], labels: { __name__: 'temperature' } }).notes, []);
  assert.deepEqual(callRange('rate', { samples: [1, 2], labels: {} }).notes, []);
});
