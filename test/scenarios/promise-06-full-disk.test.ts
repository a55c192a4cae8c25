import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Product } from '#test/product/product.ts';
import { conservedAccounts, GraphiteStream } from './graphite-stream.ts';
import { Ledger } from './ledger.ts';
import { cannotMount, SmallDisk } from './small-disk.ts';

const DISK_MIB = 700;
/** Below it intake refuses; what is left serves the two databases. */
const MIN_FREE_MIB = 96;
const MIB = 2 ** 20;
/** Refused requests before the disk is freed again: each was answered. */
const REFUSALS = 40;
const ROUNDS = Number(process.env['NOCMATE_FULL_DISKS'] ?? 2);

let disk: SmallDisk;
let product: Product;
before(async () => {
  if (cannotMount !== false) return;
  disk = await SmallDisk.mount(DISK_MIB);
  const config = join(disk.path, 'nocmate.yaml');
  await writeFile(config, `ingest: { minFreeSpace: ${MIN_FREE_MIB}MiB }\n`);
  product = await Product.start({ data: join(disk.path, 'data'), env: { NOCMATE_CONFIG: config } });
});
after(async () => {
  await product?.remove();
  await disk?.unmount();
});

type Refusal = { readonly status: number; readonly code: string; readonly retryAfter: string | null };

/** One request to the intake: undefined when it was taken. */
async function tryToSend(): Promise<Refusal | undefined> {
  const body = `full.probe 1 ${Math.floor(Date.now() / 1000)}\n`;
  const response = await product.request('/api/ingest/graphite', { method: 'POST', body });
  const answer = (await response.json()) as { error?: { code: string } };
  if (response.ok) return undefined;
  return { status: response.status, code: answer.error?.code ?? '', retryAfter: response.headers.get('retry-after') };
}

async function logIn(): Promise<number> {
  const response = await fetch(`${product.base}/api/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'admin', password: 'correct horse battery' }),
  });
  return response.status;
}

const pids = async (): Promise<number[]> => (await product.self()).processes.map(({ pid }) => pid);

/** Everything but intake works on a full disk. */
async function assertServes(): Promise<void> {
  await product.until(async () => (await fetch(`${product.base}/api/health`)).status === 503);
  assert.match(JSON.stringify(await product.health()), /free disk space/);
  assert.equal(await logIn(), 200, 'login');
  assert.equal((await product.request('/')).status < 500, true, 'the UI');
  assert.ok(Array.isArray(await product.json('/api/dashboards')));
  assert.equal((await product.sql('SELECT count() AS n FROM samples')).length, 1, 'queries');
}

/** Fills, sees intake refuse and the rest serve, frees, and sees intake go on; returns how long that took, ms. */
async function fillAndFree(leaveBytes: number): Promise<number> {
  await disk.fill(leaveBytes);
  await product.until(async () => (await tryToSend()) !== undefined);
  for (let i = 0; i < REFUSALS; i++) {
    const refusal = await tryToSend();
    assert.deepEqual([refusal?.status, refusal?.code], [507, 'disk_full']);
    assert.notEqual(refusal?.retryAfter, null);
  }
  await assertServes();
  await conservedAccounts(product);
  await disk.clear();
  const freedAt = performance.now();
  await product.until(async () => (await tryToSend()) === undefined, 30_000);
  const resumedMs = performance.now() - freedAt;
  await product.untilReady();
  return resumedMs;
}

test('a disk that fills under load refuses with a reason, loses nothing, and goes on by itself', {
  skip: cannotMount,
}, async (t) => {
  // The first user is made after the stores are up.
  await product.until(async () => product.output.some((line) => line.includes('ready')));
  assert.equal(await logIn(), 200);
  const processes = await pids();
  const ledger = new Ledger('full');
  const stream = await GraphiteStream.start(product, 'full');
  await ledger.send(product);
  for (let round = 0; round < ROUNDS; round++) {
    // First what a growing file leaves, then not one byte.
    const run = fillAndFree(round % 2 === 0 ? (MIN_FREE_MIB / 2) * MIB : 0);
    await ledger.sendUntil(product, run);
    t.diagnostic(`accepted again ${Math.round(await run)} ms after space was free`);
  }
  await ledger.send(product);
  await stream.end();
  await ledger.verify(product);
  await stream.verify(product);
  assert.deepEqual(await pids(), processes, 'no process ended');
  t.diagnostic(`${ledger.acknowledged.length} acknowledged, ${ledger.unknown.length} refused, ${stream.sent} by TCP`);
});

test('the state database kept what it had, and goes on', { skip: cannotMount }, async () => {
  assert.equal(await logIn(), 200);
  const created = await product.request('/api/tokens', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'after the full disk', scope: 'read' }),
  });
  assert.ok(created.ok, await created.text());
  await product.stop();
  await product.start();
  assert.match(JSON.stringify(await product.json('/api/tokens')), /after the full disk/);
});
