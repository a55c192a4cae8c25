import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { bodyOf, joined } from './answer-body.ts';

function* pieces(...texts: readonly string[]): Generator<Uint8Array> {
  for (const text of texts) {
    if (text === 'fault') throw new Error('a fault');
    yield Buffer.from(text);
  }
}

test('a short answer is a body as a whole', () => {
  assert.deepEqual(bodyOf(pieces('one')), Buffer.from('one'));
  assert.deepEqual(bodyOf(pieces()), new Uint8Array(0));
});

test('a long answer is a body in pieces', async () => {
  const body = bodyOf(pieces('one ', 'two ', 'three'));
  assert.ok(!(body instanceof Uint8Array));
  assert.equal((await buffer(body)).toString(), 'one two three');
});

test('what fails at the beginning fails before there is a body', () => {
  assert.throws(() => bodyOf(pieces('fault')), /a fault/);
  assert.throws(() => bodyOf(pieces('one', 'fault')), /a fault/);
});

test('pieces and texts are joined', async () => {
  assert.equal(Buffer.from(await joined([Buffer.from('a'), 'ü'])).toString(), 'aü');
});
