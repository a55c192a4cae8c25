import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Product } from '#test/product/product.ts';
import { CollectdPeer, noCollectd, type Reading } from './collectd-peer.ts';

const LIMIT = { skip: noCollectd, timeout: 120_000 };
const ROUNDS = 4;
const COUNTERS = new Set(['cpu', 'if_octets', 'if_packets', 'if_errors', 'if_dropped']);
/** What collectd writes into its files has six decimals. */
const PRECISION = 1e-6;

let product: Product;
const peers: CollectdPeer[] = [];

before(async () => {
  if (noCollectd === false) product = await Product.start({ env: { NOCMATE_COLLECTD: '127.0.0.1:0' } });
});
after(async () => {
  await Promise.all(peers.map((peer) => peer.remove()));
  await product?.remove();
});

type Stored = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** Samples by series name and labels, by ms. */
async function stored(selector: string): Promise<Stored> {
  type Series = { metric: Record<string, string>; values: [number, string][] };
  const search = new URLSearchParams({ query: `${selector}[10m]` });
  const { data } = await product.json<{ data: { result: Series[] } }>(`/api/v1/query?${search.toString()}`);
  return new Map(
    data.result.map(({ metric, values }) => [
      keyOf(metric),
      new Map(values.map(([t, v]) => [Math.round(t * 1000), Number(v)])),
    ]),
  );
}

const keyOf = (labels: Record<string, string>): string =>
  JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** The labels of a reading's series, as the page of the input says. */
function labelsOf(host: string, reading: Reading, source: string): Record<string, string> {
  const { plugin, pluginInstance, type, typeInstance } = reading;
  const name = ['collectd', plugin, ...(plugin === type ? [] : [type]), ...(source === 'value' ? [] : [source])];
  const instance = pluginInstance === '' ? typeInstance : pluginInstance;
  return {
    __name__: [...name, ...(COUNTERS.has(type) ? ['total'] : [])].join('_'),
    host,
    ...(instance === '' ? {} : { [plugin]: instance }),
    ...(pluginInstance === '' || typeInstance === '' ? {} : { type: typeInstance }),
  };
}

const isNear = (a: number | undefined, b: number): boolean =>
  a !== undefined && Math.abs(a - b) <= PRECISION * Math.max(1, Math.abs(b));

/** Runs collectd until it has read some rounds; resolves with what it says it has read. */
async function readingsOf(host: string, writer: string): Promise<Reading[]> {
  const peer = await CollectdPeer.start(host, writer);
  peers.push(peer);
  await product.until(async () => (await peer.rounds()) >= ROUNDS);
  await peer.stop();
  assert.doesNotMatch(peer.said, /fail|error/i);
  const readings = await peer.readings();
  assert.ok(readings.length > 50, `${readings.length} readings`);
  return readings;
}

/** Every reading is stored at its time, which the network protocol and the file may round in two ways. */
function assertSame(found: Stored, readings: readonly Reading[], host: string): void {
  for (const reading of readings) {
    for (const [source, value] of Object.entries(reading.values)) {
      const key = keyOf(labelsOf(host, reading, source));
      const samples = found.get(key) ?? assert.fail(`${key} is not among ${[...found.keys()].join(' ')}`);
      const near = [0, -1, 1].map((ms) => samples.get(reading.t + ms)).find((v) => v !== undefined);
      assert.ok(isNear(near, value), `${key} at ${reading.t}: ${near} instead of ${value}`);
    }
  }
}

const valuesOf = (readings: readonly Reading[]): number =>
  readings.reduce((sum, { values }) => sum + Object.keys(values).length, 0);

async function untilStored(selector: string, values: number): Promise<void> {
  await product.until(async () => {
    const found = await stored(selector);
    return [...found.values()].reduce((sum, samples) => sum + samples.size, 0) >= values;
  });
}

test('what collectd sends by its network protocol is what it has read', LIMIT, async () => {
  const { port } = await product.listener('collectd/udp');
  const writer = `LoadPlugin network\n<Plugin network>\nServer "127.0.0.1" "${port}"\n</Plugin>`;
  const readings = await readingsOf('by-network', writer);
  await untilStored('{host="by-network"}', valuesOf(readings));
  assertSame(await stored('{host="by-network"}'), readings, 'by-network');
});

test('what collectd posts as JSON is what it has read', LIMIT, async () => {
  const writer = `LoadPlugin write_http\n<Plugin write_http>\n<Node "nocmate">
    URL "${product.base}/api/ingest/collectd"\nFormat "JSON"\nUser "collectd"\nPassword "${await product.token('ingest')}"
    </Node>\n</Plugin>`;
  const readings = await readingsOf('by-http', writer);
  await untilStored('{host="by-http"}', valuesOf(readings));
  assertSame(await stored('{host="by-http"}'), readings, 'by-http');
});

test('what collectd writes to Graphite is what it has read, at whole seconds', LIMIT, async () => {
  const { port } = await product.listener('graphite-plaintext');
  const writer = `LoadPlugin write_graphite\n<Plugin write_graphite>\n<Node "nocmate">
    Host "127.0.0.1"\nPort "${port}"\nProtocol "tcp"\nPrefix "collectd."\nStoreRates false
    </Node>\n</Plugin>`;
  const readings = await readingsOf('by-graphite', writer);
  const selector = '{__name__=~"collectd\\\\.by-graphite\\\\..*"}';
  const seconds = new Map<string, number[]>();
  for (const { plugin, pluginInstance, type, typeInstance, t, values } of readings) {
    const nodes = [plugin, pluginInstance].filter((node) => node !== '').join('-');
    const leaf = [type, typeInstance].filter((node) => node !== '').join('-');
    for (const [source, value] of Object.entries(values)) {
      const path = ['collectd', 'by-graphite', nodes, leaf, ...(source === 'value' ? [] : [source])].join('.');
      const key = `${path} ${Math.round(t / 1000)}`;
      seconds.set(key, [...(seconds.get(key) ?? []), value]);
    }
  }
  await untilStored(selector, seconds.size);
  const found = await stored(selector);
  for (const [key, values] of seconds) {
    const [path = '', second] = key.split(' ');
    const sample = found.get(keyOf({ __name__: path }))?.get(Number(second) * 1000);
    assert.ok(
      values.some((value) => isNear(sample, value)),
      `${key}: ${sample} instead of ${values.join(' or ')}`,
    );
  }
});
