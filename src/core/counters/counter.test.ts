import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ContinuedCounters, counterStep, parseCounter } from './counter.ts';

const TOP_32 = 2n ** 32n - 1n;
const TOP_64 = 2n ** 64n - 1n;
const RULES = { bits: 32, restarted: false } as const;

const CASES = [
  ['the first reading says nothing', undefined, 5n, RULES, 'first', undefined],
  ['growth', 5n, 12n, RULES, 'grown', 7n],
  ['no growth', 5n, 5n, RULES, 'grown', 0n],
  ['a wrap of 32 bits', TOP_32, 3n, RULES, 'wrapped', 4n],
  ['a fall from the middle is a reset', 2n ** 31n, 3n, RULES, 'reset', 3n],
  ['64 bits do not wrap', TOP_64, 3n, { bits: 64, restarted: false }, 'reset', 3n],
  ['64 bits are exact', TOP_64 - 1n, TOP_64, { bits: 64, restarted: false }, 'grown', 1n],
  ['a restart is a reset although the value has grown', 5n, 12n, { bits: 64, restarted: true }, 'reset', 12n],
  ['a restart near the top is no wrap', TOP_32, 3n, { bits: 32, restarted: true }, 'reset', 3n],
] as const;

for (const [name, previous, value, rules, kind, increase] of CASES) {
  test(name, () => {
    const step = counterStep({ value, previous }, rules);
    assert.equal(step.kind, kind);
    assert.equal('increase' in step ? step.increase : undefined, increase);
  });
}

test('a counter of 32 bits is continued over its wraps and begins anew at a reset', () => {
  const counters = new ContinuedCounters();
  const read = (value: number, restarted = false): number => counters.next('a', value, restarted);
  assert.deepEqual([read(4_294_967_290), read(4), read(10)], [4_294_967_290, 4_294_967_300, 4_294_967_306]);
  assert.equal(read(7, true), 7);
  assert.equal(counters.next('b', 1, false), 1);
  assert.equal(read(1.5), 1.5);
  counters.forget('a');
  assert.equal(read(3), 3);
});

test('counters of 64 bits are read from text', () => {
  assert.equal(parseCounter('18446744073709551615'), 2 ** 64);
  assert.equal(parseCounter('12'), 12);
  for (const text of ['', '-1', '1.5', '1e3', 'x']) assert.equal(parseCounter(text), undefined, text);
});
