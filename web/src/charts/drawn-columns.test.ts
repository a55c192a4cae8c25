import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SeriesLook } from '#core/api/panel-display.ts';
import type { ChartData } from './chart-data.ts';
import { drawnColumns } from './drawn-columns.ts';

const NONE = Number.NaN;

function chart(...lines: readonly (readonly [values: readonly number[], look?: SeriesLook])[]): ChartData {
  return {
    series: lines.map(([, look], query) => ({
      key: `${query}`,
      name: `${query}`,
      labels: {},
      query,
      ...(look === undefined ? {} : { look }),
    })),
    t: Float64Array.from(lines[0]?.[0] ?? [], (_, index) => index * 1_000),
    values: lines.map(([values]) => Float64Array.from(values)),
    from: 0,
    to: 4_000,
    step: 1_000,
  };
}

function drawn(data: ChartData, more: Partial<Parameters<typeof drawnColumns>[1]> = {}): number[][] {
  const shown = data.series.map(() => true);
  return drawnColumns(data, { shown, stacked: true, bars: false, ...more }).columns.map((column) => [...column]);
}

test('a series that comes more seldom lifts the others between its samples, and a gap lifts nothing', () => {
  const seldom = [2, NONE, 4, NONE, 6, NONE, 4, NONE, 2, NONE, NONE, NONE, NONE, 5, NONE, 7, NONE];
  const often = seldom.map(() => 1);
  assert.deepEqual(drawn(chart([seldom], [often])), [
    [2, 3, 4, 5, 6, 5, 4, 3, 2, NONE, NONE, NONE, NONE, 5, 6, 7, 7],
    [3, 4, 5, 6, 7, 6, 5, 4, 3, 1, 1, 1, 1, 6, 7, 8, 8],
  ]);
  const bars = drawn(chart([seldom], [often]), { bars: true });
  assert.deepEqual(bars[1]?.slice(0, 4), [3, 1, 5, 1], 'a bar stands for its own sample only');
});

test('what is hidden, beside the stack, at the right axis or of an earlier time lifts nothing', () => {
  const line = [1, 1];
  const data = chart([line], [line, { stacked: false }], [line, { axis: 'right' }], [line]);
  assert.deepEqual(drawn(data), [line, line, line, [2, 2]]);
  assert.deepEqual(drawn(data, { shown: [false, true, true, true] }).at(-1), line);
});

test('mirrored series are drawn below zero, in a stack of their own, and their bands with them', () => {
  const data = chart([[1, 2]], [[3, 4], { mirrored: true }], [[5, 6]], [[1, NONE], { mirrored: true }]);
  assert.deepEqual(drawn(data), [
    [1, 2],
    [-3, -4],
    [6, 8],
    [-4, NONE],
  ]);
  const banded = { ...data, min: data.values, max: data.values.map((column) => column.map((value) => value + 1)) };
  const { bands } = drawnColumns(banded, { shown: [true, true, true, true], stacked: false, bars: false });
  assert.deepEqual(
    [[...(bands[1]?.low ?? [])], [...(bands[1]?.high ?? [])]],
    [
      [-4, -5],
      [-3, -4],
    ],
  );
});
