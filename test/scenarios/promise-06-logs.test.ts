import assert from 'node:assert/strict';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Product } from '#test/product/product.ts';
import { conservedAccounts } from './graphite-stream.ts';
import { LogLedger, sendBulk, sendLumberjack } from './log-ledger.ts';
import { cannotMount, SmallDisk } from './small-disk.ts';

const DISK_MIB = 700;
/** Below it intake refuses; what is left serves the two databases. */
const MIN_FREE_MIB = 96;
const MIB = 2 ** 20;
const FILE_LINES = 500;
const ROUNDS = Number(process.env['NOCMATE_FULL_DISKS'] ?? 2);

let disk: SmallDisk;
let product: Product;
let folder: string;
before(async () => {
  if (cannotMount !== false) return;
  disk = await SmallDisk.mount(DISK_MIB);
  folder = await mkdtemp(join(tmpdir(), 'nocmate-full-logs-'));
  const config = join(disk.path, 'nocmate.yaml');
  const files = `{ files: [{ include: [${join(folder, '*.log')}], multiline: "off" }] }`;
  const ingest = `ingest: { minFreeSpace: ${MIN_FREE_MIB}MiB }\n`;
  await writeFile(config, `${ingest}inputs: { file-tail: ${files} }\n`);
  const env = { NOCMATE_CONFIG: config, NOCMATE_BEATS: '127.0.0.1:0' };
  product = await Product.start({ data: join(disk.path, 'data'), env });
});
after(async () => {
  await product?.remove();
  await disk?.unmount();
  if (folder !== undefined) await rm(folder, { recursive: true });
});

/** The answer of Elasticsearch's bulk API to one line. */
async function answerOfBulk(): Promise<Response> {
  const headers = { authorization: `Bearer ${await product.token('ingest')}`, 'content-type': 'application/x-ndjson' };
  const body = '{"index":{}}\n{"message":"probe"}\n';
  return fetch(`${product.base}/elasticsearch/_bulk`, { method: 'POST', headers, body });
}

/** Fills, writes to a followed file meanwhile, frees, and sees intake go on; returns how long that took, ms. */
async function fillAndFree(leaveBytes: number, round: number): Promise<number> {
  await disk.fill(leaveBytes);
  await product.until(async () => !(await answerOfBulk()).ok);
  const refusal = await answerOfBulk();
  assert.ok([429, 503, 507].includes(refusal.status), `shippers try again after ${refusal.status}`);
  assert.notEqual(refusal.headers.get('retry-after'), null);
  let isAcknowledged = false;
  const waiting = sendLumberjack(product, ['waits for room']).then((taken) => {
    isAcknowledged = taken;
  });
  const lines = Array.from({ length: FILE_LINES }, (_, i) => `followed ${round * FILE_LINES + i}\n`);
  await appendFile(join(folder, 'app.log'), lines.join(''));
  await product.until(async () => (await fetch(`${product.base}/api/health`)).status === 503);
  assert.equal((await product.sql('SELECT count() AS n FROM logs')).length, 1, 'searches are answered');
  await conservedAccounts(product);
  assert.equal(isAcknowledged, false, 'nothing is acknowledged that cannot be kept');
  await disk.clear();
  const freedAt = performance.now();
  await product.until(async () => (await answerOfBulk()).ok, 30_000);
  const resumedMs = performance.now() - freedAt;
  await waiting;
  await product.untilReady();
  return resumedMs;
}

test('a disk that fills under log load loses no line that was acknowledged, and followed files wait', {
  skip: cannotMount,
  timeout: 300_000,
}, async (t) => {
  const bulk = new LogLedger('bulk', sendBulk);
  const beats = new LogLedger('beats', sendLumberjack);
  for (let round = 0; round < ROUNDS; round += 1) {
    // First what a growing file leaves, then not one byte.
    const run = fillAndFree(round % 2 === 0 ? (MIN_FREE_MIB / 2) * MIB : 0, round);
    await Promise.all([bulk.sendUntil(product, run), beats.sendUntil(product, run)]);
    t.diagnostic(`accepted again ${Math.round(await run)} ms after space was free`);
  }
  await product.until(async () => (await followed()).length >= ROUNDS * FILE_LINES);
  await bulk.verify(product);
  await beats.verify(product);
  const numbers = await followed();
  assert.deepEqual(
    numbers,
    Array.from({ length: ROUNDS * FILE_LINES }, (_, i) => i),
    'each line of the file once',
  );
  await conservedAccounts(product);
  assert.ok(bulk.acknowledged.length > 0 && bulk.unknown.length > 0);
  t.diagnostic(`${bulk.acknowledged.length} and ${beats.acknowledged.length} acknowledged, others refused`);
});

/** The numbers of the lines of the followed file that are stored, in order. */
async function followed(): Promise<number[]> {
  const [row] = await product.sql<{ numbers: number[] }>(
    "SELECT arraySort(groupArray(toUInt32(splitByChar(' ', body)[2]))) AS numbers FROM logs WHERE startsWith(body, 'followed ')",
  );
  return row?.numbers ?? [];
}
