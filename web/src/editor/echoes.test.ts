import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Echoes } from './echoes.ts';

test('a text that comes back late is an echo, in the order of typing, with some left out', () => {
  const echoes = new Echoes();
  for (const text of ['r', 'ra', 'rat']) echoes.tell(text);
  assert.equal(echoes.isEcho('ra'), true);
  assert.equal(echoes.isEcho('rat'), true);
  assert.equal(echoes.isEcho('rat'), false);
});

test('a text of the owner is no echo, and nothing is awaited after it', () => {
  const echoes = new Echoes();
  echoes.tell('rat');
  assert.equal(echoes.isEcho('up'), false);
  assert.equal(echoes.isEcho('rat'), false);
});

test("what was told before the editor was left is the owner's afterwards", () => {
  const echoes = new Echoes();
  echoes.tell('rat');
  echoes.forget();
  assert.equal(echoes.isEcho('rat'), false);
});
