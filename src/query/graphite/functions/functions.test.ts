import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aggFunc } from '#query/graphite/agg-func.ts';
import { evaluateGraphite } from '#query/graphite/evaluate.ts';
import { createMemorySource, type MemorySeries } from '#query/graphite/memory-source.ts';
import { FUNCTIONS, FUNCTIONS_BY_NAME } from './index.ts';
import { slidingAggregate } from './sliding-window.ts';

const _ = Number.NaN;

function series(name: string, values: readonly number[]): MemorySeries {
  return { name, step: 60, points: new Map(values.map((value, i) => [600 + i * 60, value])) };
}

/** The first four points lie before the range of the request. */
const SOURCE = createMemorySource([
  series('w.a', [4, 3, 2, 1, 1, 2, _, 4]),
  series('w.b', [1, 1, 1, 1, 10, 20, 30, 40]),
  series('w.c', [_, _, _, _, _, _, _, _]),
  series('n.x10', [5, 5, 5, 5, 5, 5, 5, 5]),
  series('n.x9', [6, 6, 6, 6, 9, 6, 3, 6]),
]);
const RANGE = { from: 780, until: 1020, now: 1100, timeZone: 'UTC' };

type Case = readonly [target: string, expected: Readonly<Record<string, readonly number[]>>];

const CASES: Readonly<Record<string, readonly Case[]>> = {
  combine: [
    ['sum(w.a,w.b)', { 'sumSeries(w.a,w.b)': [11, 22, 30, 44] }],
    ['diffSeries(w.b,w.a)', { 'diffSeries(w.b,w.a)': [9, 18, 30, 36] }],
    ['divideSeries(w.b,w.a)', { 'divideSeries(w.b,w.a)': [10, 10, _, 10] }],
    ['asPercent(w.a,10)', { 'asPercent(w.a,10)': [10, 20, _, 40] }],
    ['medianSeries(n.*)', { 'medianSeries(n.*)': [7, 5.5, 4, 5.5] }],
    ['setXFilesFactor(w.a,1)|sumSeries(w.b)', { 'sumSeries(w.a,w.b)': [11, 22, _, 44] }],
    ['groupByNode(w.*,0,"max")', { w: [10, 20, 30, 40] }],
    ['countSeries(w.*)', { 'countSeries(w.*)': [3, 3, 3, 3] }],
  ],
  transform: [
    ['scale(w.a,-2)', { 'scale(w.a,-2)': [-2, -4, _, -8] }],
    ['invert(w.a)', { 'invert(w.a)': [1, 0.5, _, 0.25] }],
    ['derivative(w.a)', { 'derivative(w.a)': [_, 1, _, _] }],
    ['nonNegativeDerivative(n.x9,10)', { 'nonNegativeDerivative(n.x9)': [_, 8, 8, 3] }],
    ['integral(w.a)', { 'integral(w.a)': [1, 3, _, 7] }],
    ['keepLastValue(w.a)', { 'keepLastValue(w.a)': [1, 2, 2, 4] }],
    ['interpolate(w.a)', { 'interpolate(w.a)': [1, 2, 3, 4] }],
    ['transformNull(w.a,7)', { 'transformNull(w.a,7)': [1, 2, 7, 4] }],
    ['delay(w.b,1)', { 'delay(w.b,1)': [_, 10, 20, 30] }],
    ['round(scale(w.b,0.25))', { 'round(scale(w.b,0.25))': [2, 5, 8, 10] }],
    ['round(scale(w.b,0.25),1)', { 'round(scale(w.b,0.25),1)': [2.5, 5, 7.5, 10] }],
    ['summarize(w.b,"2min","max")', { 'summarize(w.b, "2min", "max")': [20, 40, _] }],
    ['timeShift(w.a,"4min")', { 'timeShift(w.a, "-4min")': [4, 3, 2, 1] }],
  ],
  moving: [
    ['movingAverage(w.b,2)', { 'movingAverage(w.b,2)': [5.5, 15, 25, 35] }],
    ['movingMax(w.a,"3min")', { 'movingMax(w.a,"3min")': [2, 2, 2, 4] }],
    ['movingSum(w.a,2,1)', { 'movingSum(w.a,2)': [2, 3, _, _] }],
  ],
  filters: [
    ['maximumAbove(w.*,5)', { 'w.b': [10, 20, 30, 40] }],
    ['removeEmptySeries(w.{a,c})', { 'w.a': [1, 2, _, 4] }],
    ['removeAboveValue(w.a,1)', { 'removeAboveValue(w.a, 1)': [1, _, _, _] }],
    ['exclude(w.*,"[bc]$")', { 'w.a': [1, 2, _, 4] }],
    ['grep(w.*,"^w\\.(?!b|c)")', { 'w.a': [1, 2, _, 4] }],
    ['highestMax(w.*,1)', { 'w.b': [10, 20, 30, 40] }],
    ['lowestCurrent(n.*,1)', { 'n.x10': [5, 5, 5, 5] }],
  ],
  names: [
    ['alias(w.a,"x")', { x: [1, 2, _, 4] }],
    ['aliasByNode(scale(w.a,1),1,0)', { 'a.w': [1, 2, _, 4] }],
    ['aliasSub(w.a,"(?P<first>\\w)\\.(\\w)","\\2-\\g<first>")', { 'a-w': [1, 2, _, 4] }],
    ['upper(w.a,0)', { 'W.a': [1, 2, _, 4] }],
    ['legendValue(w.a,"max")', { 'w.a (max: 4.0)': [1, 2, _, 4] }],
    ['threshold(2.5)', { '2.5': [2.5, 2.5, 2.5] }],
    ['fallbackSeries(no.such,constantLine(1))', { '1.0': [1, 1, 1] }],
  ],
};

for (const [family, cases] of Object.entries(CASES)) {
  for (const [target, expected] of cases) {
    test(`${family}: ${target}`, async () => {
      const list = await evaluateGraphite(SOURCE, { ...RANGE, targets: [target] });
      const actual = Object.fromEntries(list.map(({ name, values }) => [name, [...values]]));
      assert.deepEqual(actual, expected);
    });
  }
}

test('natural order reads digits as numbers', async () => {
  const names = async (target: string): Promise<string[]> =>
    (await evaluateGraphite(SOURCE, { ...RANGE, targets: [target] })).map(({ name }) => name);
  assert.deepEqual(await names('sortByName(n.*)'), ['n.x10', 'n.x9']);
  assert.deepEqual(await names('sortByName(n.*,true)'), ['n.x9', 'n.x10']);
});

test('a pattern that backtracks without end is stopped', async () => {
  const target = `grep(alias(w.a,"${'a'.repeat(60)}!"),"(?=x?)(a+)+$")`;
  await assert.rejects(evaluateGraphite(SOURCE, { ...RANGE, targets: [target] }), { code: 'bad_query' });
});

test('names and templates cannot grow without end', async () => {
  let doubling = 'w.a';
  for (let i = 0; i < 40; i++) doubling = `aliasSub(${doubling},"^(.*)$","\\1\\1")`;
  const growing = `applyByNode(alias(w.a,"${'x'.repeat(2000)}"),0,"alias(w.a,'${'%'.repeat(2000)}')")`;
  for (const target of [doubling, growing]) {
    await assert.rejects(evaluateGraphite(SOURCE, { ...RANGE, targets: [target] }), { code: 'bad_query' });
  }
});

test('every function is documented, and no name is taken twice', () => {
  assert.ok(FUNCTIONS.length > 130);
  assert.equal(FUNCTIONS_BY_NAME.size, FUNCTIONS.flatMap((def) => [def.name, ...(def.aliases ?? [])]).length);
  for (const def of FUNCTIONS) {
    assert.match(def.docs, /^[^.].*\.$/s, def.name);
    const optionalFrom = def.params.findIndex((param) => param.required !== true);
    assert.ok(optionalFrom < 0 || def.params.slice(optionalFrom).every((param) => param.required !== true), def.name);
    assert.ok(
      def.params.slice(0, -1).every((param) => param.multiple !== true),
      def.name,
    );
  }
});

test('sums and peaks of windows are those of each window by itself', () => {
  const points = fc.double({ min: -1e6, max: 1e6 });
  fc.assert(
    fc.property(
      fc.array(fc.oneof(points, fc.constant(_)), { maxLength: 40 }),
      fc.integer({ min: 1, max: 9 }),
      (list, size) => {
        const values = Float64Array.from(list);
        for (const func of ['sum', 'average', 'min', 'max', 'median']) {
          const actual = slidingAggregate(values, { points: size, func, xFilesFactor: 0 });
          for (let i = 0; i < actual.length; i++) {
            const expected = aggFunc(func)(values.subarray(i + 1, i + 1 + size));
            const error = Math.abs((actual[i] as number) - expected);
            assert.ok(Number.isNaN(expected) ? Number.isNaN(actual[i]) : error <= 1e-6, `${func} ${i}`);
          }
        }
      },
    ),
  );
});

test('periodic gaps are compressed only where the period is sure', async () => {
  const gaps = createMemorySource([
    series('g.third', [_, 1, _, _, 2, _, _, 3, _, _, 4, _]),
    series('g.full', [1, 2, 3, 4]),
    series('g.odd', [_, 1, _, 3, 4, 5]),
  ]);
  const targets = ['compressPeriodicGaps(g.*)'];
  const list = await evaluateGraphite(gaps, { from: 540, until: 1260, now: 1260, timeZone: 'UTC', targets });
  const shown = list.map(({ start, step, values }) => [start, step, [...values].slice(0, 4)]);
  assert.deepEqual(shown, [
    [600, 60, [1, 2, 3, 4]],
    [600, 60, [_, 1, _, 3]],
    [660, 180, [1, 2, 3, 4]],
  ]);
});
