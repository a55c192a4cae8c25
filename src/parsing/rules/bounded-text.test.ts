import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileRe2 } from '#parsing/re2-pattern.ts';
import { boundedText, hideAll } from './bounded-text.ts';

test('what is masked is masked everywhere in a long text, across the borders of its pieces too', () => {
  const secret = 'id-12345';
  const pattern = compileRe2('id-\\d+');
  for (const before of [0, 10, 32_700, 32_764, 32_766, 32_768, 65_530, 99_000]) {
    const text = `${' '.repeat(before)}${secret}${' '.repeat(100_000)}${secret}`;
    assert.equal(hideAll(pattern, text, '#'), text.replaceAll(secret, '#'), `${before}`);
  }
  const long = `${' '.repeat(30_000)}${'7'.repeat(9_000)}${' '.repeat(9_000)}`;
  assert.equal(hideAll(compileRe2('\\d+'), long, '#').replaceAll(' ', ''), '#');
  assert.equal(hideAll(compileRe2('x+'), 'x'.repeat(100_000), '#').replace(/#/g, ''), '');
  assert.equal(hideAll(compileRe2('x*'), 'axa', '#'), 'axa'.replace(/x*/g, '#'));
});

test('a text that is cut has no end where it was cut', () => {
  assert.equal(
    compileRe2('a$')
      .matcher(boundedText('a'.repeat(40_000)))
      .find(),
    false,
  );
  assert.equal(boundedText('short'), 'short');
});
