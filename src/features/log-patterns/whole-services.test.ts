import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wholeServices } from './whole-services.ts';

const CASES: readonly (readonly [query: string, services: readonly string[] | 'all' | undefined])[] = [
  ['', 'all'],
  ['-pattern:muted', 'all'],
  ['service:shop', ['shop']],
  ['service:shop -pattern:muted', ['shop']],
  ['service:(shop OR "a b")', ['shop', 'a b']],
  ['service:shop level:error', undefined],
  ['level:error', undefined],
  ['service:sh*', undefined],
  ['-service:shop', undefined],
  ['service:shop OR refused', undefined],
];

for (const [query, services] of CASES) {
  test(`'${query}'`, () => assert.deepEqual(wholeServices(query), services));
}
