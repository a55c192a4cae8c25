import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { CollectError } from '#core/plugin/collect-error.ts';
import { type Collection, type CollectorPlugin, defineCollector } from '#core/plugin/collector.ts';
import type { TargetContext } from '#core/plugin/target-context.ts';
import { SecretReference } from '#core/plugin/target-options.ts';
import { planTarget } from './config.ts';
import { runnerBench } from './runner-bench.ts';

const Config = z.strictObject({ host: z.string(), password: SecretReference.optional() });
type Config = z.infer<typeof Config>;

/** A remote collector whose runs are given by the test. */
function remote(
  run: (config: Config, context: TargetContext) => Promise<Collection>,
  more: object = {},
): CollectorPlugin {
  return defineCollector<Config>({
    ...{ title: 'Remote', summary: 'Test.', group: 'Tests', config: Config, defaultIntervalMs: 1_000, automatic: [] },
    metrics: {
      r_value: { kind: 'gauge', unit: '', help: 'A value.', labels: ['part'] },
      r_short_total: { kind: 'counter', unit: '', help: 'Counts.', labels: [], bits: 32 },
      r_role: { kind: 'gauge', unit: '', help: 'Role.', labels: [], states: { label: 'role', values: ['one', 'two'] } },
    },
    target: ({ host }) => `${host}:99`,
    address: ({ host }) => ({ host, port: 99 }),
    start: (config, context) => ({ collect: () => run(config, context) }),
    ...more,
  });
}

const part = (name: string) => ({ metric: 'r_value', labels: { part: name }, value: 1 });
const AT_DB = { r: [{ host: 'db-1', labels: { env: 'prod' } }] };

/** Answers one of these at each run, the last one for ever. */
function inTurn(collections: readonly (Collection | Error)[]): () => Promise<Collection> {
  let run = 0;
  return async () => {
    const collection = collections[Math.min(run++, collections.length - 1)];
    if (collection === undefined || collection instanceof Error) throw collection;
    return collection;
  };
}

test('series of a remote target say where and what it is, and what the operator says', async () => {
  const bench = runnerBench({ r: remote(inTurn([{ values: [part('a')] }])) }, AT_DB);
  await bench.advance(1_000);
  const where = { host: 'db-1', instance: 'db-1:99', service: 'r', env: 'prod' };
  assert.deepEqual({ ...bench.points('r_value')[0]?.labels }, { __name__: 'r_value', part: 'a', ...where });
  const [up] = bench.points('nocmate_collector_up');
  assert.deepEqual(
    { ...up?.labels },
    { __name__: 'nocmate_collector_up', collector: 'r', target: 'db-1:99', ...where },
  );
  await bench.stop();
});

test('series that the options name are stored beside those of the table; others are refused', async () => {
  const values = ['r_own', 'r_other'].map((metric) => ({ metric, labels: { pool: 'a' }, value: 7 }));
  const ownMetrics = ({ host }: Config) => ({
    r_own: { kind: 'gauge', unit: '', help: `Of ${host}.`, labels: ['pool'] },
    r_value: { kind: 'counter', unit: '', help: 'The table says what this is.', labels: [] },
  });
  const bench = runnerBench({ r: remote(inTurn([{ values: [...values, part('a')] }]), { ownMetrics }) }, AT_DB);
  await bench.advance(1_000);
  assert.equal(bench.last('r_own', { pool: 'a' }), 7);
  assert.equal(bench.last('r_value', { part: 'a' }), 1);
  assert.equal(bench.last('r_other'), undefined);
  assert.match(bench.runner.statuses()[0]?.lastError ?? '', /r_other: undeclared/);
  await bench.stop();
});

test('a target on loopback has the name of this machine', async () => {
  const bench = runnerBench({ r: remote(inTurn([{ values: [part('a')] }])) }, { r: [{ host: '127.0.0.1' }] });
  await bench.advance(1_000);
  const { host, instance } = bench.points('r_value')[0]?.labels ?? {};
  assert.deepEqual({ host, instance }, { host: 'web-1', instance: 'web-1:99' });
  await bench.stop();
});

test('a series that is absent from a whole run ends; one of a run with problems does not', async () => {
  const both = { values: [part('a'), part('b')] };
  const broken = { values: [part('a')], problems: [{ part: 'b', message: 'gone' }] };
  const bench = runnerBench({ r: remote(inTurn([both, broken, { values: [part('a')] }])) }, AT_DB);
  await bench.advance(2_000);
  assert.deepEqual(bench.ended, []);
  await bench.advance(2_000);
  assert.deepEqual(
    bench.ended.map(({ part }) => part),
    ['b'],
  );
  await bench.stop();
});

test('when a target fails its series end once, and up is 0', async () => {
  const down = new CollectError('unreachable', 'connection refused');
  const bench = runnerBench({ r: remote(inTurn([{ values: [part('a')] }, down])) }, AT_DB);
  await bench.advance(3_000);
  assert.deepEqual(
    bench.ended.map(({ part }) => part),
    ['a'],
  );
  assert.deepEqual(
    bench.points('nocmate_collector_up').map(({ v }) => v),
    [1, 0, 0],
  );
  assert.equal(bench.last('nocmate_collector_errors_total', { type: 'unreachable' }), 2);
  assert.equal(bench.runner.statuses()[0]?.errorKind, 'unreachable');
  await bench.stop();
});

test('a collector with paces of its own ends nothing', async () => {
  const runs = inTurn([{ values: [part('a')] }, { values: [part('b')] }]);
  const bench = runnerBench({ r: remote(runs, { isPaced: true }) }, AT_DB);
  await bench.advance(2_000);
  assert.deepEqual(bench.ended, []);
  await bench.stop();
});

test('a state is one series per value, and its change an event', async () => {
  const role = (state: string) => ({ values: [], states: [{ metric: 'r_role', state }] });
  const bench = runnerBench({ r: remote(inTurn([role('one'), role('two'), role('three')])) }, AT_DB);
  await bench.advance(2_000);
  assert.deepEqual(
    bench.points('r_role').map(({ labels, v }) => [labels['role'], v]),
    [
      ['one', 1],
      ['two', 0],
      ['one', 0],
      ['two', 1],
    ],
  );
  assert.deepEqual(
    bench.events.map(({ kind, state, previousState, message }) => [kind, previousState, state, message]),
    [['collector.value_state', 'one', 'two', 'r_role of r of db-1:99 is two, it was one.']],
  );
  await bench.advance(1_000);
  assert.equal(bench.last('nocmate_collector_errors_total', { type: 'undeclared' }), 1);
  await bench.stop();
});

test('a counter of 32 bits goes on over its wrap; a restart is told and begins it anew', async () => {
  const read = (value: number, runId: string) => ({ values: [{ metric: 'r_short_total', value }], runId });
  const runs = inTurn([read(4_294_967_290, 'a'), read(10, 'a'), read(5, 'b')]);
  const bench = runnerBench({ r: remote(runs) }, AT_DB);
  await bench.advance(3_000);
  assert.deepEqual(
    bench.points('r_short_total').map(({ v }) => v),
    [4_294_967_290, 4_294_967_306, 5],
  );
  assert.deepEqual(
    bench.events.map(({ kind }) => kind),
    ['collector.restart'],
  );
  await bench.stop();
});

test('a later start is a restart, a second more or less is none', async () => {
  const started = (startedAt: number) => ({ values: [part('a')], startedAt });
  const bench = runnerBench({ r: remote(inTurn([started(10_000), started(12_000), started(40_000)])) }, AT_DB);
  await bench.advance(2_000);
  assert.deepEqual(bench.events, []);
  await bench.advance(1_000);
  assert.deepEqual(
    bench.events.map(({ kind }) => kind),
    ['collector.restart'],
  );
  await bench.stop();
});

test('events that a collector gives are told once, with the labels of the target', async () => {
  const event = {
    t: 7,
    kind: 'ids.alert',
    severity: 'major',
    message: 'A probe.',
    labels: { src_ip: '192.0.2.7' },
  } as const;
  const runs = inTurn([{ values: [part('a')], events: [event] }, { values: [part('a')] }]);
  const bench = runnerBench({ r: remote(runs) }, AT_DB);
  await bench.advance(2_000);
  const [told, ...others] = bench.events;
  assert.deepEqual(others, []);
  assert.deepEqual([told?.t, told?.kind, told?.severity], [7, 'ids.alert', 'major']);
  assert.deepEqual(
    [told?.labels['src_ip'], told?.labels['instance'], told?.labels['collector']],
    ['192.0.2.7', 'db-1:99', 'r'],
  );
  await bench.stop();
});

test('a refused login is asked at once less often', async () => {
  let runs = 0;
  const locked = remote(async () => {
    runs++;
    throw new CollectError('auth', 'wrong password');
  });
  const bench = runnerBench({ r: locked }, AT_DB);
  await bench.advance(7_000);
  // Seconds 1, 3, 7.
  assert.equal(runs, 3);
  assert.ok((bench.runner.statuses()[0]?.pausedUntil ?? 0) > 0);
  assert.equal(bench.points('nocmate_collector_up').length, 7);
  await bench.stop();
});

test('messages hold no secret of the target, in no spelling', async () => {
  const talks = remote(async ({ password = '' }, { secret }) => {
    const value = await secret(password);
    throw new Error(`no ${value}, ${encodeURIComponent(value)}, http://me:other@db-1/, ${btoa(value)}`);
  });
  const bench = runnerBench({ r: talks }, { r: [{ host: 'db-1', password: 'env:X' }] });
  await bench.advance(1_000);
  const said = bench.runner.statuses()[0]?.lastError;
  assert.equal(said, 'no [hidden], [hidden], http://[hidden]@db-1/, [hidden]');
  assert.match(bench.events[0]?.message ?? '', /\[hidden\]/);
  assert.doesNotMatch(JSON.stringify(bench.events), /secret of/);
  await bench.stop();
});

test('of one host two targets run at once, of a credential as many as the plugin says', async () => {
  for (const [limits, hosts, expected] of [
    [{}, ['db-1', 'db-1', 'db-1', 'db-2'], 3],
    [{ perCredential: 1 }, ['db-1', 'db-2', 'db-3'], 1],
  ] as const) {
    let atOnce = 0;
    const waits = remote(
      () => {
        atOnce++;
        return new Promise(() => undefined);
      },
      { limits, target: ({ host, password = '' }: Config) => host + password },
    );
    const entries = hosts.map((host, i) => ({ host, password: 'perCredential' in limits ? 'env:A' : `env:A${i}` }));
    const bench = runnerBench({ r: waits }, { r: entries });
    await bench.advance(1_000);
    assert.equal(atOnce, expected);
    await bench.stop(3_000);
  }
});

test('targets come and go while the runner runs; the configuration wins over the page', async () => {
  const seen: string[] = [];
  const plugin = remote(async ({ host }) => {
    seen.push(host);
    return { values: [part(host)] };
  });
  const plugins = new Map([['r', plugin]]);
  const planned = (host: string, interval = '1s') =>
    planTarget(plugins, { collector: 'r', entry: { host, interval }, place: 'r', origin: 'page', storedId: host });
  const bench = runnerBench({ r: plugin }, { r: [{ host: 'db-1' }] });
  const ask = (...targets: ReturnType<typeof planned>[]): void =>
    bench.runner.setTargets(
      'stored',
      targets.filter((target) => target !== undefined),
    );
  ask(planned('db-1', '2s'), planned('db-2'));
  await bench.advance(1_000);
  assert.deepEqual(seen.sort(), ['db-1', 'db-2']);
  assert.deepEqual(
    bench.runner.statuses().map(({ target, origin, id }) => [target, origin, id]),
    [
      ['db-1:99', 'config', undefined],
      ['db-2:99', 'page', 'db-2'],
    ],
  );
  ask(planned('db-3'));
  await bench.advance(1_000);
  assert.ok(bench.ended.some((labels) => labels['part'] === 'db-2'));
  assert.ok(bench.ended.some((labels) => labels['__name__'] === 'nocmate_collector_up' && labels['host'] === 'db-2'));
  assert.ok(bench.ended.every((labels) => labels['host'] === 'db-2'));
  assert.deepEqual(
    bench.runner.statuses().map(({ target }) => target),
    ['db-1:99', 'db-3:99'],
  );
  await bench.stop();
});
