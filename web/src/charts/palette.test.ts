import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assignStyles, PALETTE_SIZE } from './palette.ts';

const keys = Array.from({ length: 20 }, (_, i) => `host-${i}`);

test('eight series have eight colours, and the next eight differ by their dashes', () => {
  const styles = assignStyles(keys);
  assert.equal(new Set(styles.slice(0, PALETTE_SIZE).map(({ colour }) => colour)).size, PALETTE_SIZE);
  assert.equal(new Set(styles.slice(0, 16).map(({ colour, dash }) => `${colour} ${dash.join()}`)).size, 16);
});

test('a series keeps its colour in other company', () => {
  const [alone] = assignStyles(['host-3']);
  const [first] = assignStyles(['host-3', 'host-4', 'host-9']);
  assert.deepEqual(alone, first);
});

test('hashes spread over the palette', () => {
  const used = new Set(keys.map((key) => assignStyles([key])[0]?.colour));
  assert.ok(used.size >= 6, `only ${used.size} colours`);
});
