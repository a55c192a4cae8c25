import assert from 'node:assert/strict';
import { test } from 'node:test';
import { histogramOf } from '#query/promql/histogram/testing/histogram-of.ts';
import { contextOf, functionOf, plain, selectorOf, seriesOf, valueOf } from './testing/call.ts';

const STEPS = { start: 100_000, step: 10_000, count: 3 };
const call = (name: string, ...args: Parameters<typeof valueOf>[0][]): unknown =>
  plain(
    functionOf(name, 'whole').evaluate(
      args.map((arg) => valueOf(arg, STEPS.count)),
      contextOf({ steps: STEPS }),
    ),
  );

test('times of the query', () => {
  assert.deepEqual(call('time'), [100, 110, 120]);
  assert.deepEqual(call('start'), [100, 100, 100]);
  assert.deepEqual(call('end'), [120, 120, 120]);
  assert.deepEqual(call('range'), [20, 20, 20]);
  assert.deepEqual(call('step'), [10, 10, 10]);
  const instant = contextOf({ steps: { start: 5_000, step: 60_000, count: 1 } });
  assert.deepEqual(plain(functionOf('step', 'whole').evaluate([], instant)), [0]);
  assert.deepEqual(plain(functionOf('range', 'whole').evaluate([], instant)), [0]);
});

test('numbers', () => {
  assert.deepEqual(call('pi'), [Math.PI, Math.PI, Math.PI]);
  assert.deepEqual(call('min_of', 3, 5), [3, 3, 3]);
  assert.deepEqual(call('max_of', -2, -5), [-2, -2, -2]);
  assert.deepEqual(call('max_of', NaN, 3), [NaN, NaN, NaN]);
  assert.deepEqual(call('vector', 7), [[{}, [7, 7, 7]]]);
});

test('scalar is the value of the only float', () => {
  const [a, b] = [seriesOf({ l: 'a' }, [1, 2, undefined]), seriesOf({ l: 'b' }, [3, undefined, undefined])];
  assert.deepEqual(call('scalar', [a, b]), [NaN, 2, NaN]);
  const histogram = {
    ...seriesOf({ l: 'c' }, [0, 0, 0]),
    histograms: Array.from({ length: 3 }, () => histogramOf({})),
  };
  assert.deepEqual(call('scalar', [a, histogram]), [1, 2, NaN]);
});

test('timestamp is the time of the sample of a plain selector, else that of the step', () => {
  const series = [seriesOf({ __name__: 'm' }, [95, 95, undefined])];
  const timestamp = (...args: Parameters<typeof contextOf>[0] extends infer O ? [O & object] : never): unknown =>
    plain(functionOf('timestamp', 'whole').evaluate([valueOf(series)], contextOf({ steps: STEPS, ...args[0] })));
  const selector = selectorOf([]);
  assert.deepEqual(timestamp({ args: [selector] }), [[{ __name__: 'm' }, [95, 95, undefined]]]);
  const parens = { kind: 'paren', expr: selector, from: 0, to: 0 } as const;
  assert.deepEqual(timestamp({ args: [parens] }), [[{ __name__: 'm' }, [95, 95, undefined]]]);
  const negated = { kind: 'unary', op: '-', expr: selector, from: 0, to: 0 } as const;
  assert.deepEqual(timestamp({ args: [negated] }), [[{ __name__: 'm' }, [100, 110, undefined]]]);
});

// Prometheus, promql/promqltest/testdata/functions.test.
const DATES: readonly (readonly [string, string, number])[] = [
  ['year', '1970-01-01T00:00:00Z', 1970],
  ['month', '2016-02-29T12:34:56Z', 2],
  ['day_of_month', '2016-02-29T12:34:56Z', 29],
  ['day_of_year', '2016-12-31T23:59:59Z', 366],
  ['day_of_year', '2023-01-01T00:00:00Z', 1],
  ['day_of_week', '1970-01-01T00:00:00Z', 4],
  ['hour', '1969-12-31T23:59:59Z', 23],
  ['minute', '2024-05-05T10:59:59Z', 59],
  ['days_in_month', '2016-02-01T00:00:00Z', 29],
  ['days_in_month', '2017-02-01T00:00:00Z', 28],
  ['days_in_month', '2017-12-15T00:00:00Z', 31],
];
for (const [name, date, expected] of DATES) {
  test(`${name} of ${date} is ${expected}`, () => {
    const seconds = Date.parse(date) / 1000;
    assert.deepEqual(call(name, [seriesOf({}, [seconds, undefined, NaN])]), [[{}, [expected, undefined, NaN]]]);
  });
}

test('dates without an argument are those of the steps', () => {
  assert.deepEqual(call('minute'), [[{}, [1, 1, 2]]]);
});
