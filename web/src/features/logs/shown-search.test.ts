import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SavedSearch } from '#core/api/saved-search.ts';
import { searchOfSaved } from '#web/data/saved-searches.ts';
import { DEFAULT_COLUMNS } from './log-fields.ts';
import { findSaved, isChanged, shownSearch } from './shown-search.ts';

const saved: SavedSearch = {
  ...{ id: 'a1', version: 2, owner: 'ann', canChange: true, updatedAt: 0 },
  search: { name: 'Slow pages', query: 'took:>2s', columns: ['took'], order: 'newest', shared: true },
};

test('what differs from a saved search is a change; the usual columns are none', () => {
  const shown = shownSearch({ text: 'took:>2s', columns: ['took'], order: 'newest' });
  assert.equal(isChanged(saved, shown), false);
  for (const change of [{ query: 'took:>3s' }, { order: 'oldest' as const }, { columns: ['took', 'host'] }]) {
    assert.equal(isChanged(saved, { ...shown, ...change }), true);
  }
  assert.deepEqual(shownSearch({ text: '', columns: [...DEFAULT_COLUMNS], order: 'newest' }).columns, []);
});

test('a saved search is found by words of its name, query and owner', () => {
  assert.deepEqual(findSaved([saved], 'ANN slow 2s'), [saved]);
  assert.deepEqual(findSaved([saved], 'slow bob'), []);
});

test('its link holds everything, its time only where it has one', () => {
  const plain = { saved: 'a1', q: 'took:>2s', columns: 'took', order: undefined, row: undefined };
  assert.deepEqual(searchOfSaved(saved), plain);
  const range = { from: 'now-1h', to: 'now' };
  assert.deepEqual(searchOfSaved({ ...saved, search: { ...saved.search, range } }), { ...plain, ...range });
});
