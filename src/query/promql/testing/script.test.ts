import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allBuckets } from '#query/promql/histogram/index.ts';
import { nativeOfClassic } from './classic-to-native.ts';
import { compareSeries, isClose } from './compare.ts';
import { type Command, parseScript } from './script.ts';
import { readValues } from './series-values.ts';

const only = (text: string): Command => {
  const [command, ...others] = parseScript(text);
  assert.ok(command !== undefined && others.length === 0, text);
  return command;
};

test('series are written as numbers, progressions, gaps and stale markers', () => {
  const cases: readonly (readonly [string, readonly unknown[]])[] = [
    ['1 2 -3', [1, 2, -3]],
    ['1+2x3', [1, 3, 5, 7]],
    ['1-0.5x2 7', [1, 0.5, 0, 7]],
    ['3x2', [3, 3, 3]],
    ['_ 1 _x2 stale', [undefined, 1, undefined, undefined, 'stale']],
    ['Inf -Inf 1e-3 0x2', [Infinity, -Infinity, 0.001, 0, 0, 0]],
  ];
  for (const [text, samples] of cases) assert.deepEqual(readValues(text), samples, text);
  assert.throws(() => readValues('1 x'), /not a value/);
});

test('histograms are literals that can be added up', () => {
  const samples = readValues('{{schema:0 sum:5 count:4 offset:1 buckets:[1 2 1]}}+{{sum:1 count:1 buckets:[1]}}x1');
  const [first, second] = samples;
  assert.ok(typeof first === 'object' && typeof second === 'object' && samples.length === 2);
  assert.deepEqual(
    allBuckets(first).map(({ upper, count }) => [upper, count]),
    [
      [2, 1],
      [4, 2],
      [8, 1],
    ],
  );
  assert.equal(second.sum, 6);
  assert.deepEqual(
    allBuckets(second).map(({ upper, count }) => [upper, count]),
    [
      [1, 1],
      [2, 1],
      [4, 2],
      [8, 1],
    ],
  );
});

test('commands keep their line, their times in ms and what they expect', () => {
  const command = only(
    '\n# note\neval range from 0 to 1m30s step 30s sum(up)\n  expect no_info\n  expect warn msg:odd\n  {a="x\\"y"} 1 2\n',
  );
  assert.deepEqual(command, {
    kind: 'eval',
    line: 3,
    expr: 'sum(up)',
    at: { start: 0, end: 90_000, step: 30_000 },
    expected: {
      series: [{ labels: { a: 'x"y' }, samples: [1, 2] }],
      warn: [{ kind: 'msg', text: 'odd' }],
      info: [],
      noInfo: true,
    },
  });
  const instant = only('eval_ordered instant at 5m 1 + 1\n  2');
  assert.ok(instant.kind === 'eval');
  assert.deepEqual([instant.at, instant.expected.scalar, instant.expected.isOrdered], [300_000, 2, true]);
  const load = only('load_with_nhcb 5m\n  {"a.b", __name__="c", le="1"} 1x1');
  assert.ok(load.kind === 'load');
  assert.deepEqual(
    [load.gap, load.withCustomBuckets, load.series[0]?.labels],
    [300_000, true, { __name__: 'c', le: '1' }],
  );
});

test('classic histograms become native ones with their bounds', () => {
  const of = (suffix: string, le: string, values: string) => ({
    labels: { __name__: `h_${suffix}`, ...(le === '' ? {} : { le }) },
    samples: readValues(values),
  });
  const [native] = nativeOfClassic([
    of('bucket', '1', '2'),
    of('bucket', '+Inf', '5'),
    of('count', '', '5'),
    of('sum', '', '9'),
  ]);
  const [sample] = native?.samples ?? [];
  assert.equal(native?.labels['__name__'], 'h');
  assert.ok(typeof sample === 'object');
  assert.deepEqual([[...sample.customValues], [...sample.positive.counts], sample.sum], [[1], [2, 3], 9]);
});

test('answers differ by samples, labels, order and what is missing', () => {
  const answer = [{ labels: { a: 'x' }, samples: new Map([[0, 1]]) }];
  const at = { start: 0, step: 1000, isOrdered: false };
  const expected = [{ labels: { a: 'x' }, samples: [1.0000000001] }];
  assert.equal(compareSeries(answer, expected, at), undefined);
  assert.match(compareSeries(answer, [{ labels: { a: 'x' }, samples: [1.1] }], at) ?? '', /not 1.1/);
  assert.match(compareSeries(answer, [{ labels: { a: 'x' }, samples: [undefined, 1] }], at) ?? '', /unexpected sample/);
  assert.match(compareSeries(answer, [], at) ?? '', /unexpected series/);
  assert.match(compareSeries([], expected, at) ?? '', /missing series/);
  assert.match(compareSeries([...answer, ...answer], expected, at) ?? '', /duplicate series/);
  const two = [{ labels: { b: 'y' }, samples: [2] }, ...expected];
  const both = [...answer, { labels: { b: 'y' }, samples: new Map([[0, 2]]) }];
  assert.equal(compareSeries(both, two, at), undefined);
  assert.match(compareSeries(both, two, { ...at, isOrdered: true }) ?? '', /at position 0, not 1/);
  assert.ok(isClose(Number.NaN, Number.NaN) && !isClose(0, 1e-9) && !isClose(Infinity, -Infinity));
});
