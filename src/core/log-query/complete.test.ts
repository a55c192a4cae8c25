import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { completeLogQuery } from './complete.ts';

/** `^` is the cursor. */
const CASES: readonly (readonly [text: string, kind: string, prefix: string, field?: string])[] = [
  ['^', 'field', ''],
  ['ho^', 'field', 'ho'],
  ['error AND ho^', 'field', 'ho'],
  ['-ho^', 'field', 'ho'],
  ['(ho^', 'field', 'ho'],
  ['host:^', 'value', '', 'host'],
  ['host:we^', 'value', 'we', 'host'],
  ['NOT host:"web 1^', 'value', 'web 1', 'host'],
  ['"my field":a^', 'value', 'a', 'my field'],
  ['status:>5^', 'none', ''],
  ['"free te^', 'none', ''],
  ['error ^', 'operator', ''],
  ['* | ^', 'pipe', ''],
  ['* | st^', 'pipe', 'st'],
  ['* | stats ^', 'function', ''],
  ['* | stats count(), p9^', 'function', 'p9'],
  ['* | stats avg(to^', 'field', 'to'],
  ['* | stats count() ^', 'operator', ''],
  ['* | stats count() by ho^', 'field', 'ho'],
  ['* | stats count() by host, se^', 'field', 'se'],
  ['* | top 5 ur^', 'field', 'ur'],
  ['* | where sta^', 'field', 'sta'],
  ['* | where level = er^', 'value', 'er', 'level'],
  ['/a|b/ ho^', 'field', 'ho'],
  ['"a | b" ho^', 'field', 'ho'],
];

test('the editor is told what is expected at the cursor', () => {
  for (const [marked, kind, prefix, field] of CASES) {
    const cursor = marked.indexOf('^');
    const found = completeLogQuery(marked.replace('^', ''), cursor);
    assert.deepEqual([found.kind, found.prefix, found.field, found.to], [kind, prefix, field, cursor], marked);
  }
});

test('any text and cursor is answered, within the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab:"/\\|()* ,=by'), maxLength: 30 }), fc.nat(30), (text, at) => {
      const cursor = Math.min(at, text.length);
      const { from, to } = completeLogQuery(text, cursor);
      assert.ok(from >= 0 && from <= to && to === cursor, text);
    }),
  );
});
