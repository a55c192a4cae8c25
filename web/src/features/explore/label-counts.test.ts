import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countLabels } from './label-counts.ts';

test('values are counted and the most frequent come first', () => {
  const series = ['user', 'idle', 'user'].map((mode, i) => ({
    sid: String(i),
    labels: { __name__: 'cpu', mode, host: 'a' },
  }));
  assert.deepEqual(countLabels(series), [
    { label: 'host', values: [{ value: 'a', count: 3 }] },
    {
      label: 'mode',
      values: [
        { value: 'user', count: 2 },
        { value: 'idle', count: 1 },
      ],
    },
  ]);
});
