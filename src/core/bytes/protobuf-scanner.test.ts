import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BinaryWriter } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { AppError } from '../errors.ts';
import { ProtobufScanner } from './protobuf-scanner.ts';

const int64 = fc.oneof(
  fc.bigInt({ min: -(2n ** 53n), max: 2n ** 53n }),
  fc.constantFrom(0n, -1n, 127n, 128n, -(2n ** 63n), 2n ** 63n - 1n, 1_795_000_000_000n),
);

test('numbers are what a peer wrote', () => {
  fc.assert(
    fc.property(int64, fc.double(), (integer, double) => {
      const bytes = new BinaryWriter()
        .int64(integer)
        .sint64(integer)
        .uint64(BigInt.asUintN(63, integer))
        .double(double);
      const scanner = new ProtobufScanner(bytes.finish());
      const to = scanner.bytes.length;
      assert.equal(scanner.int(to), Number(integer));
      assert.equal(scanner.sint(to), Number(integer));
      assert.equal(scanner.varint(to), Number(BigInt.asUintN(63, integer)));
      assert.ok(Object.is(scanner.double(to), double));
      assert.equal(scanner.at, to);
    }),
  );
});

test('fields of every wire type are stepped over', () => {
  const bytes = new BinaryWriter()
    .tag(1, 0)
    .uint64(2n ** 64n - 1n)
    .tag(2, 1)
    .double(1)
    .tag(3, 2)
    .string('text')
    .tag(4, 5)
    .fixed32(1)
    .tag(5, 0)
    .int32(7)
    .finish();
  const scanner = new ProtobufScanner(bytes);
  for (let field = 1; field <= 4; field += 1) {
    const tag = scanner.varint(bytes.length);
    assert.equal(tag >>> 3, field);
    scanner.skip(tag, bytes.length);
  }
  assert.equal(scanner.varint(bytes.length), 5 << 3);
  assert.equal(scanner.int(bytes.length), 7);
});

test('bytes that end early, groups and endless numbers are bad requests', () => {
  const cases: readonly (readonly [string, readonly number[], (scanner: ProtobufScanner, to: number) => unknown])[] = [
    ['nothing', [], (s, to) => s.varint(to)],
    ['a varint without end', [0x80], (s, to) => s.varint(to)],
    ['a varint of eleven bytes', [...Array<number>(10).fill(0xff), 1], (s, to) => s.int(to)],
    ['half a double', [1, 2, 3], (s, to) => s.double(to)],
    ['a block beyond the end', [5, 1], (s, to) => s.block(to)],
    ['a fixed32 beyond the end', [1, 2], (s, to) => s.skip(5, to)],
    ['a group', [1, 2], (s, to) => s.skip(3, to)],
    ['a number that goes on after its message', [0x80, 1], (s) => s.varint(1)],
  ];
  for (const [name, bytes, read] of cases) {
    const scanner = new ProtobufScanner(Uint8Array.from(bytes));
    assert.throws(
      () => read(scanner, bytes.length),
      (e) => e instanceof AppError && e.code === 'bad_request',
      name,
    );
  }
});
