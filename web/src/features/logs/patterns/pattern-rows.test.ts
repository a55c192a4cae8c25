import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogPattern } from '#core/api/log-patterns.ts';
import { countMarks, labelOf, shareText, shownPatterns } from './pattern-rows.ts';

const pattern = (id: string, rest: Partial<LogPattern>): LogPattern => ({
  ...{ id, name: '', service: 's', words: ['a', '<*>'], count: 1, before: 1, trend: [], first: 1, last: 1, marks: [] },
  ...{ isPinned: false, isMuted: false, isOther: false, hasSeries: false, merged: [] },
  ...rest,
});
const patterns = [
  pattern('many', { count: 900, before: 1_000, marks: ['surging'] }),
  pattern('grown', { count: 90, before: 10, service: 'a', first: 5, marks: ['new', 'surging'] }),
  pattern('muted', { count: 500, isMuted: true, marks: ['new'] }),
  pattern('pinned', { count: 2, isPinned: true, service: 'z', last: 9 }),
];
const ids = (choice: Partial<Parameters<typeof shownPatterns>[1]>): string =>
  shownPatterns(patterns, { order: 'count', mark: undefined, showsMuted: false, ...choice })
    .map(({ id }) => id)
    .join(' ');

test('pinned ones stand first, muted ones not at all', () => {
  assert.equal(ids({}), 'pinned many grown');
  assert.equal(ids({ showsMuted: true }), 'pinned many muted grown');
  assert.equal(ids({ order: 'growth' }), 'pinned grown many');
  assert.equal(ids({ order: 'first' }), 'pinned grown many');
  assert.equal(ids({ order: 'service' }), 'pinned grown many');
  assert.equal(ids({ order: 'last', mark: 'surging' }), 'many grown');
});

test('marks are counted without muted ones', () => {
  assert.deepEqual(countMarks(patterns), [
    ['new', 1],
    ['surging', 2],
  ]);
});

test('shares and names as text', () => {
  assert.deepEqual(
    [shareText(1, 0), shareText(1, 3), shareText(1, 40), shareText(1, 9_999)],
    ['', '33 %', '2.5 %', '< 0.1 %'],
  );
  assert.equal(labelOf(pattern('i', {})), 'a <*>');
  assert.equal(labelOf(pattern('i', { name: 'n' })), 'n');
  assert.equal(labelOf(pattern('i', { words: [] })), 'i');
});
