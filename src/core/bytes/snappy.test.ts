import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compress } from 'snappyjs';
import { AppError } from '../errors.ts';
import { uncompressSnappy } from './snappy.ts';

const MAX = 1 << 20;

const repetitive = fc
  .tuple(fc.uint8Array({ maxLength: 90 }), fc.nat(80), fc.uint8Array({ maxLength: 300 }))
  .map(([part, times, rest]) => Buffer.concat([...Array.from({ length: times }, () => part), rest, part]));

test('what a peer compresses comes back as it was', () => {
  fc.assert(
    fc.property(fc.oneof(repetitive, fc.uint8Array({ maxLength: 3000 })), (bytes) => {
      assert.deepEqual(Buffer.from(uncompressSnappy(compress(new Uint8Array(bytes)), MAX)), Buffer.from(bytes));
    }),
  );
});

test('literals and copies of every length form are read', () => {
  const literal = (form: number[], body: Uint8Array): Uint8Array => Buffer.concat([Buffer.from(form), body]);
  const body = Buffer.from(Array.from({ length: 70 }, (_, i) => i));
  const forms = [
    [60 << 2, 69],
    [61 << 2, 69, 0],
    [62 << 2, 69, 0, 0],
    [63 << 2, 69, 0, 0, 0],
  ];
  for (const form of forms) {
    assert.deepEqual(Buffer.from(uncompressSnappy(Buffer.concat([Buffer.from([70]), literal(form, body)]), MAX)), body);
  }
  const copies = [
    [0x01, 2],
    [(3 << 2) | 2, 2, 0],
    [(3 << 2) | 3, 2, 0, 0, 0],
  ];
  for (const copy of copies) {
    const input = Buffer.concat([Buffer.from([6, 1 << 2, 7, 8]), Buffer.from(copy)]);
    assert.deepEqual([...uncompressSnappy(input, MAX)], [7, 8, 7, 8, 7, 8], copy.join(' '));
  }
});

test('hostile lengths are refused before they cost anything', () => {
  const cases: readonly (readonly [string, readonly number[]])[] = [
    ['4 GiB declared', [0xff, 0xff, 0xff, 0xff, 0x0f, 0, 1]],
    ['more declared than the limit', [0x81, 0x80, 0x40, 0, 1]],
    ['more declared than the bytes can hold', [0xff, 0x7f, 0, 1]],
    ['a literal with a length beyond 2^31', [10, 63 << 2, 0xfa, 0xff, 0xff, 0xff, 1, 2, 3, 4, 5, 6]],
    ['a literal that ends early', [10, 9 << 2, 1, 2]],
    ['a copy from before the start', [10, 0, 1, 0x01, 2]],
    ['a copy from nowhere', [10, 0, 1, 0x01, 0]],
    ['fewer bytes than declared', [10, 0, 1]],
    ['more bytes than declared', [1, 1 << 2, 1, 2]],
    ['no end of the length', [0x80, 0x80, 0x80, 0x80, 0x80, 0x80]],
    ['nothing', []],
  ];
  for (const [name, bytes] of cases) {
    assert.throws(() => uncompressSnappy(Uint8Array.from(bytes), MAX), isBadRequest, name);
  }
});

test('any bytes give bytes or bad_request', () => {
  let refused = 0;
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      try {
        assert.ok(uncompressSnappy(bytes, MAX).length <= bytes.length * 22);
      } catch (error) {
        assert.ok(isBadRequest(error), String(error));
        refused += 1;
      }
    }),
    { numRuns: 3000 },
  );
  assert.ok(refused > 0);
});

function isBadRequest(error: unknown): boolean {
  return error instanceof AppError && error.code === 'bad_request';
}
