import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TableHeader } from '#core/api/text-query.ts';
import { tableAsLines } from './table-lines.ts';

const stats = { seriesMatched: 0, samplesRead: 3, ms: 1 };
const table = (fields: TableHeader['fields'], rows: TableHeader['rows']) => ({
  header: { type: 'table', fields, rows, truncated: false, stats } as const,
  columns: [],
});
const text = (name: string) => ({ name, type: 'text' });
const number = (name: string, type = 'number') => ({ name, type });

function shown(frame: ReturnType<typeof tableAsLines>): unknown {
  if (frame.header.type !== 'range') return 'table';
  return frame.header.series.map(({ labels }, index) => [{ ...labels }, frame.columns[index]?.[0]]);
}

test('a row is a series of one value, its texts are the labels', () => {
  const rows = [
    ['a', 2],
    ['b', null],
  ];
  assert.deepEqual(shown(tableAsLines(table([text('host'), number('n')], rows), 5_000)), [
    [{ host: 'a' }, 2],
    [{ host: 'b' }, Number.NaN],
  ]);
});

test('columns of numbers are told apart by their names; 64-bit integers are texts', () => {
  const fields = [number('n', 'UInt64'), number('p95', 'Float64'), text('host')];
  assert.deepEqual(shown(tableAsLines(table(fields, [['7', 1.5, 'a']]), 0)), [
    [{ host: 'a', __name__: 'n' }, 7],
    [{ host: 'a', __name__: 'p95' }, 1.5],
  ]);
});

test('a table without numbers stays one', () => {
  assert.equal(shown(tableAsLines(table([text('host')], [['a']]), 0)), 'table');
});
