import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { type CollectorPlugin, defineCollector } from '#core/plugin/collector.ts';
import { CollectorsConfig, planCollectors } from './config.ts';

const redis = defineCollector({
  title: 'Redis',
  summary: 'Test.',
  group: 'Tests',
  config: z.strictObject({ address: z.string() }),
  metrics: {},
  defaultIntervalMs: 10_000,
  automatic: [],
  target: ({ address }) => address,
  start: () => ({ collect: async () => ({ values: [] }) }),
});
const host = { ...redis, config: z.strictObject({}), automatic: [{}], target: () => 'localhost' } as CollectorPlugin;
const plugins = new Map([
  ['redis', redis],
  ['host', host],
]);

const plan = (config: unknown): ReturnType<typeof planCollectors> =>
  planCollectors(plugins, CollectorsConfig.parse(config));

test('without config only the automatic collectors run, at their own interval', () => {
  assert.deepEqual(
    plan({}).map(({ id, target, intervalMs, deadlineMs }) => ({ id, target, intervalMs, deadlineMs })),
    [{ id: 'host', target: 'localhost', intervalMs: 10_000, deadlineMs: 8_000 }],
  );
});

test('an entry sets interval and timeout and keeps the rest for the plugin', () => {
  const [planned] = plan({ redis: [{ address: 'db:6379', interval: '1m', timeout: '5s' }], host: [] });
  assert.deepEqual(planned?.config, { address: 'db:6379' });
  assert.equal(planned?.intervalMs, 60_000);
  assert.equal(planned?.deadlineMs, 5_000);
});

test('a listed collector replaces its automatic ones, and enabled: false runs none', () => {
  assert.deepEqual(plan({ host: [] }), []);
  assert.deepEqual(plan({ host: [{ enabled: false }] }), []);
});

for (const [what, config, message] of [
  ['an unknown id names the nearest', { reddis: [] }, /collectors\.reddis.*did you mean "redis"/],
  [
    'an unknown option names its place',
    { redis: [{ address: 'a', pasword: 'x' }] },
    /collectors\.redis\[0\].*pasword/s,
  ],
  ['a missing option names its place', { redis: [{}] }, /collectors\.redis\[0\].*address/s],
  ['twins are refused', { redis: [{ address: 'a' }, { address: 'a' }] }, /listed twice/],
  ['an interval that is too short is refused', { host: [{ interval: '10ms' }] }, /at least 100ms/],
  ['an interval that is none is refused', { host: [{ interval: 'soon' }] }, /not a duration/],
] as const) {
  test(what, () => assert.throws(() => plan(config), message));
}
