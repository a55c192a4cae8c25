import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { consolidate } from '#core/series-math/consolidate.ts';
import { inferInterval } from '#core/series-math/interval.ts';
import { SlotFinder, slotsOf, valuesInSlots } from './graphite-source-slots.ts';
import { graphiteStep } from './graphite-step.ts';

const FROM = 1_700_000_000 - (1_700_000_000 % 60);
const RANGE = { from: FROM, until: FROM + 600 };
const times = (...seconds: number[]): Float64Array => Float64Array.from(seconds, (second) => (FROM + second) * 1000);
const numbers = (count: number): Float64Array => Float64Array.from({ length: count }, (_, i) => i + 1);

/** What the general consolidation answers. */
function expected(t: Float64Array, v: Float64Array, schemaStep: number): number[] {
  const step = Math.min(schemaStep, graphiteStep(inferInterval(t), schemaStep));
  const { start, end } = slotsOf(RANGE, step);
  const grid = { start: start * 1000, step: step * 1000, points: (end - start) / step };
  return [...consolidate(t, v, grid, { how: 'last' })];
}

test('slots are those after from, up to and with until', () => {
  assert.deepEqual(slotsOf(RANGE, 60), { start: FROM + 60, end: FROM + 660, step: 60 });
  assert.deepEqual(slotsOf({ from: FROM, until: FROM + 1 }, 60), { start: FROM + 60, end: FROM + 120, step: 60 });
});

test('a series without gaps that covers the range is answered from its own memory', () => {
  const t = Float64Array.from({ length: 20 }, (_, i) => (FROM + (i - 5) * 60 + 7) * 1000);
  const v = numbers(20);
  const found = valuesInSlots(new SlotFinder(RANGE).find(t, 60), v);
  assert.equal(found.buffer, v.buffer);
  assert.deepEqual([...found], expected(t, v, 60));
});

test('series with the same times share the slots, and no others do', () => {
  const finder = new SlotFinder(RANGE);
  const t = times(60, 120, 180);
  const first = finder.find(t, 60);
  assert.equal(finder.find(t.slice(), 60), first);
  assert.equal(finder.find(t.subarray(), 60), first);
  assert.notEqual(finder.find(t, 30), first);
  assert.deepEqual([...valuesInSlots(finder.find(times(60, 180, 240), 60), numbers(3))].slice(0, 4), [1, NaN, 2, 3]);
});

test('any samples lie where the general consolidation puts them', () => {
  const sample = fc.record({
    distance: fc.oneof(
      { weight: 5, arbitrary: fc.constant(10_000) },
      fc.constant(60_000),
      fc.integer({ min: 1, max: 90_000 }),
    ),
    value: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 9 }) }, fc.constant(Number.NaN)),
  });
  const property = fc.property(
    fc.array(sample, { maxLength: 80 }),
    fc.integer({ min: -300_000, max: 300_000 }),
    fc.constantFrom(10, 20, 60, 300),
    (samples, offset, schemaStep) => {
      let at = FROM * 1000 + offset;
      const t = Float64Array.from(samples, ({ distance }) => (at += distance));
      const v = Float64Array.from(samples, ({ value }) => value);
      const found = [...valuesInSlots(new SlotFinder(RANGE).find(t, schemaStep), v)];
      assert.deepEqual(found, expected(t, v, schemaStep));
    },
  );
  fc.assert(property, { numRuns: 2_000 });
});
