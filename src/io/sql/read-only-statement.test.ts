import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkReads } from './read-only-statement.ts';

for (const text of [
  'SELECT 1',
  ' -- why\n/* and how */ ((select 1))',
  'with a as (select 1) select * from a',
  'SHOW TABLES',
]) {
  test(`${JSON.stringify(text)} reads`, () => checkReads(text));
}

for (const text of [
  '',
  '-- SELECT 1',
  'SHUTDOWN',
  "SET GLOBAL a = 'SELECT'",
  '/*! SET GLOBAL a = 1 */',
  'selected',
  'ops',
]) {
  test(`${JSON.stringify(text)} is refused`, () => {
    assert.throws(() => checkReads(text), { kind: 'answer', message: /begins with/ });
  });
}
