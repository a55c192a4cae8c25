import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callAt } from './call-at.ts';

test('the call around the cursor (|) and its argument', () => {
  const cases = [
    ['rate(|', 'rate', 0],
    ['histogram_quantile(0.9, |rate(x[5m]))', 'histogram_quantile', 1],
    ['histogram_quantile(0.9, rate(x[5|m]))', 'rate', 0],
    ['sum by (a, b) (x|)', 'sum', 0],
    ['label_replace(x, "a,b(", |', 'label_replace', 2],
    ['movingAverage(a.{b,c}.d, |', 'movingAverage', 1],
    ['rate(x{a="|', 'rate', 0],
  ] as const;
  for (const [marked, name, argument] of cases) {
    const position = marked.indexOf('|');
    assert.deepEqual(callAt(marked.replace('|', ''), position), { name, argument }, marked);
  }
});

test('outside of calls there is none', () => {
  for (const marked of ['|rate(x)', 'rate(x)|', '(a + |b)', 'sum by (|a) (x)', 'x{a="b"}|']) {
    assert.equal(callAt(marked.replace('|', ''), marked.indexOf('|')), undefined, marked);
  }
});
