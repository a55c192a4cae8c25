import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatAge, formatDuration } from './duration.ts';
import { formatClock, formatFileTime, timeAxisLabels } from './time.ts';
import { unitOfMetric, unitOfQuery } from './unit-of-query.ts';
import { axisLabels, formatValue } from './value.ts';

const VALUES: readonly [value: number | null, unit: string, expected: string, decimals?: number][] = [
  [0, '', '0'],
  [7, '', '7'],
  [0.71, '', '0.71'],
  [1234, '', '1.23k'],
  [184_200, '', '184k'],
  [999.96, '', '1.00k'],
  [5e6, '', '5M'],
  [-1500, '', '-1.50k'],
  [0.384, 'ratio', '38.4 %'],
  [1, 'ratio', '100 %'],
  [0, 'bytes', '0 B'],
  [1023, 'bytes', '1023 B'],
  [1536, 'bytes', '1.50 KiB'],
  [1_048_575.9, 'bytes', '1.00 MiB'],
  [1.24 * 2 ** 30, 'bytes_per_second', '1.24 GiB/s'],
  [9.6e9, 'bits_per_second', '9.60 Gb/s'],
  [0.0023, 'seconds', '2.30 ms'],
  [90, 'seconds', '1.50 min'],
  [7200, 'seconds', '2 h'],
  [0, 'seconds', '0 s'],
  [0, 'milliseconds', '0 s'],
  [2_300, 'milliseconds', '2.30 s'],
  [12, 'milliseconds', '12 ms'],
  [1_500, 'nanoseconds', '1.50 µs'],
  [90, 'minutes', '1.50 h'],
  [0.5, 'days', '12 h'],
  [1_500, 'decimal_bytes', '1.50 kB'],
  [2e6, 'decimal_bytes_per_second', '2 MB/s'],
  [1_200, 'bits', '1.20 kb'],
  [1_200, 'per_minute', '1.20k/min'],
  [41.26, 'celsius', '41.3°C'],
  [12, 'per_second', '12/s'],
  [7.1294, '', '7.1', 1],
  [-0.0001, '', '0.0', 1],
  [5, 'apples', '5 apples'],
  [null, 'bytes', '–'],
  [Number.NaN, '', '–'],
  [Number.POSITIVE_INFINITY, '', '∞'],
];

for (const [value, unit, expected, decimals] of VALUES) {
  test(`${value} ${unit || 'count'} reads ${expected}`, () => {
    assert.equal(formatValue(value, unit, decimals), expected);
  });
}

test('axis labels share one multiple and only the decimals they need', () => {
  assert.deepEqual(axisLabels([0, 0.25, 0.5], 'ratio'), ['0', '25 %', '50 %']);
  assert.deepEqual(axisLabels([0, 512, 1024], 'bytes'), ['0', '0.5 KiB', '1.0 KiB']);
  assert.deepEqual(axisLabels([0, 50_000, 100_000], ''), ['0', '50k', '100k']);
  assert.deepEqual(axisLabels([0.1, 0.2, 0.3], ''), ['0.1', '0.2', '0.3']);
  assert.deepEqual(axisLabels([0.02, 0.025, 0.03], ''), ['0.020', '0.025', '0.030']);
  assert.deepEqual(axisLabels([0, 250_000, 1_000_000], ''), ['0', '0.25M', '1.00M']);
  assert.deepEqual(axisLabels([0, 1 / 3, 2 / 3], ''), ['0', '0.3', '0.7']);
});

test('durations name their two largest parts', () => {
  assert.equal(formatDuration(300), '300 ms');
  assert.equal(formatDuration(1_500), '1.5 s');
  assert.equal(formatDuration(125_000), '2 min 5 s');
  assert.equal(formatDuration(300_000), '5 min');
  assert.equal(formatDuration(41 * 86_400_000 + 6 * 3_600_000 + 1), '41 d 6 h');
});

test('the age of fresh samples has tenths and is never negative', () => {
  assert.equal(formatAge(412), '0.4 s');
  assert.equal(formatAge(-80), '0.0 s');
  assert.equal(formatAge(42_400), '42 s');
  assert.equal(formatAge(125_000), '2 min 5 s');
});

test('a time axis names the day where it changes and seconds only when they matter', () => {
  const midnight = new Date(2026, 10, 24).getTime();
  const hours = [-2, -1, 0, 1].map((h) => midnight + h * 3_600_000);
  assert.deepEqual(timeAxisLabels(hours, 3_600_000), ['22:00', '23:00', '24 Nov', '01:00']);
  assert.deepEqual(timeAxisLabels([midnight, midnight + 30_000], 30_000), ['00:00:00', '00:00:30']);
  assert.deepEqual(timeAxisLabels([midnight, midnight + 86_400_000], 86_400_000), ['24 Nov', '25 Nov']);
  assert.equal(formatClock(midnight + 61_000), '00:01:01');
  assert.equal(formatFileTime(midnight), '2026-11-24T00-00-00');
});

test('the unit of a query follows from the name of its metric and its function', () => {
  const query = (name: string, fn: 'raw' | 'rate') => ({
    matchers: [{ label: '__name__', op: '=' as const, value: name }],
    fn,
  });
  assert.equal(unitOfMetric('system_memory_usage_bytes'), 'bytes');
  assert.equal(unitOfMetric('servers.a.load'), '');
  assert.equal(unitOfQuery(query('system_network_io_bytes_total', 'rate')), 'bytes_per_second');
  assert.equal(unitOfQuery(query('system_cpu_time_seconds_total', 'rate')), 'ratio');
  assert.equal(unitOfQuery(query('http_requests_total', 'rate')), 'per_second');
  assert.equal(unitOfQuery({ ...query('x_bytes', 'raw'), aggregate: { op: 'count', by: [] } }), '');
});
