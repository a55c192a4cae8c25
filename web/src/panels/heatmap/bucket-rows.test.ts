import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bucketRows } from './bucket-rows.ts';

const line = (labels: Record<string, string>, name = '') => ({ key: name, name, labels, query: 0 });

test('cumulative buckets are told apart, greatest on top', () => {
  const series = [line({ le: '+Inf' }), line({ le: '10' }), line({ le: '2.5' })];
  const values = [
    [9, 9],
    [7, 8],
    [3, 0],
  ].map((column) => Float64Array.from(column));
  assert.deepEqual(
    bucketRows({ series, values }).map(({ name, values: cells }) => [name, [...cells]]),
    [
      ['+Inf', [2, 1]],
      ['10', [4, 8]],
      ['2.5', [3, 0]],
    ],
  );
});

test('other series keep their values', () => {
  const values = [Float64Array.of(1), Float64Array.of(2)];
  const rows = bucketRows({ series: [line({}, 'a'), line({}, 'b')], values });
  assert.deepEqual(
    rows.map(({ name, values: [cell] }) => [name, cell]),
    [
      ['b', 2],
      ['a', 1],
    ],
  );
});
