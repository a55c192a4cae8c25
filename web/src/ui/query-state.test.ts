import assert from 'node:assert/strict';
import { test } from 'node:test';
import { queryState } from './query-state.ts';

const refetch = (): void => {};
const error = new Error('no answer');

test('without data a request is loading or failed', () => {
  assert.equal(queryState({ data: undefined, error: null, refetch }).kind, 'loading');
  assert.equal(queryState({ data: undefined, error, refetch }).kind, 'error');
});

test('data stays when asking again fails, and is called stale', () => {
  assert.deepEqual(queryState({ data: [1], error, refetch }), { kind: 'stale', note: 'Not up to date: no answer' });
});

test('emptiness is what the caller says it is', () => {
  const empty = (rows: readonly number[]) => (rows.length === 0 ? 'none' : undefined);
  assert.deepEqual(queryState({ data: [], error: null, refetch }, empty), { kind: 'empty', children: 'none' });
  assert.equal(queryState({ data: [1], error: null, refetch }, empty).kind, 'ready');
});
