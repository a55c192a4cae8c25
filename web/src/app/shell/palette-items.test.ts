import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filterItems, matchScore, type PaletteItem } from './palette-items.ts';

const item = (group: PaletteItem['group'], label: string): PaletteItem => ({ id: label, group, label, run: () => {} });

test('all words must be found; starts count more', () => {
  assert.equal(matchScore('system_cpu_time', 'cpu disk'), 0);
  assert.ok(matchScore('cpu_time', 'cpu') > matchScore('system_cpu', 'cpu'));
  assert.ok(matchScore('system_cpu', 'cpu') > matchScore('systemcpu', 'cpu'));
  assert.ok(matchScore('web-1', 'web') > matchScore('web-100', 'web'));
});

test('groups keep their order and their number of lines', () => {
  const items = [item('Pages', 'Hosts'), item('Hosts', 'host-b'), item('Hosts', 'host-ab'), item('Metrics', 'up')];
  assert.deepEqual(
    filterItems(items, 'host', 1).map(({ label }) => label),
    ['Hosts', 'host-b'],
  );
  assert.equal(filterItems(items, '').length, 4);
});
