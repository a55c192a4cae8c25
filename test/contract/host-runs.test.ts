import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { test } from 'node:test';
import { labelsOfKey } from '#core/model/labels.ts';
import type { RecordBatch } from '#core/sink.ts';
import { systemClock } from '#io/clock.ts';
import { createLogger } from '#io/log.ts';
import host from '#plugins/collectors/host/index.ts';
import { createCollectorRunner } from '#work/index.ts';

test('without any config this machine is measured on the next full second', async () => {
  const first = Promise.withResolvers<RecordBatch>();
  const runner = createCollectorRunner({
    plugins: new Map([['host', host]]),
    config: {},
    host: hostname(),
    sink: {
      writeRecords: async (batch) => {
        first.resolve(batch);
        return { accepted: 0, rejectedTotal: 0, rejected: [] };
      },
    },
    secrets: { resolve: async () => '' },
    events: { append: ({ message }) => first.reject(new Error(message)) },
    clock: systemClock,
    logger: createLogger({ level: 'silent' }),
  });
  const started = Date.now();
  runner.start();
  const { source, samples } = await first.promise;
  await runner.stop();
  assert.ok(samples !== undefined);
  const { keys, t, values } = samples;
  assert.equal(source, 'collector/host');
  assert.deepEqual(new Set(t), new Set([Math.floor(started / 1_000) * 1_000 + 1_000]));
  assert.equal(keys.length, values.length);
  assert.equal(new Set(keys).size, keys.length);
  const series = keys.map(labelsOfKey);
  assert.ok(series.every(({ host: name }) => name === hostname()));
  const metrics = new Set(series.map(({ __name__: name }) => name));
  const everywhere = Object.keys(host.metrics).filter((name) =>
    /_(cpu_time|memory_usage|load_average|info|uptime)/.test(name),
  );
  assert.ok(everywhere.length >= 7);
  for (const name of everywhere) assert.ok(metrics.has(name), name);
  assert.equal(values[series.findIndex(({ __name__: name }) => name === 'nocmate_collector_up')], 1);
  assert.deepEqual(
    runner.statuses().map(({ plugin, target, up, lastError }) => ({ plugin, target, up, lastError })),
    [{ plugin: 'host', target: 'localhost', up: true, lastError: '' }],
  );
});
