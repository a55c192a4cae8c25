import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { defineCollector } from '#core/plugin/collector.ts';
import { systemClock } from '#io/clock.ts';
import { createLogger } from '#io/log.ts';
import { type PlannedCollector, TargetsConfig } from './config.ts';
import { followDnsTargets } from './dns-targets.ts';
import { type DnsRecord, ipv4, srv, startDnsServer } from './scrape/testing/dns-server.ts';

const common = {
  ...{ title: 'R', summary: 'Test.', group: 'Tests', metrics: {}, defaultIntervalMs: 10_000, automatic: [] },
  start: () => ({ collect: async () => ({ values: [] }) }),
};
const plugins = new Map([
  [
    'r',
    defineCollector({ ...common, config: z.strictObject({ address: z.string() }), target: ({ address }) => address }),
  ],
  ['w', defineCollector({ ...common, config: z.strictObject({ url: z.url() }), target: ({ url }) => url })],
]);
const tools = { plugins, clock: systemClock, logger: createLogger({ level: 'silent' }) };
const sectionsOf = (dns: readonly unknown[]) => TargetsConfig.parse({ dns }).dns;

/** The targets that were published, each time they are others. */
class Published {
  last: readonly PlannedCollector[] = [];
  #wake: () => void = () => undefined;
  readonly publish = (planned: readonly PlannedCollector[]): void => {
    this.last = planned;
    this.#wake();
  };

  async until(...targets: readonly string[]): Promise<void> {
    while (
      this.last
        .map(({ target }) => target)
        .sort()
        .join(' ') !== targets.join(' ')
    ) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

test('names lead to targets, services to hosts and ports; what is gone is gone, a server that is silent changes nothing', async () => {
  const zone: Record<string, readonly DnsRecord[]> = {
    'caches.test': [ipv4('10.0.0.1'), ipv4('10.0.0.2')],
    '_w._tcp.test': [srv(8080, 'web.test')],
  };
  const server = await startDnsServer((name) => zone[name] ?? []);
  const published = new Published();
  const stop = new AbortController();
  const sections = sectionsOf([
    {
      collector: 'r',
      names: ['caches.test'],
      type: 'A',
      port: 6379,
      refresh: '10ms',
      options: { interval: '1m', labels: { env: 'prod' } },
    },
    { collector: 'w', names: ['_w._tcp.test'], refresh: '10ms', options: { url: 'http://{address}/status' } },
  ]);
  const following = followDnsTargets(
    { ...tools, sections, publish: published.publish, servers: [server.address] },
    stop.signal,
  );
  await published.until('10.0.0.1:6379', '10.0.0.2:6379', 'http://web.test:8080/status');
  const [first] = published.last;
  assert.deepEqual([first?.origin, first?.intervalMs, first?.labels], ['dns', 60_000, { env: 'prod' }]);
  zone['caches.test'] = [ipv4('10.0.0.2')];
  await published.until('10.0.0.2:6379', 'http://web.test:8080/status');
  stop.abort();
  await following;
  server.close();
});

test('options that a collector refuses, or that say no place, are told at once', async () => {
  const { signal } = new AbortController();
  for (const [section, message] of [
    [{ collector: 'r', names: ['a.test'], options: { adress: 'x' } }, /targets\.dns\[0\].*adress/s],
    [{ collector: 'w', names: ['a.test'] }, /write where the target is/],
    [{ collector: 'x', names: ['a.test'] }, /no collector of this name/],
  ] as const) {
    const following = followDnsTargets({ ...tools, sections: sectionsOf([section]), publish: () => undefined }, signal);
    await assert.rejects(following, { code: 'bad_request', message });
  }
  assert.throws(() => sectionsOf([{ collector: 'r', names: ['a.test'], type: 'A' }]), /need a port/);
});
