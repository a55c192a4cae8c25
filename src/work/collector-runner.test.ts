import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { type CollectorInstance, type CollectorPlugin, defineCollector } from '#core/plugin/collector.ts';
import { runnerBench } from './runner-bench.ts';

/** A plugin whose collect is given by the test. */
function plugin(collect: CollectorInstance['collect'], more: Partial<CollectorPlugin> = {}): CollectorPlugin {
  return defineCollector({
    title: 'Test',
    summary: 'Test.',
    group: 'Tests',
    config: z.strictObject({ name: z.string().default('t1') }),
    metrics: { test_value: { kind: 'gauge', unit: '', help: 'A value.', labels: ['part'] } },
    defaultIntervalMs: 1_000,
    automatic: [{}],
    target: ({ name }: { name: string }) => name,
    start: () => ({ collect }),
    ...(more as object),
  });
}

const ONE = { values: [{ metric: 'test_value', labels: { part: 'a' }, value: 7 }] };

test('samples are stamped with the scheduled time and carry host and own labels', async () => {
  const bench = runnerBench({ test: plugin(async () => ONE) });
  await bench.advance(2_500);
  const points = bench.points('test_value');
  assert.deepEqual(
    points.map(({ t, v }) => [t % 1_000, v]),
    [
      [0, 7],
      [0, 7],
    ],
  );
  assert.deepEqual({ ...points[0]?.labels }, { __name__: 'test_value', host: 'web-1', part: 'a' });
  const [up] = bench.points('nocmate_collector_up');
  assert.deepEqual(
    { ...up?.labels, v: up?.v },
    { __name__: 'nocmate_collector_up', host: 'web-1', collector: 'test', target: 't1', v: 1 },
  );
  await bench.stop();
});

test('a run that never answers is aborted at 0.8 of the interval and blocks no second run of its target', async () => {
  let runs = 0;
  let aborted = 0;
  const hangs = plugin(({ signal }) => {
    runs++;
    signal.addEventListener('abort', () => aborted++);
    return new Promise(() => {});
  });
  const bench = runnerBench({ test: hangs });
  await bench.advance(1_790);
  assert.equal(aborted, 0);
  await bench.advance(20);
  assert.equal(aborted, 1);
  await bench.advance(3_000);
  assert.equal(runs, 1);
  assert.deepEqual(
    bench.points('nocmate_collector_up').map(({ v }) => v),
    [0, 0, 0, 0],
  );
  assert.equal(bench.last('nocmate_collector_skipped_total'), 3);
  assert.equal(bench.last('nocmate_collector_errors_total', { type: 'timeout' }), 1);
  assert.match(bench.runner.statuses()[0]?.lastError ?? '', /no answer in 800 ms/);
  await bench.stop(3_000);
});

test('a dead target is asked ever less often, yet up = 0 is written at every interval', async () => {
  let runs = 0;
  const dead = plugin(async () => {
    runs++;
    throw new Error('connection refused');
  });
  const bench = runnerBench({ test: dead });
  await bench.advance(60_000);
  assert.equal(bench.points('nocmate_collector_up').length, 60);
  assert.ok(bench.points('nocmate_collector_up').every(({ v }) => v === 0));
  // Seconds 1, 2, 3, then pauses of 2, 4, 8, 16 and 32 s.
  assert.equal(runs, 7);
  assert.deepEqual(
    bench.events.map(({ kind, state, severity }) => [kind, state, severity]),
    [['collector.state', 'down', 'major']],
  );
  await bench.stop();
});

test('an event tells each change of up, and a start that fails is tried again', async () => {
  let starts = 0;
  const flaky = plugin(async () => ONE, {
    start: () => {
      starts++;
      if (starts === 1) throw new Error('no such socket');
      return { collect: async () => ONE };
    },
  });
  const bench = runnerBench({ test: flaky });
  await bench.advance(3_000);
  assert.equal(starts, 2);
  assert.deepEqual(
    bench.events.map(({ state, previousState, message }) => [state, previousState, message]),
    [
      ['down', '', 'The collector test of t1 failed: no such socket.'],
      ['up', 'down', 'The collector test of t1 gives values again.'],
    ],
  );
  await bench.stop();
});

test('a collector that is up from the start tells nothing', async () => {
  const bench = runnerBench({ test: plugin(async () => ONE) });
  await bench.advance(5_000);
  assert.equal(bench.points('test_value').length, 5);
  assert.deepEqual(bench.events, []);
  await bench.stop();
});

test('undeclared metrics and labels are refused and counted, the rest is kept', async () => {
  const values = [
    ...ONE.values,
    { metric: 'test_other', value: 1 },
    { metric: 'test_value', labels: { colour: 'red' }, value: 1 },
    { metric: 'test_value', labels: { part: 'line\nbreak' }, value: 1 },
    { metric: 'test_value', labels: { part: 'b', host: 'switch-1' }, value: 9 },
    { metric: 'test_value', labels: { part: 'a' }, value: 8 },
  ];
  const bench = runnerBench({ test: plugin(async () => ({ values })) });
  await bench.advance(1_000);
  assert.deepEqual(
    bench.points('test_value').map(({ labels, v }) => [labels['host'], v]),
    [
      ['web-1', 7],
      ['switch-1', 9],
    ],
  );
  assert.equal(bench.last('nocmate_collector_errors_total', { type: 'undeclared' }), 2);
  assert.equal(bench.last('nocmate_collector_errors_total', { type: 'bad_label' }), 1);
  assert.equal(bench.last('nocmate_collector_errors_total', { type: 'duplicate' }), 1);
  assert.equal(bench.last('nocmate_collector_up'), 1);
  await bench.stop();
});

test('a part that fails is counted while the rest counts as success', async () => {
  const bench = runnerBench({ test: plugin(async () => ({ ...ONE, problems: [{ part: 'disks', message: 'gone' }] })) });
  await bench.advance(2_000);
  assert.equal(bench.last('nocmate_collector_up'), 1);
  assert.equal(bench.last('nocmate_collector_errors_total', { type: 'partial' }), 2);
  assert.equal(bench.runner.statuses()[0]?.lastError, 'disks: gone');
  await bench.stop();
});

test('a sink that refuses costs its values, which are counted, and never the schedule', async () => {
  const bench = runnerBench({ test: plugin(async () => ONE) });
  bench.refuse(true);
  await bench.advance(3_000);
  bench.refuse(false);
  await bench.advance(2_000);
  assert.equal(bench.runner.statuses()[0]?.runs, 5);
  assert.equal(bench.points('test_value').length, 2);
  assert.ok((bench.last('nocmate_collector_dropped_total') ?? 0) >= 3);
  await bench.stop();
});

test('beyond 10,000 series new ones are refused and old ones go on, until others are long gone', async () => {
  let round = 0;
  const floods = plugin(async () => {
    const first = round++ * 6_000;
    const fresh = Array.from({ length: 6_000 }, (_, i) => ({
      metric: 'test_value',
      labels: { part: `${first + i}` },
      value: 1,
    }));
    return { values: [...ONE.values, ...fresh] };
  });
  const bench = runnerBench({ test: floods }, { test: [{ interval: '60s', enabled: true }] });
  await bench.advance(120_000);
  assert.equal(bench.runner.statuses()[0]?.series, 10_000);
  assert.equal(bench.last('nocmate_collector_errors_total', { type: 'too_many_series' }), 2_001);
  await bench.advance(60_000);
  assert.equal(bench.last('nocmate_collector_points'), 1);
  assert.deepEqual(
    bench.events.map(({ kind, message }) => [kind, message]),
    [['collector.overflow', 'The collector test of t1 has 10000 series: more are refused.']],
  );
  await bench.advance(3_600_000);
  assert.ok((bench.last('nocmate_collector_points') ?? 0) > 1);
  await bench.stop();
});

test('a collector that does not close does not keep the server from stopping', async () => {
  const close = (): Promise<void> => Promise.reject(new Error('broken pipe'));
  const stubborn = plugin(async () => ONE, { start: () => ({ collect: async () => ONE, close }) });
  const bench = runnerBench({ test: stubborn });
  await bench.advance(1_000);
  await bench.stop();
  await bench.advance(5_000);
  assert.equal(bench.points('test_value').length, 1);
});
