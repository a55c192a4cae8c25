import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sortRows } from './sort-rows.ts';

const rows = [
  { name: 'web-10', cpu: 0.2 },
  { name: 'web-9', cpu: null },
  { name: 'db-1', cpu: 0.9 },
];
const columns = [
  { key: 'name', sortValue: (row: { name: string }) => row.name },
  { key: 'cpu', sortValue: (row: { cpu: number | null }) => row.cpu },
];
const names = (sort?: string): string[] => sortRows(rows, columns, sort).map(({ name }) => name);

test('numbers inside names count as numbers', () => assert.deepEqual(names('name'), ['db-1', 'web-9', 'web-10']));

test('what is not measured is last in both directions', () => {
  assert.deepEqual(names('cpu'), ['web-10', 'db-1', 'web-9']);
  assert.deepEqual(names('-cpu'), ['db-1', 'web-10', 'web-9']);
});

test('an unknown column leaves the order', () => {
  assert.deepEqual(names('size'), ['web-10', 'web-9', 'db-1']);
  assert.deepEqual(names(), ['web-10', 'web-9', 'db-1']);
});
