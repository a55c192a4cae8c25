import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logQueryInScope } from './in-scope.ts';

test('a query is narrowed by what the scope says, pipes stay', () => {
  const scope = [
    { label: 'host', op: '=', value: 'web-1' },
    { label: 'zone', op: '!~', value: 'dmz|lab' },
  ] as const;
  assert.equal(
    logQueryInScope('a OR b | stats count() by host', scope),
    '(a OR b) host:web-1 NOT zone:/^(?:dmz|lab)$/ | stats count() by host',
  );
  assert.equal(logQueryInScope('', scope.slice(0, 1)), 'host:web-1');
});

test('without a scope, and where it cannot be read, it stays as it is written', () => {
  assert.equal(logQueryInScope('a   b', []), 'a   b');
  assert.equal(logQueryInScope('a "b', [{ label: 'host', op: '=', value: 'x' }]), 'a "b');
});
