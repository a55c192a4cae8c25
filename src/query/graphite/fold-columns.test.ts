import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countKnown, maximum, minimum, sum } from './agg-func.ts';
import { consolidate, mapRows } from './consolidation.ts';
import { foldColumns } from './fold-columns.ts';
import { makeSeries, type Series } from './series.ts';

const breathe = (): Promise<void> => Promise.resolve();
const value = fc.oneof(fc.double(), fc.integer({ min: -9, max: 9 }), fc.constant(Number.NaN));
const seriesOf = (values: readonly number[]): Series =>
  makeSeries({ name: 'a', start: 0, end: values.length, step: 1, values: Float64Array.from(values) });

for (const [how, func] of Object.entries({ sum, min: minimum, max: maximum } as const)) {
  test(`columns folded by ${how} are the rows folded one by one`, async () => {
    const lists = fc.array(fc.array(value, { maxLength: 5 }), { maxLength: 5 });
    const property = fc.asyncProperty(lists, async (columns) => {
      const list = columns.map(seriesOf);
      const { values, counts } = await foldColumns(list, how as 'sum' | 'min' | 'max', { breathe });
      assert.deepEqual([...values], [...(await mapRows(list, { breathe }, func))]);
      assert.deepEqual([...counts], [...(await mapRows(list, { breathe }, countKnown))]);
    });
    await fc.assert(property, { numRuns: 500 });
  });
}

test('buckets merged by sum and average are those of the aggregations', () => {
  const property = fc.property(
    fc.array(value, { maxLength: 12 }),
    fc.integer({ min: 2, max: 5 }),
    fc.constantFrom(0, 0.5, 1),
    (values, factor, xFilesFactor) => {
      for (const [consolidation, divisor] of [['sum', () => 1] as const, ['average', countKnown] as const]) {
        const found = consolidate({ ...seriesOf(values), consolidation, xFilesFactor }, factor);
        const buckets = Array.from({ length: Math.ceil(values.length / factor) }, (_, i) =>
          Float64Array.from(values.slice(i * factor, (i + 1) * factor)),
        );
        const expected = buckets.map((bucket) => {
          const count = countKnown(bucket);
          return count > 0 && count / factor >= xFilesFactor ? sum(bucket) / divisor(bucket) : Number.NaN;
        });
        assert.deepEqual([...found.values], expected);
      }
    },
  );
  fc.assert(property, { numRuns: 1_000 });
});
