import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { systemClock } from '#io/clock.ts';
import { createLogger } from '#io/log.ts';
import type { RunningChild } from '#io/supervisor.ts';
import { launchEngine } from '#storage/clickhouse/engine/launch.ts';
import { Product } from '#test/product/product.ts';
import { conservedAccounts, GraphiteStream } from './graphite-stream.ts';
import { Ledger } from './ledger.ts';
import { LiveViewer } from './live-viewer.ts';
import { type ProxyMode, TcpProxy } from './tcp-proxy.ts';

/** How long a dependency is away; a release is tested with NOCMATE_AWAY_SECONDS=120. */
const AWAY_MS = Number(process.env['NOCMATE_AWAY_SECONDS'] ?? 5) * 1000;
/** A hung state database is killed after 6 s; what is known of callers is looked at again after 3 s. */
const HANG_MS = 4_500;
const MEMORY_BYTES = 900 * 2 ** 20;

let folder: string;
let engine: RunningChild;
let line: TcpProxy;
let product: Product;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nocmate-away-'));
  const options = { directory: join(folder, 'engine'), memoryBudgetBytes: MEMORY_BYTES };
  const tools = { clock: systemClock, logger: createLogger({ level: 'silent' }) };
  const launched = await launchEngine({ engine: options, ...tools }, new AbortController().signal);
  engine = launched.child;
  const { port, password } = launched.endpoint;
  line = await TcpProxy.open(port, 'refuse');
  const url = `http://nocmate:${password}@127.0.0.1:${line.port}/nocmate`;
  product = await Product.launched({ data: join(folder, 'data'), env: { CLICKHOUSE_URL: url } });
});
after(async () => {
  await product?.remove();
  await line?.close();
  await engine?.terminate();
  await rm(folder, { recursive: true, force: true });
});

const away = (): Promise<void> => systemClock.sleep(AWAY_MS);

/** Status and code of a query now. */
async function query(): Promise<{ status: number; code: string }> {
  const response = await product.request('/api/sql', { method: 'POST', body: 'SELECT count() AS n FROM samples' });
  const body = (await response.json()) as { error?: { code: string } };
  return { status: response.status, code: body.error?.code ?? '' };
}

test('a store that is away at the start: intake opens at once, and all is well by itself when it comes', async () => {
  await product.until(async () => (await product.health())?.parts['state']?.state === 'up');
  const response = await fetch(`${product.base}/api/health`);
  assert.equal(response.status, 503);
  assert.notEqual((await product.health())?.status, 'ok');
  const ledger = new Ledger('early');
  for (let i = 0; i < 5; i++) assert.ok(await ledger.send(product), 'intake takes before the store is there');
  assert.equal((await query()).status, 503);
  await line.set('open');
  await product.untilReady();
  await ledger.verify(product);
});

const storedLines = async (): Promise<number> =>
  (await product.self()).accounts.find(({ input }) => input === 'graphite-plaintext')?.stored ?? 0;

/** The rate at which everything is stored until what waited is in the store, samples per second. */
async function catchUp(waiting: number): Promise<number> {
  const [from, before] = [performance.now(), await storedLines()];
  let stored = 0;
  const caughtUp = async (): Promise<boolean> => {
    stored = (await storedLines()) - before;
    return stored >= waiting;
  };
  await product.until(caughtUp, 60_000 + AWAY_MS);
  return (stored / (performance.now() - from)) * 1000;
}

for (const mode of ['refuse', 'hole'] satisfies ProxyMode[]) {
  test(`the store is away (${mode}): no send fails, nothing is lost, queries say so, viewers go on`, async (t) => {
    const ledger = new Ledger(mode);
    const stream = await GraphiteStream.start(product, mode);
    const viewer = await LiveViewer.open(product, `stream.${mode}.*`);
    await product.until(async () => viewer.samples > 0);
    await line.set(mode);
    const cutAt = performance.now();
    const [seen, sent] = [viewer.samples, stream.sent];
    const absence = (async () => {
      const answers = await Promise.all([query(), query(), away()]);
      assert.ok(viewer.samples > seen, 'viewers go on');
      const [first] = answers;
      assert.ok([503, 504].includes(first.status) && first.code !== '', `a typed answer: ${JSON.stringify(first)}`);
    })();
    await ledger.sendUntil(product, absence);
    const awayMs = performance.now() - cutAt;
    await conservedAccounts(product);
    const waiting = stream.sent - sent;
    await line.set('open');
    const rate = await catchUp(waiting);
    await stream.end();
    viewer.close();
    await product.untilReady();
    await ledger.verify(product);
    await stream.verify(product);
    assert.equal(ledger.unknown.length, 0, 'no send failed');
    const input = (waiting / awayMs) * 1000;
    t.diagnostic(`away ${Math.round(awayMs)} ms; caught up at ${(rate / input).toFixed(1)} x the input rate`);
  });
}

test('the state database hangs, then dies: who was known goes on reading and sending', async () => {
  const ledger = new Ledger('state');
  const token = await product.token('admin');
  assert.equal((await product.request('/api/self')).status, 200);
  const pid = await product.childPid('postgres');
  process.kill(pid, 'SIGSTOP');
  try {
    const absence = (async () => {
      for (const from = performance.now(); performance.now() - from < HANG_MS; ) {
        assert.equal((await query()).status, 200, 'a known caller reads');
      }
      const unknown = await fetch(`${product.base}/api/self`, { headers: { authorization: `Bearer ${token}x` } });
      assert.ok([401, 503].includes(unknown.status), `an unknown caller: ${unknown.status}`);
    })();
    await ledger.sendUntil(product, absence);
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    process.kill(pid, 'SIGCONT');
    throw error;
  }
  const back = (async () => {
    await product.until(async () => (await product.childPid('postgres')) !== pid);
    await product.untilReady();
  })();
  await ledger.sendUntil(product, back);
  await ledger.verify(product);
  assert.equal(ledger.unknown.length, 0, 'no send failed');
});
