import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LineSplitter } from './line-splitter.ts';

function linesOf(chunks: readonly Uint8Array[], maxLineBytes = 5): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter(maxLineBytes, {
    line: (bytes, from, to) => void lines.push(Buffer.from(bytes.subarray(from, to)).toString('latin1')),
    tooLong: () => void lines.push('too long'),
  });
  for (const chunk of chunks) splitter.read(chunk);
  splitter.end();
  return lines;
}

test('lines of a stream, the last one with or without its end', () => {
  assert.deepEqual(linesOf([Buffer.from('a\n\nbc\r\nd')]), ['a', '', 'bc\r', 'd']);
  assert.deepEqual(linesOf([Buffer.from('a\n')]), ['a']);
});

test('a line beyond the limit is told once and passed over, cut or whole', () => {
  const expected = ['12345', 'too long', 'ok', 'too long'];
  assert.deepEqual(linesOf([Buffer.from('12345\n123456\nok\n1234567')]), expected);
});

test('where the stream is cut makes no difference', () => {
  const stream = fc.array(fc.constantFrom(0x0a, 0x0d, 0x61, 0x62, 0x63), { maxLength: 40 }).map((b) => Buffer.from(b));
  fc.assert(
    fc.property(stream, fc.array(fc.nat(40), { maxLength: 6 }), (bytes, cuts) => {
      const places = [0, ...cuts, bytes.length].sort((a, b) => a - b);
      const chunks = places.slice(1).map((end, i) => bytes.subarray(places[i], end));
      assert.deepEqual(linesOf(chunks), linesOf([bytes]));
    }),
  );
});
