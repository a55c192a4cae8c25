import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { systemClock } from '#io/clock.ts';
import type { GraphiteSource } from '#query/graphite/source.ts';
import { graphiteStep } from './graphite-step.ts';
import { createGraphiteSource, createMetrics } from './index.ts';
import { type Filled, fillStore, NOW } from './testing/filled-store.ts';

const SECOND = NOW / 1000;
let filled: Filled;
let source: GraphiteSource;

before(async () => {
  filled = await fillStore();
  source = createGraphiteSource(createMetrics({ store: filled.store, clock: { ...systemClock, now: () => NOW } }));
});
after(() => filled.close());

test('minute data comes at its own times on a step of a minute, a missing point is NaN', async () => {
  const [first, second] = await source.fetch({ pattern: 'servers.*.cpu.user', from: SECOND - 3600, until: SECOND });
  assert.ok(first !== undefined && second !== undefined);
  assert.deepEqual([first.name, second.name], ['servers.web-1.cpu.user', 'servers.web-2.cpu.user']);
  assert.deepEqual(first.tags, { name: 'servers.web-1.cpu.user' });
  assert.deepEqual([first.step, first.start, first.end], [60, SECOND - 3540, SECOND + 60]);
  const expected = Array.from({ length: 60 }, (_, i) => (i === 29 || i === 59 ? Number.NaN : 601 + i));
  assert.deepEqual([...first.values], expected);
});

test('points after from up to and with until are answered', async () => {
  const [one] = await source.fetch({ pattern: 'servers.web-1.cpu.user', from: SECOND - 601, until: SECOND - 480 });
  assert.deepEqual([one?.start, one?.end], [SECOND - 600, SECOND - 420]);
  assert.deepEqual([...(one?.values ?? [])], [650, 651, 652]);
});

test('the step is known from samples before a short range', async () => {
  const [one] = await source.fetch({ pattern: 'servers.web-1.cpu.user', from: SECOND - 130, until: SECOND - 60 });
  assert.deepEqual([one?.step, ...(one?.values ?? [])], [60, 658, 659]);
});

test('tagged series are found by expressions and named as Graphite does', async () => {
  const tags = (...tagExpressions: string[]) =>
    source.fetch({ pattern: { tagExpressions }, from: SECOND - 60, until: SECOND });
  const found = await tags('name=temp', 'host=~b', 'rack!=~x');
  assert.deepEqual(
    found.map(({ name }) => name),
    ['temp;host=b', 'temp;host=b;rack=rack-1'],
  );
  assert.deepEqual(found[1]?.tags, { name: 'temp', host: 'b', rack: 'rack-1' });
  assert.equal((await tags('name=temp', 'rack=')).length, 2);
  await assert.rejects(tags('nonsense'), { code: 'bad_query' });
});

test('what the raw table no longer keeps comes from rollups', async () => {
  const clock = { ...systemClock, now: () => NOW + 13 * 86_400_000 };
  const later = createGraphiteSource(createMetrics({ store: filled.store, clock }));
  const tagExpressions = ['name=temp', 'host=a'];
  const [one] = await later.fetch({ pattern: { tagExpressions }, from: SECOND - 9 * 86_400, until: SECOND });
  assert.equal(one?.step, 300);
  const index = 100;
  const samples = filled.tempsOf((one.start + index * 300) * 1000, (one.start + (index + 1) * 300) * 1000);
  assert.ok(Math.abs((one.values[index] ?? 0) - samples.reduce((a, b) => a + b) / samples.length) < 1e-9);
});

test('the tree is found by globs', async () => {
  assert.deepEqual(await source.find('servers.web-1.*', { from: SECOND - 60, until: SECOND }), [
    { path: 'servers.web-1.cpu', leaf: false },
    { path: 'servers.web-1.disk', leaf: false },
  ]);
  assert.deepEqual(await source.find('servers.web-1.*', { from: SECOND + 9 * 86_400 }), []);
});

test('steps snap to what senders use', () => {
  const cases: readonly [number, number][] = [
    [59_990, 60],
    [10_400, 10],
    [1004, 1],
    [7000, 7],
    [0, 60],
    [250, 1],
  ];
  for (const [interval, step] of cases) assert.equal(graphiteStep(interval), step, String(interval));
});
