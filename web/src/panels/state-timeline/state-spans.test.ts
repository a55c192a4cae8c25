import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stateSpans } from './state-spans.ts';

test('equal neighbours are one state, a hole ends it', () => {
  assert.deepEqual(stateSpans(Float64Array.of(1, 1, 0, Number.NaN, 0, 0)), [
    { value: 1, from: 0, to: 1 },
    { value: 0, from: 2, to: 2 },
    { value: 0, from: 4, to: 5 },
  ]);
});
