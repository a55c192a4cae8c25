import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLogQuery } from '#core/log-query/parse.ts';
import { pillsOf, readLogQuery, withField, withoutPill, withPillTurned, withValue } from './query-edits.ts';

const query = parseLogQuery;

test('a click on a value narrows the query, pipes stay', () => {
  assert.equal(withValue(query(''), 'host', 'web-1'), 'host:web-1');
  assert.equal(withValue(query('timeout | stats count()'), 'host', 'web 1'), 'timeout host:"web 1" | stats count()');
  assert.equal(withValue(query('a OR b'), 'host', 'x', true), '(a OR b) NOT host:x');
  assert.equal(withField(query(''), 'user'), 'user:*');
});

test('the opposite of what is there replaces it, the same is not said twice', () => {
  assert.equal(withValue(query('a host:x'), 'host', 'x', true), 'a NOT host:x');
  assert.equal(withValue(query('-host:x'), 'host', 'x'), 'host:x');
  assert.equal(withValue(query('host:x'), 'host', 'x'), 'host:x');
});

test('hostile values cannot leave their quotes', () => {
  const value = '" OR * | stats count() by "\\';
  const { filter } = query(withValue(query(''), 'user', value));
  assert.deepEqual(filter, { kind: 'field', field: 'user', test: { kind: 'equals', text: value } });
});

test('a query is taken apart and parts are taken away or turned', () => {
  const parsed = query('level:error -path:/health "slow query" | head 5');
  assert.deepEqual(pillsOf(parsed), ['level:error', 'NOT path:"/health"', '"slow query"']);
  assert.equal(withoutPill(parsed, 1), 'level:error "slow query" | head 5');
  assert.equal(withPillTurned(parsed, 1), 'level:error path:"/health" "slow query" | head 5');
  assert.equal(withoutPill(query('a'), 0), '');
});

test('what cannot be read says where', () => {
  assert.equal(readLogQuery('a "b').problem?.position, 2);
});
