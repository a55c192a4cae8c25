import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY_MS } from './batch.ts';
import { KnownValues } from './known-values.ts';
import { OpenRows } from './row-chunk.ts';

type Row = { readonly series: number; readonly t: number };

function openRows(maxRows: number, removed: Row[] = []): OpenRows<Row> {
  return new OpenRows<Row>({
    ...{ table: 'trial', maxRows, isCounted: true },
    time: ({ t }) => t,
    series: ({ series }) => series,
    encode: (rows) => Buffer.from(rows.map(({ series }) => series)),
    onRemoved: (row) => removed.push(row),
  });
}

test('rows of one day are one chunk, which knows their series, times and inputs', () => {
  const open = openRows(10);
  const rows: Row[] = [1, 2, 3].map((series) => ({ series, t: (series % 2) * DAY_MS + series }));
  for (const row of rows) assert.equal(open.append(row, row.series === 3 ? 8 : 7), true);
  assert.equal(open.rows, 3);
  const [odd, even] = open.take();
  assert.deepEqual([...(odd?.encode() ?? [])], [1, 3]);
  assert.deepEqual([...(even?.encode() ?? [])], [2]);
  assert.deepEqual(odd?.seriesTimes, { rows: 2, ordinal: [1, 3], t: [DAY_MS + 1, DAY_MS + 3] });
  assert.deepEqual(odd?.counts, [
    [7, 1],
    [8, 1],
  ]);
  assert.deepEqual([open.rows, open.all.length], [0, 0]);
});

test('rows count against the bound until they are written or taken out again', () => {
  const removed: Row[] = [];
  const open = openRows(4, removed);
  const append = (series: number): boolean => open.append({ series, t: 0 }, 0);
  for (let series = 1; series <= 4; series += 1) assert.equal(append(series), true);
  const [chunk] = open.take();
  assert.equal(append(5), false);
  chunk?.remove(1, 3);
  assert.deepEqual(
    removed.map(({ series }) => series),
    [2, 3],
  );
  assert.deepEqual([...(chunk?.encode() ?? [])], [1, 4]);
  assert.equal(open.waiting, 2);
  assert.equal(append(5), true);
  chunk?.done();
  assert.equal(open.waiting, 1);
});

test('a value is news when it differs from the last, when it was forgotten, and when there were too many', () => {
  const known = new KnownValues<string>(2);
  const news = (key: string, value: string): boolean => known.isNews(key, value);
  assert.deepEqual([news('a', '1'), news('a', '1'), news('a', '2'), news('b', '1')], [true, false, true, true]);
  known.forget('b');
  assert.deepEqual([news('b', '1'), news('b', '1')], [true, false]);
  assert.deepEqual([news('c', '1'), news('a', '2')], [true, true]);
});
