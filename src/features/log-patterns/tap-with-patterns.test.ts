import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PatternNames } from '#query/logs/index.ts';
import { withIds } from './tap-with-patterns.ts';

const names: PatternNames = {
  idsOf: (text) => (text === 'paid' ? ['00000000000000aa', '00000000000000ab'] : []),
  merged: () => new Map(),
};

test('names of patterns become ids, all else stays', () => {
  assert.equal(
    withIds('host:a -pattern:paid', names),
    'host:a NOT (pattern:00000000000000aa OR pattern:00000000000000ab)',
  );
  for (const query of ['host:a  b', 'pattern:other', 'pattern:*', '"pattern']) assert.equal(withIdsOr(query), query);
});

const withIdsOr = (query: string): string => {
  try {
    return withIds(query, names);
  } catch {
    return query;
  }
};
