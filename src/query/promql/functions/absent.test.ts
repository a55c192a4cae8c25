import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Matcher } from '#core/metric-query/query.ts';
import type { Window } from '#query/promql/function-def.ts';
import { contextOf, functionOf, plain, selectorOf, seriesOf, valueOf } from './testing/call.ts';

const STEPS = { start: 0, step: 1000, count: 2 };
const matcher = (label: string, value: string, op: Matcher['op'] = '='): Matcher => ({ label, op, value });

// Prometheus, promql/promqltest/testdata/functions.test.
const LABELS: readonly (readonly [string, readonly Matcher[], Record<string, string>])[] = [
  ['a name alone', [matcher('__name__', 'm')], {}],
  ['one for equality', [matcher('job', 'a'), matcher('method', '.x', '=~')], { job: 'a' }],
  ['two of a label', [matcher('job', 'a'), matcher('job', 'b'), matcher('foo', 'bar')], { foo: 'bar' }],
  ['one of them a pattern', [matcher('job', 'a'), matcher('job', 'b', '=~')], {}],
  ['for the empty text', [matcher('job', '')], {}],
];
for (const [name, matchers, labels] of LABELS) {
  test(`the labels of what is absent: ${name}`, () => {
    const context = contextOf({ steps: STEPS, args: [selectorOf(matchers)] });
    assert.deepEqual(plain(functionOf('absent', 'whole').evaluate([valueOf([])], context)), [[labels, [1, 1]]]);
  });
}

test('absent where no series has a value', () => {
  const absent = (series: ReturnType<typeof seriesOf>[]): unknown =>
    plain(functionOf('absent', 'whole').evaluate([valueOf(series)], contextOf({ steps: STEPS })));
  assert.deepEqual(absent([seriesOf({}, [undefined, NaN])]), [[{}, [1, undefined]]]);
  assert.deepEqual(absent([seriesOf({}, [1, 1])]), []);
});

test('absent_over_time where no window has a sample', () => {
  const window = (to: number): Window => ({
    samples: { t: new Float64Array(), v: new Float64Array() },
    ...{ from: 0, to, start: 0, end: 0, time: 0, hasHistograms: false, hasFloats: true },
  });
  const context = contextOf({ steps: STEPS, args: [selectorOf([matcher('job', 'a')])] });
  const evaluate = (sizes: number[][]): unknown =>
    plain({
      kind: 'vector',
      series: functionOf('absent_over_time', 'matrix').evaluate(
        { labels: sizes.map(() => ({})), windowsOf: (i) => (step) => window(sizes[i]?.[step] ?? 0) },
        context,
      ),
    });
  assert.deepEqual(evaluate([]), [[{ job: 'a' }, [1, 1]]]);
  assert.deepEqual(
    evaluate([
      [0, 1],
      [0, 0],
    ]),
    [[{ job: 'a' }, [1, undefined]]],
  );
  assert.deepEqual(
    evaluate([
      [2, 0],
      [0, 1],
    ]),
    [],
  );
});
