import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLogQuery } from '#core/log-query/parse.ts';
import { markSought, soughtTexts } from './highlights.ts';

const marked = (query: string, text: string): string =>
  markSought(text, soughtTexts(parseLogQuery(query).filter))
    .map((piece) => (piece.isHit ? `[${piece.text}]` : piece.text))
    .join('');

test('what was searched for is marked, longest first, in any case', () => {
  assert.equal(marked('slow "slow query" host:a', 'Slow Query: slow'), '[Slow Query]: [slow]');
  assert.equal(marked('time* (a.b OR c)', 'timeout a.b axb c'), '[time]out [a.b] axb [c]');
});

test('what is excluded or of another field is not', () => {
  assert.equal(marked('-slow host:x', 'slow x'), 'slow x');
  assert.equal(marked('', 'slow'), 'slow');
});
