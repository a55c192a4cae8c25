import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LineShape, MAX_SHAPE_TOKENS } from './line-shape.ts';
import { wordsOf } from './shape-text.ts';

const shape = new LineShape();

function textOf(line: string | Uint8Array): string {
  shape.read(line, 1);
  return wordsOf(shape).join(' ');
}

/** Lines, and what of them does not vary. */
const LINES: readonly (readonly [line: string, text: string])[] = [
  ['user bob came from 10.0.0.1:5432', 'user bob came from <*>'],
  ['2026-11-25T10:00:00.123Z  took 12.5ms', '<*> took <*>'],
  ['on 25/Nov/2026:10:00:00 +0100 at -5', 'on <*> <*> at <*>'],
  ['id=550e8400-dead-beef-a716-446655440000 deadbeef decade', 'id=<*> <*> decade'],
  ['fe80::1 sda1 web-12.example.com [1234]:', '<*> <*> web-<*>.example.com [<*>]:'],
  ['/api/users/17/items/3 x=7,8,9', '/api/users/<*>/items/<*> x=<*>'],
  [`can't open 'my file' or "a b"`, `can't open '<*>' or "<*>"`],
  ['level=info msg="connection refused" ua="Mozilla 5"', 'level=info msg="connection refused" ua="<*>"'],
  ['{"level":"info","msg":"user 12 gone"}', '{"level":"<*>","msg":"user <*> gone"}'],
  ['1.2.3.4 - - "GET /a/b?c=d HTTP/1.1" 200', '<*> - - "GET <*>" <*>'],
  ['an "open quote', 'an "open quote'],
  ['ü 日本 123', 'ü 日本 <*>'],
  ['\tfirst line\r\nsecond line 2', 'first line'],
  ['   ', ''],
  ['', ''],
];

test('what varies is told from what does not', () => {
  for (const [line, text] of LINES) {
    assert.equal(textOf(line), text);
    assert.equal(textOf(Buffer.from(line)), text, 'as bytes');
  }
});

test('lines of one text have one hash, others and those of other services have another', () => {
  const hash = (line: string, seed = 1): string => {
    shape.read(line, seed);
    return `${shape.low}/${shape.high}`;
  };
  assert.equal(hash('user bob came from 10.0.0.1:5432'), hash('user bob  came from fe80::9'));
  assert.notEqual(hash('user bob came from 10.0.0.1'), hash('user eve came from 10.0.0.1'));
  assert.notEqual(hash('a b c'), hash('a c b'));
  assert.notEqual(hash('ab c'), hash('a bc'));
  assert.notEqual(hash('a b', 1), hash('a b', 2));
});

test('any text has a shape, within bounds', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 3_000 }), fc.uint8Array({ maxLength: 3_000 })), (line) => {
      const text = textOf(line);
      assert.ok(shape.count <= MAX_SHAPE_TOKENS && text.length < 9_000);
      assert.equal(textOf(line), text);
    }),
    { numRuns: 300 },
  );
});

test('of long lines the beginning counts', () => {
  assert.equal(textOf(`start ${'x'.repeat(2 ** 20)}`).length, 'start '.length + '<*>'.length);
  const many = textOf('word '.repeat(10_000)).split(' ');
  assert.deepEqual([many.length, many.at(-1)], [MAX_SHAPE_TOKENS, '…']);
});
