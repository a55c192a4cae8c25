import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateGraphite, type GraphiteQuery } from './evaluate.ts';
import { createMemorySource, type MemorySeries } from './memory-source.ts';
import type { GraphiteSource } from './source.ts';

const RANGE = { from: 600, until: 900, now: 900, timeZone: 'UTC' };

/** A series with a point each minute, `values` being those after `from`. */
function series(name: string, values: readonly number[], step = 60): MemorySeries {
  return { name, step, points: new Map(values.map((value, i) => [600 + (i + 1) * step, value])) };
}

const SOURCE = createMemorySource([
  series('a.one', [1, 2, 3, 4, 5]),
  series('a.two', [10, 20, 30, 40, 50]),
  series('b.slow', [7], 300),
  series('d;host=x', [1, 1, 1, 1, 1]),
  series('d;host=y', [2, 2, 2, 2, 2]),
]);

async function evaluate(target: string, options: Partial<GraphiteQuery> = {}): Promise<Record<string, number[]>> {
  const list = await evaluateGraphite(SOURCE, { ...RANGE, targets: [target], ...options });
  return Object.fromEntries(list.map(({ name, values }) => [name, [...values]]));
}

test('a path is its series, ordered by name', async () => {
  assert.deepEqual(await evaluate('a.*'), { 'a.one': [1, 2, 3, 4, 5], 'a.two': [10, 20, 30, 40, 50] });
});

test('series of different steps are brought to their common step', async () => {
  assert.deepEqual(await evaluate('sumSeries(a.one,b.slow)'), { 'sumSeries(a.one,b.slow)': [10] });
});

test('template variables of the request win over those of the target', async () => {
  const target = 'template(scale(a.$x,$f),x="one",f="2")';
  assert.deepEqual(await evaluate(target), { 'scale(a.one,2)': [2, 4, 6, 8, 10] });
  const template = new Map([['x', 'two']]);
  assert.deepEqual(Object.keys(await evaluate(target, { template })), ['scale(a.two,2)']);
});

test('seriesByTag finds tagged series', async () => {
  const found = await evaluate('groupByTags(seriesByTag("name=d","host=~[xy]"),"sum","name")');
  assert.deepEqual(found, { d: [3, 3, 3, 3, 3] });
});

test('one pattern of one range is fetched once', async () => {
  const fetched: string[] = [];
  const counting: GraphiteSource = {
    ...SOURCE,
    fetch: (request) => {
      fetched.push(`${String(request.pattern)} ${request.from}`);
      return SOURCE.fetch(request);
    },
  };
  const targets = ['a.*', 'sumSeries(a.*)', 'movingAverage(a.*,1)', 'movingSum(a.*,"1min")'];
  await evaluateGraphite(counting, { ...RANGE, targets });
  assert.deepEqual(fetched, ['a.* 600', 'a.* 540']);
});

const MISTAKES: readonly (readonly [string, RegExp])[] = [
  ['nope(a.one)', /unknown function: nope/],
  ['scale(a.one)', /Missing required parameter "factor" for function "scale"/],
  ['scale(a.one,"x")', /Invalid "float" value specified for function "scale" parameter "factor": 'x'/],
  ['scale(a.one,1,2)', /Too many parameters/],
  ['scale(a.one,1,other=2)', /Too many parameters|Unexpected key word/],
  ['limit(a.*,1.5)', /Invalid "integer"/],
  ['aggregate(a.*,"bogus")', /Invalid "aggFunc"/],
  ['summarize(a.*,"5x")', /Invalid "interval"/],
  ['filterSeries(a.*,"max","~",1)', /Invalid option/],
  ['grep(a.*,"(")', /regular expression/],
  ['sumSeries(1)', /Invalid "seriesList"/],
  ['verticalLine("100")', /before start of range/],
  ['time("t",0)', /step of 0/],
];

for (const [target, message] of MISTAKES) {
  test(`refuses ${target}`, () => assert.rejects(evaluate(target), { code: 'bad_query', message }));
}

test('limits on series and points end a query', async () => {
  await assert.rejects(evaluate('a.*', { limits: { maxSeries: 1, maxPoints: 100 } }), { code: 'limit_series' });
  await assert.rejects(evaluate('a.*', { limits: { maxSeries: 10, maxPoints: 9 } }), { code: 'limit_rows' });
  const big = evaluate('group(a.*,a.*,a.*)', { limits: { maxSeries: 10, maxPoints: 20 } });
  await assert.rejects(big, { code: 'limit_rows' });
});

test('a query that takes too long ends', async () => {
  await assert.rejects(evaluate('sumSeries(a.*)', { limits: { maxMs: -1 } }), { code: 'limit_time' });
});

test('a cancelled query ends', async () => {
  await assert.rejects(evaluate('a.*', { signal: AbortSignal.abort() }), { code: 'cancelled' });
});
