import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Dashboard, type StoredDashboard } from '#core/api/dashboard.ts';
import { chosenDashboards } from './chosen-dashboards.ts';
import { DashListOptions } from './options.ts';

const ALL = [
  ['Web 10', ['web'], 3],
  ['Web 9', ['web', 'eu'], 1],
  ['Disks', ['eu'], 2],
] as const;

const stored = ALL.map(
  ([title, tags, updatedAt]): StoredDashboard => ({
    id: title,
    version: 1,
    updatedAt,
    updatedBy: 'ann',
    builtIn: false,
    imported: false,
    dashboard: Dashboard.parse({ title, tags: [...tags] }),
  }),
);

test('a list shows what has all its tags and words, in its order, so many', () => {
  const shown = (options: object): string[] =>
    chosenDashboards(stored, DashListOptions.parse(options)).map(({ id }) => id);
  assert.deepEqual(shown({}), ['Disks', 'Web 9', 'Web 10']);
  assert.deepEqual(shown({ tags: ['web', 'eu'] }), ['Web 9']);
  assert.deepEqual(shown({ words: 'wEb ' }), ['Web 9', 'Web 10']);
  assert.deepEqual(shown({ order: 'saved', limit: 2 }), ['Web 10', 'Disks']);
  assert.deepEqual(shown({ tags: ['none'] }), []);
});
