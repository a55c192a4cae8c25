import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PulledSource } from '#core/api/status.ts';
import { withRates } from './pulled-sources.ts';

const source = (name: string, records: number): PulledSource => ({
  ...{ input: 'file-tail', name, source: `file:${name}`, records, lastAt: 0, isDone: false, problem: '' },
});

test('a rate is what came between two looks; a source that is new has none yet, a counter that fell began anew', () => {
  const first = { at: 1_000, sources: [source('/a', 10), source('/b', 100)] };
  const second = { at: 3_000, sources: [source('/a', 30), source('/b', 6), source('/c', 5)] };
  const rates = withRates(second, first).map(({ name, perSecond }) => [name, perSecond]);
  assert.deepEqual(rates, [
    ['/a', 10],
    ['/b', 3],
    ['/c', undefined],
  ]);
  assert.equal(withRates(first, undefined)[0]?.perSecond, undefined);
});
