import assert from 'node:assert/strict';
import { test } from 'node:test';
import { histogramOf } from '#query/promql/histogram/testing/histogram-of.ts';
import { callRange, type RangeCall } from './testing/call.ts';

// Prometheus, promql/promqltest/testdata/functions.test.
const SAWTOOTH = [0, 10, 20, 30, 40, 0, 10, 20, 30, 40, 50];
const CASES: readonly (readonly [string, string, RangeCall, number | undefined])[] = [
  ['deriv', 'a sawtooth', { samples: SAWTOOTH }, 0.010606060606060607],
  ['deriv', 'one sample', { samples: [1] }, undefined],
  ['deriv', 'a constant', { samples: [3, 3, 3] }, 0],
  ['deriv', 'an infinite constant', { samples: [Infinity, Infinity] }, NaN],
  ['deriv', 'a value of infinity', { samples: [1, 2, Infinity] }, NaN],
  ['predict_linear', 'a sawtooth', { samples: SAWTOOTH, scalars: [3600] }, 76.81818181818181],
  ['predict_linear', 'a constant', { samples: [3, 3], scalars: [3600] }, 3],
  ['predict_linear', 'no samples', { samples: [], scalars: [3600] }, undefined],
  ['double_exponential_smoothing', 'a line', { samples: [10, 20, 30, 40], scalars: [0.01, 0.1] }, 40],
  ['holt_winters', 'a line', { samples: [10, 20, 30, 40], scalars: [0.01, 0.1] }, 40],
  ['double_exponential_smoothing', 'a step', { samples: [0, 0, 10], scalars: [0.5, 0.5] }, 5],
  ['double_exponential_smoothing', 'one sample', { samples: [1], scalars: [0.5, 0.5] }, undefined],
];
for (const [name, what, call, expected] of CASES) {
  test(`${name} of ${what}`, () => {
    const { sample } = callRange(name, call);
    if (typeof expected !== 'number' || Number.isNaN(expected)) assert.equal(sample, expected);
    else assert.ok(Math.abs((sample as number) - expected) < 1e-9, String(sample));
  });
}

test('a line over floats passes histograms over, and says so', () => {
  const samples = [0, 30, histogramOf({}), 90];
  for (const [name, scalars] of [
    ['deriv', []],
    ['predict_linear', [0]],
  ] as const) {
    const { sample, notes } = callRange(name, { samples, scalars });
    assert.ok(Math.abs((sample as number) - (name === 'deriv' ? 0.1 : 90)) < 1e-9);
    assert.match(notes[0] ?? '', /^PromQL info: ignored histograms in a range/);
  }
});

test('smoothing and trend factors lie between 0 and 1', () => {
  const smoothing = (scalars: number[]): unknown => callRange('holt_winters', { samples: [1, 2], scalars });
  assert.throws(() => smoothing([0, 0.5]), /invalid smoothing factor. Expected: 0 < sf < 1, got: 0/);
  assert.throws(() => smoothing([0.5, 1]), { code: 'bad_query', message: /invalid trend factor/ });
});
