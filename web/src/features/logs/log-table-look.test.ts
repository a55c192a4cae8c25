import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logTableLook } from './log-table-look.ts';

const NOW = [Date.now()];
const trackCount = (tracks: string): number => tracks.replaceAll(/\([^)]*\)/g, '').split(' ').length;

test('a wide row has a track for each column and one line', () => {
  const { tracks, rowPx } = logTableLook(['level', 'host', 'message'], NOW, false);
  assert.equal(trackCount(tracks), 5);
  assert.equal(rowPx, 24);
});

test('a narrow row has a flexible track for all but the message, which stands below', () => {
  const { tracks, rowPx } = logTableLook(['level', 'message'], NOW, true);
  assert.equal(tracks, '28px 96px 62px minmax(0, 1fr)');
  assert.equal(rowPx, 60);
  assert.equal(trackCount(logTableLook(['level', 'host', 'message'], NOW, true).tracks), 4);
});

test('rows of other days have room for the day', () => {
  assert.match(logTableLook(['message'], [...NOW, Date.now() - 3 * 86_400_000], false).tracks, /^28px 146px /);
});
