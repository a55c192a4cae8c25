import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdsIn, parseJsonAssertion } from './json-assertion.ts';

const DOCUMENT = {
  status: 'UP',
  load: 0.5,
  none: null,
  nodes: [{ name: 'a' }, { name: 'b', ports: [1, 2, 3] }],
  'a b': { 'c.d': true },
};

for (const [text, expected] of [
  ['$', true],
  ['$.status', true],
  ['$.none', true],
  ['$.nothing', false],
  ['$.nothing.more', false],
  ['$.status == "UP"', true],
  ['$.status=="DOWN"', false],
  ['$.status != "DOWN"', true],
  ['$.nothing != "DOWN"', false],
  ['$.none == null', true],
  ['$.load < 0.6', true],
  ['$.load <= 0.5', true],
  ['$.load > 0.5', false],
  ['$.load >= "0.5"', false],
  ['$.status > "UA"', true],
  ['$.status <= "UP"', true],
  ['$.nodes[0].name == "a"', true],
  ['$.nodes[-1].ports[2] == 3', true],
  ['$.nodes[2]', false],
  ['$.nodes.length == 2', true],
  ["$['a b']['c.d'] == true", true],
  ['$["a b"]["c.d"] == false', false],
  ['$.toString', false],
  ['$.status.length', false],
] as const) {
  test(`${text} is ${expected}`, () => assert.equal(holdsIn(DOCUMENT, parseJsonAssertion(text)), expected));
}

test('what is no assertion is refused', () => {
  for (const text of ['status', '$.', '$..a', '$.a == ', '$.a == UP', '$.a == {}', '$.a ~ 1', '$[*]']) {
    assert.throws(() => parseJsonAssertion(text), text);
  }
});
