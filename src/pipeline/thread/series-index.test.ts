import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { IdentityTable } from './identity-table.ts';
import { SeriesIndex } from './series-index.ts';

const encode = (text: string): Buffer => Buffer.from(text);

function find(index: SeriesIndex, key: Uint8Array, previous = -1): number {
  return index.find(new DataView(key.buffer, key.byteOffset, key.byteLength), 0, key.length, previous);
}

test('keys of all lengths are found again after many resizes, and others are not', () => {
  const index = new SeriesIndex(7);
  const keys = Array.from({ length: 60_000 }, (_, i) => encode(`${'k'.repeat(i % 9)}.${i}`));
  for (const [i, key] of keys.entries()) index.insert(key, 0, key.length, i * 2);
  for (const [i, key] of keys.entries()) {
    assert.equal(index.target(find(index, key)), i * 2);
    assert.equal(Buffer.from(index.key(find(index, key))).toString(), key.toString());
  }
  for (let i = 0; i < 1000; i += 1) assert.equal(find(index, encode(`absent.${i}`)), -1);
});

test('a key is a slice of a larger chunk, at any place', () => {
  const index = new SeriesIndex(7);
  const chunk = encode('xx abc.def yy abc.dex');
  index.insert(chunk, 3, 10, 1);
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  assert.equal(index.find(view, 3, 10, -1), 0);
  assert.equal(index.find(view, 14, 21, -1), -1);
  assert.equal(index.find(view, 3, 9, -1), -1);
});

test('the guess of the next key never gives a wrong series', () => {
  const index = new SeriesIndex(7);
  const keys = ['a.one', 'a.two', 'a.six', 'bb'].map(encode);
  for (const [i, key] of keys.entries()) index.insert(key, 0, key.length, i);
  fc.assert(
    fc.property(fc.array(fc.nat(3), { maxLength: 50 }), (order) => {
      let previous = -1;
      for (const i of order) {
        previous = find(index, keys[i] ?? encode(''), previous);
        assert.equal(index.target(previous), i);
      }
    }),
  );
});

test('the index behaves as a map of byte strings', () => {
  const key = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '.'), minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.array(key, { maxLength: 300 }), fc.integer(), (keys, seed) => {
      const index = new SeriesIndex(seed);
      const model = new Map<string, number>();
      for (const text of keys) {
        const bytes = encode(text);
        const entry = find(index, bytes);
        assert.equal(entry === -1 ? undefined : index.target(entry), model.get(text));
        if (entry !== -1) continue;
        index.insert(bytes, 0, bytes.length, model.size);
        model.set(text, model.size);
      }
      assert.equal(index.size, model.size);
    }),
  );
});

test('ids that share all their low bits are told apart', () => {
  const table = new IdentityTable();
  for (let high = 0; high < 5_000; high += 1) assert.equal(table.insert(0x1000, high), high);
  for (let high = 0; high < 5_000; high += 1) assert.equal(table.find(0x1000, high), high);
  assert.equal(table.find(0x1000, 5_000), -1);
  assert.equal(table.find(0x2000, 1), -1);
});
