import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateGraphite } from '#query/graphite/evaluate.ts';
import { createMemorySource } from '#query/graphite/memory-source.ts';
import type { FetchedSeries, GraphiteSource } from '#query/graphite/source.ts';
import { FUNCTIONS } from './index.ts';

const VALUES = [4, -3, Number.NaN, 0.25, 7, 6, 1e9, 2.5];
const OTHER_ARGS: Readonly<Record<string, string>> = {
  add: ',1',
  scale: ',-2',
  scaleToSeconds: ',7',
  offset: ',3',
  pow: ',2',
  round: ',1',
  perSecond: ',100',
};
const OWNERS = FUNCTIONS.filter(({ ownsValues }) => ownsValues === true).map(({ name }) => name);

const memory = createMemorySource([
  { name: 'a.b', step: 60, points: new Map(VALUES.map((value, i) => [60 + i * 60, value])) },
]);

async function evaluate(target: string, source: GraphiteSource = memory): Promise<number[][]> {
  const range = { from: 0, until: VALUES.length * 60, now: 0, timeZone: 'UTC' };
  return (await evaluateGraphite(source, { targets: [target], ...range })).map(({ values }) => [...values]);
}

const call = (name: string, inner: string): string => `${name}(${inner}${OTHER_ARGS[name] ?? ''})`;

test('there are functions that own their values', () => assert.ok(OWNERS.length > 15));

for (const outer of OWNERS) {
  test(`${outer} of a function that owns its values is what it is of any`, async () => {
    for (const inner of OWNERS) {
      const nested = await evaluate(call(outer, call(inner, 'a.b')));
      assert.deepEqual(nested, await evaluate(call(outer, `group(${call(inner, 'a.b')})`)), inner);
    }
  });

  test(`${outer} leaves what was fetched as it is`, async () => {
    const [series] = await memory.fetch({ pattern: 'a.b', from: 0, until: VALUES.length * 60 });
    const kept: FetchedSeries[] = series === undefined ? [] : [series];
    const before = kept.map(({ values }) => [...values]);
    const source = { ...memory, fetch: () => Promise.resolve(kept) };
    const twice = await evaluate(`group(${call(outer, call(outer, 'a.b'))},a.b)`, source);
    assert.deepEqual(twice.at(-1), before[0]);
    assert.deepEqual([...(series?.values ?? [])], before[0]);
  });
}
