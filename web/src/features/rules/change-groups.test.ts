import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withChangedRule, withoutRule, withRule } from './change-groups.ts';

const rule = (record: string) => ({ language: 'promql' as const, record, expr: 'up', labels: {} });
const one = withRule([], { name: 'a', intervalMs: 1000 }, rule('x'));
const two = withRule(one, { name: 'a', intervalMs: 2000 }, rule('y'));

test('a rule joins its group or begins one', () => {
  assert.deepEqual(
    two.map(({ name, intervalMs, rules }) => [name, intervalMs, rules.map(({ record }) => record)]),
    [['a', 2000, ['x', 'y']]],
  );
});

test('a rule is changed in its place, or moves to another group; an empty group goes', () => {
  const place = { group: 'a', position: 0 };
  const changed = withChangedRule(two, place, { name: 'a', intervalMs: 2000, rule: rule('z') });
  assert.deepEqual(
    changed[0]?.rules.map(({ record }) => record),
    ['z', 'y'],
  );
  const moved = withChangedRule(one, place, { name: 'b', intervalMs: 2000, rule: rule('x') });
  assert.deepEqual(
    moved.map(({ name }) => name),
    ['b'],
  );
  assert.deepEqual(withoutRule(one, place), []);
});
