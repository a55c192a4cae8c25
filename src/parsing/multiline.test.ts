import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMultiline, type MultilineOptions } from './multiline.ts';

function joined(options: MultilineOptions, lines: readonly string[]): string[] {
  const joiner = createMultiline(options);
  return [...lines.flatMap((line) => joiner.feed(line, 0)), ...joiner.flush()];
}

const TRACE = [
  '2024-01-01 12:00:00,1 ERROR x',
  'java.lang.IllegalStateException: no',
  '\tat a.B.c(B.java:1)',
  'Caused by: java.io.IOException',
  '\t... 3 more',
  '2024-01-01 12:00:01,1 INFO y',
];

test('lines become events by a start, a continuation, times or stack traces', () => {
  const whole = [TRACE.slice(0, 5).join('\n'), TRACE[5]];
  assert.deepEqual(joined({ start: 'timestamp' }, TRACE), whole);
  assert.deepEqual(joined({}, TRACE), whole);
  assert.deepEqual(joined({ start: 'java' }, TRACE), whole);
  assert.deepEqual(joined({ start: '^\\d{4}-' }, TRACE), whole);
  assert.deepEqual(joined({ continuation: '^[^\\d]' }, TRACE), whole);
  assert.deepEqual(
    joined({ start: 'timestamp' }, ['[2024-01-01T00:00:00Z] a', ' b', '<x', '[10/Oct/2000:13:55:36 -0700] c']),
    ['[2024-01-01T00:00:00Z] a\n b\n<x', '[10/Oct/2000:13:55:36 -0700] c'],
  ); // prettier-ignore
  assert.throws(() => createMultiline({ start: '(?=x)' }), /look-arounds/);
});

test('an event ends when it is full or has waited', () => {
  assert.deepEqual(joined({ start: '^S', maxLines: 2 }, ['S1', 'a', 'b', 'c']), ['S1\na', 'b\nc']);
  assert.deepEqual(joined({ start: '^S', maxBytes: 5 }, ['S1', 'aa', 'bb']), ['S1\naa', 'bb']);
  const joiner = createMultiline({ start: '^S', timeout: 100 });
  assert.deepEqual(joiner.feed('S1', 0), []);
  assert.deepEqual(joiner.flush(99), []);
  assert.deepEqual(joiner.flush(100), ['S1']);
  assert.deepEqual(joiner.flush(200), []);
  assert.deepEqual(joiner.feed('S2', 300), []);
  assert.deepEqual(joiner.feed('late', 450), ['S2']);
});
