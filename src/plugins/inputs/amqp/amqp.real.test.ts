import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { type ConfirmChannel, connect, type Options } from 'amqplib';
import { noRabbitmq, type RabbitmqPeer, startRabbitmq } from '#test/peers/rabbitmq.ts';
import { Product } from '#test/product/product.ts';

const SKIP = { skip: noRabbitmq, timeout: 280_000 };
const EXCHANGE = 'metrics';
const LIMIT_MS = 120_000;
const QUEUE = 'nocmate';
const REFUSED = 'nocmate-refused';
/** Days back: as many lines as any machine sends, one a second, stay behind the present. */
const START_S = Math.floor(Date.now() / 1_000) - 5 * 86_400;

/** A broker and the product, which consumes of it. */
async function both(t: TestContext, options = ''): Promise<{ peer: RabbitmqPeer; product: Product }> {
  const peer = await startRabbitmq();
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-amqp-'));
  const config = join(folder, 'nocmate.yaml');
  await writeFile(
    config,
    `inputs: { amqp: { queue: ${QUEUE}, exchange: ${EXCHANGE}, deadLetterExchange: ${REFUSED} ${options} } }\n`,
  );
  const product = await Product.start({ env: { NOCMATE_CONFIG: config, AMQP_URL: peer.amqpUrl } });
  t.after(async () => {
    await product.remove();
    await peer.remove();
    await rm(folder, { recursive: true });
  });
  await product.until(async () => (await sources(product))[0]?.problem === '');
  return { peer, product };
}

type Source = { readonly input: string; readonly problem: string; readonly records: number };

async function sources(product: Product): Promise<readonly Source[]> {
  const all = await product.json<readonly Source[]>('/api/inputs/sources');
  return all.filter(({ input }) => input === 'amqp');
}

/** A channel to the broker; what it publishes is durable when `send` resolves. */
async function publisher(peer: RabbitmqPeer) {
  const connection = await connect(peer.amqpUrl);
  connection.on('error', () => undefined);
  const channel = await connection.createConfirmChannel();
  channel.on('error', () => undefined);
  return {
    channel,
    send: (body: string | Buffer, key: string, options: Options.Publish = {}) =>
      confirmed(channel, { body: Buffer.from(body), key, options }),
    close: () => connection.close().catch(() => undefined),
  };
}

type Sent = { readonly body: Buffer; readonly key: string; readonly options: Options.Publish };

async function confirmed(channel: ConfirmChannel, { body, key, options }: Sent): Promise<void> {
  const done = Promise.withResolvers<void>();
  const close = (): void => done.reject(new Error('the broker is gone'));
  channel.once('close', close);
  try {
    channel.publish(EXCHANGE, key, body, { persistent: true, ...options }, (error: unknown) =>
      error ? done.reject(error as Error) : done.resolve(),
    );
    await done.promise;
  } finally {
    channel.off('close', close);
  }
}

const GAUGE = (value: number) =>
  JSON.stringify({
    resourceMetrics: [
      {
        scopeMetrics: [
          {
            metrics: [
              { name: 'amqp.otlp', gauge: { dataPoints: [{ timeUnixNano: `${START_S}000000000`, asDouble: value }] } },
            ],
          },
        ],
      },
    ],
  });

test('bodies of each kind are stored, refused ones come with their reason, and the queue is empty', SKIP, async (t) => {
  const { peer, product } = await both(t);
  const { channel, send, close } = await publisher(peer);
  t.after(close);
  await send(`amqp.lines 1 ${START_S}\namqp.lines 2 ${START_S + 1}\n`, 'any');
  await send(`3 ${START_S}\n`, 'amqp.of-key');
  await send(gzipSync(JSON.stringify({ name: 'amqp_json', t: START_S * 1_000, v: 4 })), 'any', {
    ...{ contentType: 'application/json', contentEncoding: 'gzip' },
  });
  await send(GAUGE(5), 'any', { contentType: 'application/json' });
  await send('<xml/>', 'bad.type', { contentType: 'text/xml', messageId: 'm-1' });
  await send(`amqp.lines x ${START_S}\namqp.lines 6 ${START_S + 2}\n`, 'bad.line');
  await product.until(async () => ((await channel.checkQueue(REFUSED)).messageCount ?? 0) === 2);
  const refused = new Map<string, Record<string, unknown>>();
  for (let i = 0; i < 2; i += 1) {
    const message = await channel.get(REFUSED, { noAck: true });
    if (message === false) return assert.fail('it is gone');
    refused.set(message.fields.routingKey, { ...message.properties.headers, id: message.properties.messageId });
  }
  assert.match(String(refused.get('bad.type')?.['x-nocmate-reason']), /text\/xml is not known/);
  assert.equal(refused.get('bad.type')?.['id'], 'm-1');
  assert.match(String(refused.get('bad.line')?.['x-nocmate-reason']), /record 1: bad_value/);
  assert.deepEqual(refused.get('bad.line')?.['x-nocmate-accepted'], 1);
  const values = async (): Promise<number[]> => {
    const rows = await product.sql<{ v: number }>(
      "SELECT v FROM samples WHERE (family, id) IN (SELECT family, id FROM series WHERE startsWith(path, 'amqp') OR startsWith(metric, 'amqp')) ORDER BY v",
    );
    return rows.map(({ v }) => v);
  };
  await product.until(async () => (await values()).length >= 6);
  assert.deepEqual(await values(), [1, 2, 3, 4, 5, 6]);
  const { accounts } = await product.self();
  const account = accounts.find(({ input }) => input === 'amqp');
  assert.deepEqual(account?.rejected, { bad_frame: 1, bad_value: 1 });
  assert.equal(account?.stored, 6);
  assert.equal((await channel.checkQueue(QUEUE)).messageCount, 0);
});

const PER_MESSAGE = 20;
const PREFETCH = 10;

/** Publishes numbered samples until the signal aborts, over as many connections as it takes; returns what was confirmed. */
async function publishOn(peer: RabbitmqPeer, signal: AbortSignal): Promise<Set<number>> {
  const sent = new Set<number>();
  let next = 0;
  while (!signal.aborted) {
    const to = await publisher(peer).catch(() => undefined);
    if (to === undefined) {
      await sleep(50);
      continue;
    }
    while (!signal.aborted) {
      const numbers = Array.from({ length: PER_MESSAGE }, () => (next += 1));
      const body = numbers.map((n) => `amqp.kills ${n} ${START_S + n}`).join('\n');
      const isSent = await to.send(body, 'kills').then(
        () => true,
        () => false,
      );
      if (!isSent) break;
      for (const n of numbers) sent.add(n);
    }
    await to.close();
  }
  return sent;
}

test(
  'product and broker are killed under load: nothing acknowledged is lost, what comes twice is the same',
  SKIP,
  async (t) => {
    const { peer, product } = await both(t, `, prefetch: ${PREFETCH}`);
    const ending = new AbortController();
    t.after(() => ending.abort());
    const publishing = publishOn(peer, ending.signal);
    const grows = async (): Promise<void> => {
      const before = (await sources(product))[0]?.records ?? 0;
      await product.until(async () => ((await sources(product))[0]?.records ?? 0) > before + 200, LIMIT_MS);
    };
    await grows();
    await product.end('SIGKILL');
    await product.start();
    await grows();
    await peer.broker.stop('SIGKILL');
    await product.until(async () => ((await sources(product))[0]?.problem ?? '') !== '');
    await peer.broker.start();
    await product.until(async () => (await sources(product))[0]?.problem === '');
    await grows();
    ending.abort();
    const sent = await publishing;
    const to = await publisher(peer);
    t.after(() => to.close());
    await product.until(async () => (await to.channel.checkQueue(QUEUE)).messageCount === 0);
    // Stopped in order, so that what is in hand is acknowledged too.
    await product.stop();
    assert.equal((await to.channel.checkQueue(QUEUE)).messageCount, 0);
    await product.start();
    await product.until(async () => (await product.self()).spool.files === 0);
    // In one row, since an answer has a limit of rows.
    const [row] = await product.sql<{ stored: number[]; twice: number; unequal: number }>(
      'SELECT groupArray(n) AS stored, toUInt32(countIf(times > 1)) AS twice, toUInt32(countIf(values > 1)) AS unequal FROM' +
        ` (SELECT toUInt32(toUnixTimestamp(t) - ${START_S}) AS n, count() AS times, uniqExact(v) AS values FROM samples` +
        " WHERE (family, id) IN (SELECT family, id FROM series WHERE path = 'amqp.kills') GROUP BY n)",
    );
    const stored = new Set(row?.stored);
    const lost = [...sent].filter((n) => !stored.has(n));
    const twice = row?.twice ?? 0;
    assert.deepEqual({ lost: lost.slice(0, 5), unequal: row?.unequal }, { lost: [], unequal: 0 });
    assert.ok(twice <= 2 * PREFETCH * PER_MESSAGE, `${twice} samples came twice`);
    t.diagnostic(`${sent.size} samples confirmed by the broker, ${twice} stored twice with equal values`);
  },
);
