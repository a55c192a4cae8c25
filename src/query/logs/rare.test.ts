import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLogQuery } from '#core/log-query/parse.ts';
import { isForId } from './rare.ts';

const CASES: readonly (readonly [query: string, isRare: boolean])[] = [
  ['4f1c2e3a9b77', true],
  ['payment 4f1c2e3a9b77', true],
  ['"payment 4F1C2E3A9B77 done"', true],
  ['request_id:4f1c2e3a9b77', true],
  ['trace_id:4bf92f3577b34da6a3ce929d0e0e4736', true],
  ['4f1c2e3a9b77 OR 4f1c2e3a9b78', true],
  ['4f1c2e3a9b77 OR payment', false],
  ['NOT 4f1c2e3a9b77', false],
  ['host:web20191010', false],
  ['request_id:4f1c2e3a9b*', false],
  ['payment', false],
  ['1234567', false],
  ['*', false],
];

test('filters for ids are told from others', () => {
  for (const [query, isRare] of CASES) assert.equal(isForId(parseLogQuery(query).filter, 0), isRare, query);
});
