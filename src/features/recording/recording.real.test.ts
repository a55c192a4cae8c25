import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { RecordingGroup, type StoredRecording } from '#core/api/recording.ts';
import type { TextHeader } from '#core/api/text-query.ts';
import type { Event } from '#core/model/event.ts';
import { canonicalKey, labelsOfKey } from '#core/model/labels.ts';
import type { Caller } from '#core/route.ts';
import type { RecordBatch } from '#core/sink.ts';
import { createPromEngine } from '#query/promql/engine.ts';
import { documentMigrations, type StateDb } from '#storage/postgres/index.ts';
import { createScratch, type Scratch } from '#storage/postgres/scratch-state.ts';
import { evaluateRule } from './evaluate-rule.ts';
import { type Due, GroupRunner, type RunnerParts } from './group-runner.ts';
import { createRecording, type Recording, recordingMigrations } from './index.ts';
import { printRuleFile, readRuleFile } from './rule-yaml.ts';

const T = 1_800_000;
let live: Record<string, number> = {};
const engine = createPromEngine({
  select: () =>
    Promise.resolve(
      Object.entries(live).map(([host, v]) => ({
        labels: { __name__: 'm', host },
        samples: { t: Float64Array.of(T - 200_000), v: Float64Array.of(v) },
      })),
    ),
  series: () => Promise.resolve([]),
  labelNames: () => Promise.resolve([]),
  labelValues: () => Promise.resolve([]),
  metadata: () => Promise.resolve([]),
  exemplars: () => Promise.resolve([]),
} as unknown as Parameters<typeof createPromEngine>[0]);

const events: Event[] = [];
const written: RecordBatch[] = [];
let due: readonly Due[] = [];
/** Of a query on a grid: what was asked, and two series whose last value is the one before the last step. */
let asked: unknown;
const texts: RunnerParts['texts'] = {
  check: ({ text }) => Promise.resolve(text === 'sum(' ? { problem: { message: 'no end' } } : {}),
  range: ({ text, from, to, maxPoints, limit }) => {
    asked = { text, from, to, maxPoints, limit };
    const names = ['servers.a', 'servers.b;dc=x'];
    const series = names.map((name) => ({ sid: name, labels: { __name__: name } }));
    const header = { type: 'range', start: from, step: 20_000, points: 3, resolution: 'raw', band: false, series };
    const stats = { seriesMatched: 2, samplesRead: 4, ms: 1 };
    const columns = [Float64Array.of(1, 2, Number.NaN), Float64Array.of(3, 4, 5)];
    return Promise.resolve({ header: { ...header, truncated: limit < 2, unit: '', stats } as TextHeader, columns });
  },
};
const parts: RunnerParts = {
  engine,
  texts,
  sink: {
    writeRecords: (batch) => {
      written.push(batch);
      return Promise.resolve({ accepted: 0, rejectedTotal: 0, rejected: [] });
    },
  },
  events: { append: (event) => void events.push(event) },
  clock: { now: () => T, monotonic: () => 0, sleep: () => Promise.resolve() },
  slots: async function* () {
    yield* due;
  },
  stored: () => Promise.resolve(),
};

const group = (rules: readonly object[], rest: object = {}): RecordingGroup =>
  RecordingGroup.parse({ name: 'g', intervalMs: 10_000, rules, ...rest });
const until = async (is: () => boolean): Promise<void> => {
  while (!is()) await new Promise(setImmediate);
};
const keep = (): Promise<void> => Promise.resolve();
const double = { record: 'job:m:double', expr: 'm * 2', labels: { team: 'x' } };

test('a rule names what it records and adds its labels', async () => {
  live = { a: 1, b: 2 };
  const rule = group([double]).rules[0];
  assert.ok(rule !== undefined);
  const signal = new AbortController().signal;
  const moment = { at: T, intervalMs: 10_000, limit: 10, signal };
  const { values } = await evaluateRule(parts, { ...moment, rule });
  assert.deepEqual(
    [...values].map(([key, v]) => [{ ...labelsOfKey(key) }, v]),
    [
      [{ __name__: 'job:m:double', host: 'a', team: 'x' }, 2],
      [{ __name__: 'job:m:double', host: 'b', team: 'x' }, 4],
    ],
  );
  await assert.rejects(evaluateRule(parts, { ...moment, rule, limit: 1 }), { code: 'limit_series' });
  const same = { ...rule, labels: { host: 'one' } };
  await assert.rejects(evaluateRule(parts, { ...moment, rule: same }), /same labelset/);
});

test('a series that vanishes ends with a marker; a fault of one rule leaves the others alone', async () => {
  written.length = 0;
  live = { a: 1, b: 2 };
  const runner = new GroupRunner(group([{ record: 'bad', expr: 'm + on(x) m' }, double]), parts, { keep });
  await runner.evaluate(T - 10_000);
  assert.match(runner.status.rules[0]?.error ?? '', /many-to-many|duplicate series/);
  live = { a: 1 };
  await runner.evaluate(T);
  const key = canonicalKey({ __name__: 'job:m:double', host: 'b', team: 'x' });
  assert.deepEqual(
    written.map(({ stale }) => stale?.keys),
    [[], [], [key]],
  );
  const [bad, good] = runner.status.rules;
  assert.deepEqual([bad?.failures, bad?.error], [1, '']);
  assert.deepEqual([good?.series, good?.evaluations, good?.error, good?.lastAt], [1, 2, '', T]);
});

test('evaluations that fell out are made up for, at most ten; the others are told of', async () => {
  written.length = 0;
  due = [
    { at: T - 10_000, missed: 0 },
    { at: T, missed: 12 },
  ];
  const runner = new GroupRunner(group([double]), parts, { keep });
  runner.start();
  await new Promise(setImmediate);
  await until(() => runner.status.lastAt === T);
  await runner.stop();
  const times = written.map(({ samples }) => samples?.t[0]);
  assert.deepEqual(times.slice(0, 3), [T - 10_000, T - 100_000, T - 90_000]);
  assert.equal(times.length, 12);
  assert.equal(runner.status.missed, 2);
  assert.match(
    events.at(-1)?.message ?? '',
    /2 evaluations fell out, from 1970-01-01T00:28:00.000Z to 1970-01-01T00:28:10/,
  );
});

test('after a start the evaluations since the last one are made up for; what is too old is told', async () => {
  written.length = 0;
  due = [];
  const kept: number[] = [];
  const progress = { evaluatedUntil: T - 40_000, keep: async (at: number) => void kept.push(at) };
  const runner = new GroupRunner(group([double]), parts, progress);
  runner.start();
  await until(() => runner.status.lastAt === T);
  await runner.stop();
  assert.deepEqual(kept, [T - 30_000, T - 20_000, T - 10_000, T]);
  assert.deepEqual(
    written.map(({ samples }) => samples?.t[0]),
    kept,
  );
  const late = new GroupRunner(group([double], { intervalMs: 1_000 }), parts, { evaluatedUntil: T - 400_000, keep });
  late.start();
  await until(() => late.status.lastAt === T);
  await late.stop();
  assert.deepEqual([late.status.missed, late.status.rules[0]?.evaluations], [40, 360]);
  assert.match(events.at(-1)?.message ?? '', /40 evaluations fell out/);
});

test('a rule in Graphite records the last value before its time under the name that the query gives', async () => {
  const [rule] = group([{ language: 'graphite', record: 'total.$name', expr: 'servers.*', labels: { by: 'x' } }]).rules;
  assert.ok(rule !== undefined);
  const moment = { at: T, intervalMs: 20_000, limit: 10, signal: new AbortController().signal };
  const { values } = await evaluateRule(parts, { ...moment, rule });
  assert.deepEqual(asked, { text: 'servers.*', from: T - 60_000, to: T - 1, maxPoints: 3, limit: 10 });
  assert.deepEqual(
    [...values].map(([key, v]) => [{ ...labelsOfKey(key) }, v]),
    [
      [{ __name__: 'total.servers.a', by: 'x' }, 2],
      [{ __name__: 'total.servers.b', by: 'x', dc: 'x' }, 5],
    ],
  );
  await assert.rejects(evaluateRule(parts, { ...moment, rule: { ...rule, record: 'total' } }), /same labelset/);
  await assert.rejects(evaluateRule(parts, { ...moment, rule, limit: 1 }), { code: 'limit_series' });
});

test('a rule file is read and printed; what is no recording rule is told', () => {
  const yaml = `groups:
- name: node
  interval: 30s
  rules:
  - record: instance:cpu:rate5m
    expr: sum(rate(cpu[5m]))
    labels: {team: a}
  - alert: Down
    expr: up == 0
  - record: broken
    expr: sum(
- name: only-alerts
  rules: [{alert: X, expr: up}]
`;
  const { groups, skipped } = readRuleFile(yaml, (expr) => void engine.parse(expr));
  assert.deepEqual(
    groups.map(({ name, intervalMs, rules }) => [name, intervalMs, rules.map(({ record }) => record)]),
    [['node', 30_000, ['instance:cpu:rate5m']]],
  );
  assert.deepEqual(
    skipped.map(({ rule }) => rule),
    ['Down', 'broken', 'X'],
  );
  assert.deepEqual(readRuleFile(printRuleFile(groups), () => {}).groups, groups);
  const foreign = printRuleFile(
    groups.map((one) => ({ ...one, rules: one.rules.map((rule) => ({ ...rule, language: 'metrics' as const })) })),
  );
  assert.match(foreign, /^# node, instance:cpu:rate5m: a rule in metrics is left out\ngroups: \[\]/);
  assert.throws(() => readRuleFile('groups: 7', () => {}), { code: 'bad_request' });
});

let scratch: Scratch;
let recording: Recording;
let db: StateDb;
const ann: Caller = { kind: 'user', id: '1', name: 'ann', scope: 'write' };

before(async () => {
  scratch = await createScratch();
  const state = scratch.create({ ...documentMigrations, ...recordingMigrations });
  await state.start();
  db = state.db;
  recording = createRecording({ ...parts, db, slots: async function* () {} });
});
after(async () => {
  await recording.stop();
  await scratch.remove();
});

async function call(name: string, body?: unknown): Promise<StoredRecording> {
  const route = recording.routes.find(({ method, path }) => `${method} ${path}` === name);
  assert.ok(route !== undefined, name);
  const request = { params: {}, query: {}, caller: ann, remoteAddress: '', headers: {} };
  const signal = new AbortController().signal;
  return (await route.handler({ ...request, signal, body: route.body?.parse(body) })) as StoredRecording;
}

test('groups are saved with a version; stale saves and expressions that do not parse are refused', async () => {
  const groups = [group([double])];
  const saved = await call('PUT /api/recording', { version: 0, groups });
  assert.deepEqual([saved.version, saved.updatedBy, saved.status.length], [1, 'ann', 1]);
  assert.deepEqual((await call('GET /api/recording')).groups, groups);
  await assert.rejects(call('PUT /api/recording', { version: 0, groups }), {
    code: 'conflict',
    message: /ann saved version 1/,
  });
  const bad = { version: 1, groups: [group([{ record: 'x', expr: 'sum(' }])] };
  await assert.rejects(call('PUT /api/recording', bad), { code: 'bad_request', message: /^g, x: / });
  const graphite = { version: 1, groups: [group([{ language: 'graphite', record: 'x', expr: 'sum(' }])] };
  await assert.rejects(call('PUT /api/recording', graphite), { code: 'bad_request', message: 'g, x: no end' });
  assert.equal(recording.rules.groups()[0]?.group.name, 'g');
  await call('PUT /api/recording', { version: 1, groups: [] });
  assert.equal(recording.rules.groups().length, 0);
});

test('what was evaluated before is known after a restart', async () => {
  written.length = 0;
  due = [{ at: T, missed: 0 }];
  const first = createRecording({ ...parts, db });
  const put = first.routes.find(({ method }) => method === 'PUT');
  const request = { params: {}, query: {}, caller: ann, remoteAddress: '', headers: {} };
  const body = { version: 2, groups: [group([double])] };
  await put?.handler({ ...request, signal: new AbortController().signal, body });
  await until(() => first.rules.groups()[0]?.status.lastAt === T);
  await first.stop();
  const clock = { ...parts.clock, now: () => T + 25_000 };
  const second = createRecording({ ...parts, clock, db, slots: async function* () {} });
  await second.start();
  await until(() => second.rules.groups()[0]?.status.lastAt === T + 20_000);
  await second.stop();
  assert.deepEqual(
    written.map(({ samples }) => samples?.t[0]),
    [T, T + 10_000, T + 20_000],
  );
});
