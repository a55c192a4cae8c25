import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileMatchers } from '#core/metric-query/compile-matchers.ts';
import { parseMetricQuery } from '#core/metric-query/parse.ts';
import { selectorOfName } from './selector-of-name.ts';

const names = (selector: string, name: string): boolean =>
  compileMatchers(parseMetricQuery(selector).matchers)({ __name__: name });

test('a name selects its series, a prefix of paths all below it', () => {
  assert.ok(names(selectorOfName('up'), 'up'));
  assert.ok(!names(selectorOfName('up'), 'upper'));
  assert.ok(names(selectorOfName('a.b.*'), 'a.b.c.d'));
  assert.ok(!names(selectorOfName('a.b.*'), 'aXb.c'));
});
