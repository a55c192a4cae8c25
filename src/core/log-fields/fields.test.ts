import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FieldSet } from './field-set.ts';
import { parseJson } from './parse-json.ts';

test('objects become dotted names, lists stay JSON, null and empty texts are no fields', () => {
  const fields = new FieldSet();
  fields.setJson('', { a: { b: { c: 1 } }, 'd.e': true, list: [1, { x: 2 }], none: null, empty: '' });
  fields.setJson('a', { b: { c: 2 } });
  assert.deepEqual(fields.toFields(), ['a.b.c', '2', 'd.e', 'true', 'list', '[1,{"x":2}]']);
  assert.equal(fields.take('x', 'd.e'), 'true');
  assert.equal(fields.take('d.e'), '');
});

test('deep and wide objects end', () => {
  const deep = new FieldSet();
  deep.setJson('', parseJson('{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000)));
  assert.equal(deep.toFields().length, 2);
  const wide = new FieldSet();
  wide.setJson('', Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`f${i}`, i])));
  assert.equal(wide.toFields().length, 4_000);
});

test('numbers keep their digits', () => {
  assert.deepEqual(parseJson('{"id":1234567890123456789,"t":1.5,"n":-90071992547409931,"e":1e300}'), {
    id: '1234567890123456789',
    t: 1.5,
    n: '-90071992547409931',
    e: 1e300,
  });
  assert.equal(parseJson('{"a":'), undefined);
});
