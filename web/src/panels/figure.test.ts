import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { figureOf, statusOf } from './figure.ts';
import { readOptions } from './read-options.ts';

const thresholds = [
  { value: 90, status: 'critical' as const },
  { value: 70, status: 'warning' as const },
];

test('the status is that of the greatest threshold reached, in any order', () => {
  assert.deepEqual(
    [50, 70, 89, 95, Number.NaN].map((value) => statusOf(value, thresholds)),
    [undefined, 'warning', 'warning', 'critical', undefined],
  );
});

test('figures skip gaps', () => {
  const data = {
    series: [{ key: 'a', name: 'a', labels: {}, query: 0 }],
    t: Float64Array.of(0, 1, 2, 3),
    values: [Float64Array.of(2, Number.NaN, 4, Number.NaN)],
    from: 0,
    to: 3,
    step: 1,
  };
  assert.deepEqual(
    (['last', 'avg', 'min', 'max'] as const).map((figure) => figureOf(data, 0, figure)),
    [4, 3, 2, 4],
  );
});

test('wrong options fall back to their defaults, right ones stay', () => {
  const schema = z.object({ spark: z.boolean().default(true), decimals: z.number().default(2) });
  assert.deepEqual(readOptions(schema, { spark: false, decimals: 'many', other: 1 }), { spark: false, decimals: 2 });
});
