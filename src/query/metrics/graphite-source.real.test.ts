import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Clock, systemClock } from '#io/clock.ts';
import type { GraphiteSource } from '#query/graphite/source.ts';
import { graphiteStep } from './graphite-step.ts';
import { createGraphiteSource, createMetrics } from './index.ts';
import { type Filled, fillStore, NOW } from './testing/filled-store.ts';

const SECOND = NOW / 1000;
let filled: Filled;
let source: GraphiteSource;

const clockAt = (now: number): Clock => ({ ...systemClock, now: () => now });

before(async () => {
  filled = await fillStore();
  source = createGraphiteSource(createMetrics({ store: filled.store, clock: clockAt(NOW) }));
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

test('a path with tags is the one series of exactly these tags', async () => {
  const named = async (pattern: string) =>
    (await source.fetch({ pattern, from: SECOND - 60, until: SECOND })).map(({ name }) => name);
  assert.deepEqual(await named('temp;host=b'), ['temp;host=b']);
  assert.deepEqual(await named('temp;rack=rack-1;host=b'), ['temp;host=b;rack=rack-1']);
  assert.deepEqual(await named('temp;host=none'), []);
});

test('what the raw table no longer keeps comes from rollups', async () => {
  const clock = clockAt(NOW + 13 * 86_400_000);
  const later = createGraphiteSource(createMetrics({ store: filled.store, clock }));
  const tagExpressions = ['name=temp', 'host=a'];
  const [one] = await later.fetch({ pattern: { tagExpressions }, from: SECOND - 9 * 86_400, until: SECOND });
  assert.equal(one?.step, 300);
  const index = 100;
  const samples = filled.tempsOf((one.start + index * 300) * 1000, (one.start + (index + 1) * 300) * 1000);
  assert.ok(Math.abs((one.values[index] ?? 0) - samples.reduce((a, b) => a + b) / samples.length) < 1e-9);
});

test('the schema gives the step of sparse data, denser data keeps its own', async () => {
  const schemas = [
    { pattern: '^servers\\.web-1', step: 20_000 },
    { pattern: '^servers\\.web-2', step: 300_000 },
  ];
  const own = createGraphiteSource(createMetrics({ store: filled.store, clock: clockAt(NOW) }), { schemas });
  const range = { from: SECOND - 600, until: SECOND - 300 };
  const [sparse, dense] = await own.fetch({ pattern: 'servers.web-*.cpu.user', ...range });
  assert.deepEqual([sparse?.step, sparse?.start, sparse?.values.length], [20, SECOND - 580, 15]);
  const [n, values] = [Number.NaN, [...(sparse?.values ?? [])]];
  assert.deepEqual(values, [n, n, 651, n, n, 652, n, n, 653, n, n, 654, n, n, 655]);
  assert.deepEqual([dense?.step, [...(dense?.values ?? [])]], [60, [751, 752, 753, 754, 755]]);
});

test('a schema coarser than the rollups keeps its step there', async () => {
  const metrics = createMetrics({ store: filled.store, clock: clockAt(NOW + 13 * 86_400_000) });
  const own = createGraphiteSource(metrics, { schemas: [{ pattern: 'host=a', step: 1_200_000 }] });
  const pattern = { tagExpressions: ['name=temp', 'host=~a|b', 'rack='] };
  const found = await own.fetch({ pattern, from: SECOND - 5 * 86_400, until: SECOND });
  assert.deepEqual(
    found.map(({ name, step, values }) => [name, step, values.length]),
    [
      ['temp;host=a', 1200, 360],
      ['temp;host=b', 300, 1440],
    ],
  );
  const index = 100;
  const at = (i: number): number => ((found[0]?.start ?? 0) + i * 1200) * 1000;
  const samples = filled.tempsOf(at(index), at(index + 1));
  assert.ok(Math.abs((found[0]?.values[index] ?? 0) - samples.reduce((a, b) => a + b) / samples.length) < 1e-9);
});

test('a known series without points in the range is answered as nulls', async () => {
  const range = { from: SECOND - 86_400, until: SECOND - 86_400 + 180 };
  const found = await source.fetch({ pattern: 'servers.*.cpu.user', ...range });
  const nulls = [Number.NaN, Number.NaN, Number.NaN];
  assert.deepEqual(
    found.map(({ step, values }) => [step, [...values]]),
    [
      [60, nulls],
      [60, nulls],
    ],
  );
  assert.deepEqual(await source.fetch({ pattern: 'servers.*.cpu.user', from: SECOND + 9e5, until: SECOND + 1e6 }), []);
});

test('tags are found in the catalogue', async () => {
  const metrics = createMetrics({ store: filled.store, clock: clockAt(NOW) });
  const { tags } = createGraphiteSource(metrics, { store: filled.store });
  assert.ok(tags !== undefined);
  const all = { expressions: [], limit: 10 };
  assert.deepEqual(await tags.names(all), ['host', 'name', 'rack']);
  assert.deepEqual(await tags.names({ expressions: ['name=temp'], filter: 'ra', limit: 10 }), ['rack']);
  assert.deepEqual(await tags.values('host', all), [
    { value: 'a', count: 2 },
    { value: 'b', count: 2 },
  ]);
  const disk = { value: 'servers.web-1.disk.sda.used', count: 1 };
  assert.deepEqual(await tags.values('name', { ...all, prefix: 'servers.web-1.d' }), [disk]);
  assert.deepEqual(await tags.values('name', { ...all, filter: 't.m' }), [{ value: 'temp', count: 3 }]);
  const series = await tags.series({ expressions: ['name=temp', 'host!=a'], limit: 10 });
  assert.deepEqual(series, ['temp;host=b', 'temp;host=b;rack=rack-1']);
  await assert.rejects(tags.values('host', { ...all, filter: '(' }), { code: 'bad_query' });
  await assert.rejects(tags.names({ ...all, filter: '(' }), { code: 'bad_query' });
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
