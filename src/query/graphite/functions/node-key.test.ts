import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeSeries } from '#query/graphite/series.ts';
import { nodeKey } from './node-key.ts';

const CASES: readonly [name: string, key: string][] = [
  ['a.b.c', 'b'],
  ['scale(a.b.c,2)', 'b'],
  ['scale(offset(a.b-1.c,-10), 0.5)', 'b-1'],
  ['sumSeries(x.y.z,a.b.c)', 'y'],
  ['scale(a.b.c,2))', 'b'],
  ['scale(scale(a.b.c,2)', 'b'],
  ['timeShift(a.b.c, "-1d")', 'b'],
  ['template(a.b.$x,x=1)', 'b'],
  ['scale(a.b=1,2)', 'b=1'],
  ['summarize(template(a.b.c),1.2.3)', 'b'],
  ['scale(3.5)', '5)'],
  ['alias("a.b.c")', 'b'],
  ['a.host;dc=x', 'host'],
];

for (const [name, key] of CASES) {
  test(`node 1 of ${name} is ${key}`, () => {
    const series = makeSeries({ name, start: 0, end: 60, step: 60, values: new Float64Array(1) });
    assert.equal(nodeKey(series, [1]), key);
  });
}
