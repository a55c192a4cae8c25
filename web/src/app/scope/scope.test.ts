import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MATCH_OPERATORS } from '#core/metric-query/query.ts';
import { parseScope, printScope } from './scope.ts';

test('matchers are read, a bare word is a host', () => {
  assert.deepEqual(parseScope('web-1, zone!=dmz,role=~db|web'), [
    { label: 'host', op: '=', value: 'web-1' },
    { label: 'zone', op: '!=', value: 'dmz' },
    { label: 'role', op: '=~', value: 'db|web' },
  ]);
  assert.deepEqual(parseScope(''), []);
  assert.equal(parseScope('no such thing'), undefined);
});

test('a printed scope is read back as the same scope', () => {
  const value = fc.string({ unit: fc.constantFrom('a', '-', '.', '*', '\\', ',', '|', 'ü') });
  const matcher = fc.record(
    {
      label: fc.stringMatching(/^[a-z_][a-z_]{0,9}$/),
      op: fc.constantFrom(...MATCH_OPERATORS),
      value,
    },
    { noNullPrototype: true },
  );
  fc.assert(fc.property(fc.array(matcher), (matchers) => assert.deepEqual(parseScope(printScope(matchers)), matchers)));
});
