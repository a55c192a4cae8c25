import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Matcher } from '../metric-query/query.ts';
import type { Labels } from '../model/labels.ts';
import { compileMatchers } from './compile-matchers.ts';

const series = (labels: Labels): Labels => labels;
const path = (name: string): Labels => ({ __name__: name });

const CASES: readonly (readonly [Matcher, Labels, boolean])[] = [
  [{ label: 'host', op: '=', value: 'a' }, series({ host: 'a' }), true],
  [{ label: 'host', op: '=', value: '' }, series({}), true],
  [{ label: 'host', op: '!=', value: 'a' }, series({}), true],
  [{ label: 'host', op: '=~', value: 'web-.*' }, series({ host: 'web-1' }), true],
  [{ label: 'host', op: '=~', value: 'web' }, series({ host: 'web-1' }), false],
  [{ label: 'host', op: '!~', value: 'web-.*' }, series({ host: 'web-1' }), false],
  [{ label: '__path__', op: '=', value: 'servers.*.cpu' }, path('servers.a.cpu'), true],
  [{ label: '__path__', op: '=', value: 'servers.*.cpu' }, path('servers.a.b.cpu'), false],
  [{ label: '__path__', op: '=', value: 'a.{b,c}?.[0-9]' }, path('a.cx.7'), true],
  [{ label: '__path__', op: '=', value: 'a.{b,c}?.[0-9]' }, path('a.dx.7'), false],
  [{ label: '__path__', op: '=', value: 'a+b(c).d' }, path('a+b(c).d'), true],
  [{ label: '__path__', op: '=', value: 'a.*' }, series({ __name__: 'a.b', host: 'x' }), false],
];

for (const [matcher, labels, expected] of CASES) {
  const claim = expected ? 'selects' : 'leaves out';
  test(`${matcher.label}${matcher.op}"${matcher.value}" ${claim} ${JSON.stringify(labels)}`, () => {
    assert.equal(compileMatchers([matcher])(labels), expected);
  });
}
