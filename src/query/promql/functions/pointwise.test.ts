import assert from 'node:assert/strict';
import { test } from 'node:test';
import { histogramOf } from '#query/promql/histogram/testing/histogram-of.ts';
import { contextOf, functionOf } from './testing/call.ts';

// Prometheus, promql/promqltest/testdata/functions.test and trig_functions.test.
const CASES: readonly (readonly [string, number, number | undefined, (readonly number[])?])[] = [
  ['abs', -2.5, 2.5],
  ['ceil', -2.5, -2],
  ['floor', -2.5, -3],
  ['floor', Infinity, Infinity],
  ['exp', 10, 22026.465794806718],
  ['ln', 20, 2.995732273553991],
  ['ln', 0, -Infinity],
  ['ln', -10, NaN],
  ['log2', 20, 4.321928094887363],
  ['log10', 20, 1.301029995663981],
  ['sqrt', 20, 4.47213595499958],
  ['sgn', -50, -1],
  ['sgn', 0, 0],
  ['sgn', NaN, NaN],
  ['sgn', Infinity, 1],
  ['round', 2.5, 3],
  ['round', -2.5, -2],
  ['round', 123.456, 123.5, [0.1]],
  ['round', 7.5, 10, [5]],
  ['round', NaN, NaN],
  ['clamp', -50, -25, [-25, 75]],
  ['clamp', 100, 75, [-25, 75]],
  ['clamp', 0, NaN, [0, NaN]],
  ['clamp', 0, undefined, [5, -5]],
  ['clamp_min', -50, -25, [-25]],
  ['clamp_max', 100, 75, [75]],
  ['sin', 10, -0.5440211108893699],
  ['cos', 10, -0.8390715290764524],
  ['tan', 10, 0.6483608274590866],
  ['asin', 1, 1.5707963267948966],
  ['asin', 10, NaN],
  ['acos', 0, 1.5707963267948966],
  ['atan', 10, 1.4711276743037345],
  ['sinh', 10, 11013.232874703393],
  ['cosh', 10, 11013.232920103324],
  ['tanh', 10, 0.9999999958776927],
  ['asinh', 10, 2.99822295029797],
  ['acosh', 10, 2.993222846126381],
  ['acosh', 0, NaN],
  ['atanh', 0.5, 0.5493061443340548],
  ['rad', 180, Math.PI],
  ['deg', Math.PI, 180],
];
for (const [name, value, expected, scalars = []] of CASES) {
  test(`${name}(${[value, ...scalars].join(', ')}) is ${expected}`, () => {
    const actual = functionOf(name, 'map').float(value, scalars, contextOf());
    if (typeof expected !== 'number' || !Number.isFinite(expected)) assert.equal(actual, expected);
    else assert.ok(Math.abs((actual as number) - expected) <= 1e-12 * Math.max(1, Math.abs(expected)), `${actual}`);
  });
}

test('figures of native histograms; floats are dropped', () => {
  const histogram = histogramOf({ schema: 2, count: 4, sum: 10, buckets: [1, 0, 0, 0, 1, 0, 0, 1, 1] });
  const figures = ['count', 'sum', 'avg', 'stdvar', 'stddev'].map((name) => {
    const fn = functionOf(`histogram_${name}`, 'map');
    assert.equal(fn.float(1, [], contextOf()), undefined);
    return fn.histogram?.(histogram, [], contextOf());
  });
  assert.deepEqual(figures.slice(0, 3), [4, 10, 2.5]);
  assert.ok(Math.abs((figures[3] as number) - 1.163807968526718) < 1e-9);
  assert.ok(Math.abs((figures[4] as number) - 1.0787993180043811) < 1e-9);
});

test('arithmetic says nothing of histograms: they are dropped', () => {
  assert.equal(functionOf('abs', 'map').histogram, undefined);
});
