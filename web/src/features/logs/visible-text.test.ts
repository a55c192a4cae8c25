import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clip, visibleLines, visibleText } from './visible-text.ts';

test('control characters are shown, not obeyed', () => {
  assert.equal(visibleText('\u001b[31mred\u001b[0m'), '␛[31mred␛[0m');
  assert.equal(visibleText('a\r\nb\u0000\u007f'), 'a␍↵b␀␡');
  assert.equal(visibleText('user\u202etxt.exe'), 'user[U+202E]txt.exe');
  assert.equal(visibleText('<b>é 日本</b>'), '<b>é 日本</b>');
});

test('lines stay lines where there is room for them', () => {
  assert.equal(visibleLines('a\n\tb\u001b'), 'a\n\tb␛');
});

test('long texts are cut, and say by how much', () => {
  assert.deepEqual(clip('abc', 3), { text: 'abc', rest: 0 });
  assert.deepEqual(clip('a😀b', 2), { text: 'a\ufffd', rest: 2 });
});
