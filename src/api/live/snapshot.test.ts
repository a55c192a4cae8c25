import assert from 'node:assert/strict';
import { test } from 'node:test';
import { snapshotColumns } from './snapshot.ts';

const SERIES = { id: 7n, family: 1, labels: { __name__: 'cpu' } };
const FROM = 1_000_000;

test('received samples join stored ones in time order, the received one stays, older than the window are left out', () => {
  const stored = [{ series: SERIES, t: Float64Array.of(FROM + 1, FROM + 3), v: Float64Array.of(1, 3) }, undefined];
  const recent = {
    index: Uint32Array.of(0, 0, 0, 1, 1),
    t: Float64Array.of(FROM + 3, FROM + 2, FROM - 1, FROM - 2, FROM),
    v: Float64Array.of(30, 2, 9, 9, 5),
  };
  const { counts, t, v } = snapshotColumns(stored, recent, { fromMs: FROM, spanMs: 60_000, maxPoints: 100 });
  assert.deepEqual(
    [counts, [...t], [...v]],
    [
      [3, 1],
      [FROM + 1, FROM + 2, FROM + 3, FROM],
      [1, 2, 30, 5],
    ],
  );
});

test('many received samples, as while the store is away, are thinned like stored ones', () => {
  const rows = 60_000;
  const recent = {
    index: new Uint32Array(rows),
    t: Float64Array.from({ length: rows }, (_, i) => FROM + i),
    v: Float64Array.from({ length: rows }, (_, i) => i),
  };
  const window = { fromMs: FROM, spanMs: rows, maxPoints: 100 };
  const { counts, t, v } = snapshotColumns([undefined], recent, window);
  assert.ok((counts[0] ?? 0) > 90 && (counts[0] ?? 0) <= 100, `${counts[0]} points`);
  assert.deepEqual([t.at(-1), v.at(-1)], [FROM + rows - 1, rows - 1], 'the newest stays');
});
