import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AggregationRule, DropRule } from '#core/api/ingest-rules.ts';
import { MappingRule } from '#core/api/mapping.ts';
import { canonicalKey } from '#core/model/labels.ts';
import { NO_RULES, type ThreadRules } from '#pipeline/protocol.ts';
import { RULED, SeriesCatalogue } from '../series-catalogue.ts';
import { loadSeriesHash } from '../series-hash.ts';
import { canonicalSpelling } from '../series-name.ts';
import { newBucket } from './bucket.ts';
import { SeriesRules } from './series-rules.ts';

const hash = await loadSeriesHash();

function thread(rules: Partial<ThreadRules> = {}) {
  const catalogue = new SeriesCatalogue(hash, { maxSeries: 10_000, maxSeriesPerSource: 10_000 });
  const ruled = new SeriesRules(catalogue);
  ruled.set({ ...NO_RULES, ...rules });
  catalogue.onNew = (ordinal) => ruled.onNew(ordinal);
  const source = { series: 0 };
  const see = (key: string): number => {
    const bytes = Buffer.from(key);
    return catalogue.resolve(bytes, 0, bytes.length, source, canonicalSpelling);
  };
  return { catalogue, ruled, see };
}

const drop = (selector: string): DropRule => DropRule.parse({ selector });
const cpu = MappingRule.parse({ match: 'servers.*.cpu.*', name: 'cpu_$2', labels: { host: '$1' } });
const requests = AggregationRule.parse({
  output: 'all.<app>',
  frequency: 60,
  method: 'sum',
  input: 'host.*.<app>',
});

function flushed({ ruled }: ReturnType<typeof thread>, now: number, all = false): [string, number, number][] {
  const out: [string, number, number][] = [];
  ruled.flush(now, (name, t, v) => void out.push([name, t, v]), all);
  return out;
}

test('a path that a rule maps is registered with name, labels and path; others are as they were', () => {
  const { ruled, see } = thread({ mapping: [cpu] });
  assert.deepEqual(ruled.describe(see('servers.a.cpu.user')), {
    metric: 'cpu_user',
    labels: { __name__: 'cpu_user', host: 'a' },
    kv: ['__name__=cpu_user', 'host=a', 'g1=servers', 'g2=a', 'g3=cpu', 'g4=user'],
    path: 'servers.a.cpu.user',
  });
  assert.deepEqual(ruled.describe(see('servers.a.mem')).labels, {});
  const labelled = canonicalKey({ __name__: 'servers.a.cpu.user', x: '1' });
  assert.equal(ruled.describe(see(labelled)).path, '', 'only untagged paths are mapped');
});

test('a change of mapping makes exactly the series it changes due again', () => {
  const { catalogue, ruled, see } = thread();
  const [mapped, other] = [see('servers.a.cpu.user'), see('servers.a.mem')];
  const due = (): number[] => [mapped, other].map((ordinal) => catalogue.due[ordinal] ?? -1);
  catalogue.due.fill(7);
  ruled.set({ ...NO_RULES, mapping: [cpu] });
  assert.deepEqual(due(), [0, 7]);
  catalogue.due.fill(7);
  ruled.set({ ...NO_RULES, mapping: [cpu] });
  assert.deepEqual(due(), [7, 7]);
  ruled.set(NO_RULES);
  assert.deepEqual(due(), [0, 7], 'a rule that goes restores');
});

test('series are dropped by name, label, path, by the labels that rules give them, and by mapping', () => {
  const gone = MappingRule.parse({ match: 'noise.*', action: 'drop' });
  const drops = [drop('up'), drop('{env="test"}'), drop('a.*.c'), drop('cpu_user{host="b"}')];
  const { catalogue, ruled, see } = thread({ drops, mapping: [cpu, gone] });
  const cases: [key: string, isDropped: boolean][] = [
    ['up', true],
    [canonicalKey({ __name__: 'up', job: 'x' }), true],
    [canonicalKey({ __name__: 'y', env: 'test' }), true],
    ['a.b.c', true],
    ['a.b.d', false],
    ['servers.b.cpu.user', true],
    ['servers.a.cpu.user', false],
    ['noise.x', true],
  ];
  for (const [key, isDropped] of cases) {
    const ordinal = see(key);
    assert.equal(ruled.isDropped(ordinal), isDropped, key);
    assert.equal(catalogue.watch[ordinal], isDropped ? RULED : 0, key);
  }
  ruled.set(NO_RULES);
  for (const [key] of cases) assert.equal(catalogue.watch[see(key)], 0, key);
});

test('a mark of a rule leaves the place of a live viewer alone', () => {
  const { catalogue, ruled, see } = thread();
  const ordinal = see('up');
  catalogue.watch[ordinal] = 5;
  ruled.set({ ...NO_RULES, drops: [drop('up')] });
  assert.equal(catalogue.watch[ordinal], (RULED | 5) >>> 0);
  ruled.set(NO_RULES);
  assert.equal(catalogue.watch[ordinal], 5);
});

test('samples of an interval become one at its start, once it has been over for a while', () => {
  const parts = thread({ aggregations: [requests] });
  const [a, b] = [parts.see('host.a.web'), parts.see('host.b.web')];
  parts.ruled.aggregate(a, 120_000, 1);
  parts.ruled.aggregate(b, 179_999, 2);
  parts.ruled.aggregate(b, 180_000, 40);
  parts.ruled.aggregate(a, 130_000, Number.NaN);
  assert.deepEqual(flushed(parts, 189_999), []);
  assert.deepEqual(flushed(parts, 190_000), [['all.web', 120_000, 3]]);
  parts.ruled.aggregate(a, 125_000, 9);
  assert.deepEqual(flushed(parts, 190_001, true), [['all.web', 180_000, 40]], 'at the end what is open is written');
  assert.deepEqual(parts.ruled.counts(), { inputs: 2, outputs: 1, samples: 3, written: 2, late: 1, overflow: 0 });
});

test('an interval too many is counted, not kept', () => {
  const parts = thread({ aggregations: [requests] });
  const a = parts.see('host.a.web');
  for (let i = 0; i < 12; i += 1) parts.ruled.aggregate(a, i * 60_000, 1);
  assert.equal(parts.ruled.counts().overflow, 2);
});

test('each method makes of the values what its name says', () => {
  const values = [4, 1, 3, 2];
  const expected = { sum: 10, avg: 2.5, min: 1, max: 4, count: 4, last: 2, p50: 2.5, p75: 3.25, p999: 3.997 } as const;
  for (const [method, value] of Object.entries(expected)) {
    const bucket = newBucket(method as keyof typeof expected);
    for (const v of values) bucket.add(v);
    assert.ok(Math.abs(bucket.value() - value) < 1e-9, `${method} ${bucket.value()}`);
  }
});
