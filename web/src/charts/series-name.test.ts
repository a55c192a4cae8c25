import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillPattern, fullName, shortNames } from './series-name.ts';

test('short names hold only the labels that differ', () => {
  const names = shortNames([
    { __name__: 'cpu', host: 'a', mode: 'user' },
    { __name__: 'cpu', host: 'a', mode: 'idle' },
  ]);
  assert.deepEqual(names, ['user', 'idle']);
});

test('the metric comes first when it differs, and a series alone has its full name', () => {
  assert.deepEqual(
    shortNames([
      { __name__: 'b', z: '1' },
      { __name__: 'a', z: '2' },
    ]),
    ['b 1', 'a 2'],
  );
  assert.deepEqual(shortNames([{ __name__: 'load', host: 'a' }]), ['load{host="a"}']);
  assert.equal(fullName({}), 'all');
});

test('a label that only some series have tells them apart', () => {
  assert.deepEqual(shortNames([{ __name__: 'x', dev: 'eth0' }, { __name__: 'x' }]), ['eth0', 'x']);
});

test('a legend pattern takes label values', () => {
  assert.equal(fillPattern('{{host}} in', { host: 'web-1' }), 'web-1 in');
  assert.equal(fillPattern('{{ none }} out', {}), 'out');
});
