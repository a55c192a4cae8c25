import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeNative } from './encode.ts';

test('a block of numbers and texts has the bytes that the engine writes itself', () => {
  // The engine's own answer to: SELECT toUInt32(1) AS a, 'héllo' AS s FORMAT Native
  const expected = Buffer.from('020101610655496e74333201000000017306537472696e670668c3a96c6c6f', 'hex');
  const block = encodeNative(
    [
      { name: 'a', type: 'UInt32', values: Uint32Array.of(1) },
      { name: 's', type: 'String', values: ['héllo'] },
    ],
    1,
  );
  assert.deepEqual(Buffer.from(block), expected);
});

test('a view of a larger array is encoded alone', () => {
  const all = Float64Array.of(1, 2, 3, 4);
  const block = encodeNative([{ name: 'v', type: 'Float64', values: all.subarray(1, 3) }], 2);
  assert.deepEqual(Buffer.from(block).subarray(-16), Buffer.from(Float64Array.of(2, 3).buffer));
});

test('lengths beyond one byte are LEB128', () => {
  const block = encodeNative([{ name: 's', type: 'String', values: ['x'.repeat(300)] }], 1);
  assert.deepEqual([...block.subarray(11, 14)], [0xac, 0x02, 0x78]);
});

test('a column of another length is refused', () => {
  assert.throws(() => encodeNative([{ name: 'v', type: 'Float64', values: new Float64Array(2) }], 3), /has 2 values/);
});
