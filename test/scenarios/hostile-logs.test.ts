import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { Product } from '#test/product/product.ts';
import { conservedAccounts } from './graphite-stream.ts';
import { EVIL_LINES, nestedJson, wideJson } from './hostile-lines.ts';
import { PUT_HOSTILE, REFUSED_LOGS, SLOW_EXPRESSIONS } from './hostile-list.ts';

const MIB = 2 ** 20;
/** Unpacked; a thousandth of it packed, before anything listens: packing holds up this process. */
const BOMB = Buffer.alloc(128 * MIB);
const PACKS: readonly (readonly [encoding: string, bytes: Buffer])[] = [
  ['gzip', gzipSync(BOMB)],
  ['deflate', deflateSync(BOMB)],
  ['br', brotliCompressSync(BOMB)],
  ['zstd', zstdCompressSync(BOMB)],
];
const PACKED_FILE = gzipSync(Buffer.concat([BOMB, Buffer.from('\nhostile after the bomb\n')]));
/** Fits into a datagram. */
const SMALL_PACK = deflateSync(Buffer.alloc(50 * MIB));
const FRAME = deflateSync(BOMB);
const MOST_RESIDENT = 1_600 * MIB;

let folder: string;
let product: Product;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nocmate-hostile-'));
  const config = join(folder, 'nocmate.yaml');
  const files = `{ files: [{ include: [${join(folder, '*.log')}, ${join(folder, '*.gz')}] }] }`;
  await writeFile(config, `inputs: { gelf: { listen: "127.0.0.1:0" }, file-tail: ${files} }\n`);
  product = await Product.start({ env: { NOCMATE_CONFIG: config, NOCMATE_BEATS: '127.0.0.1:0' } });
});
after(async () => {
  await product?.remove();
  await rm(folder, { recursive: true });
});

async function post(path: string, body: string | Uint8Array, headers: Record<string, string> = {}): Promise<number> {
  const bytes = typeof body === 'string' ? body : (body as Uint8Array<ArrayBuffer>);
  const authorization = `Bearer ${await product.token('ingest')}`;
  const type = { 'content-type': 'application/x-ndjson' };
  return (
    await fetch(product.base + path, { method: 'POST', body: bytes, headers: { authorization, ...type, ...headers } })
  ).status;
}

/** Runs something while the API is asked for its health all the time; it answers, and memory is bounded. */
async function whileServing(t: TestContext, run: () => Promise<void>): Promise<void> {
  const ended = new AbortController();
  const slowest = askAllTheTime(ended.signal);
  await run().finally(() => ended.abort());
  const ms = Math.round(await slowest);
  const { processes, eventLoopP99Ms } = await product.self();
  t.diagnostic(`other answers took ${ms} ms at most, the loop's p99 is ${Math.round(eventLoopP99Ms)} ms`);
  const server = processes.find(({ name }) => name === 'server');
  assert.ok((server?.residentBytes ?? 0) < MOST_RESIDENT, `${server?.residentBytes} bytes`);
  await conservedAccounts(product);
}

async function askAllTheTime(signal: AbortSignal): Promise<number> {
  let slowest = 0;
  while (!signal.aborted) {
    const from = performance.now();
    assert.equal((await fetch(`${product.base}/api/health`)).status, 200);
    slowest = Math.max(slowest, performance.now() - from);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return slowest;
}

async function stored(part: string): Promise<number> {
  const [row] = await product.sql<{ n: string }>(`SELECT count() AS n FROM logs WHERE position(body, '${part}') > 0`);
  return Number(row?.n);
}

test('lines that would be obeyed elsewhere, deep and wide ones are kept as they are', {
  timeout: 120_000,
}, async (t) => {
  await whileServing(t, async () => {
    const lines = EVIL_LINES.map((message) => JSON.stringify({ message }));
    const body = [...lines, nestedJson(100), nestedJson(5_000), wideJson(10_000)].join('\n');
    assert.equal(await post('/api/ingest/logs', body), 200);
    const bulk = [...lines, nestedJson(100), wideJson(10_000)].map((line) => `{"index":{}}\n${line}\n`).join('');
    assert.equal(await post('/elasticsearch/_bulk', bulk), 200);
    const socket = connect(await product.listener('syslog/tcp'));
    await once(socket, 'connect');
    const bytes = [Buffer.from('<14>hostile syslog \xff\xfe\x80', 'latin1'), Buffer.from([10])];
    for (const line of EVIL_LINES) bytes.push(Buffer.from(`<14>${line.replaceAll('\n', ' ')}\n`));
    socket.end(Buffer.concat([...bytes, Buffer.from(`<14>hostile long ${'y'.repeat(MIB)}\n`)]));
    await once(socket, 'close');
    await product.until(async () => (await stored('hostile')) >= 3 * EVIL_LINES.length + 4);
  });
  const rows = await product.sql<{ body: string }>("SELECT body FROM logs WHERE position(body, 'hostile script') > 0");
  assert.equal(rows.length, 3);
  assert.ok(rows.every(({ body }) => body.includes('<script>alert(1)</script>')));
  const [row] = await product.sql<{ wide: number }>(
    "SELECT max(length(attrs)) AS wide FROM logs WHERE position(body, 'wide') > 0",
  );
  assert.ok(Number(row?.wide) <= 10_000);
});

test('bombs are refused by every input that unpacks, and cost no memory', { timeout: 180_000 }, async (t) => {
  const paths = ['/elasticsearch/_bulk', '/api/ingest/logs', '/loki/api/v1/push', '/services/collector/event', '/gelf'];
  await whileServing(t, async () => {
    for (const path of [...paths, '/v1/logs']) {
      for (const [encoding, bytes] of PACKS) {
        const status = await post(path, bytes, { 'content-encoding': encoding, 'content-type': 'application/json' });
        assert.ok(status >= 400 && status < 500, `${path} ${encoding}: ${status}`);
      }
    }
    const { host, port } = await product.listener('gelf/udp');
    const udp = createSocket('udp4');
    await new Promise((resolve) => udp.send(SMALL_PACK, port, host, resolve));
    udp.close();
    const beats = connect(await product.listener('lumberjack/tcp'));
    await once(beats, 'connect');
    beats.on('error', () => undefined);
    const head = Buffer.from('2W\0\0\0\x012C\0\0\0\0', 'latin1');
    head.writeUInt32BE(FRAME.length, 8);
    beats.resume().write(Buffer.concat([head, FRAME]));
    await once(beats, 'close');
    await writeFile(join(folder, 'bomb.gz'), PACKED_FILE);
    await product.until(async () => (await stored('hostile after the bomb')) === 1);
  });
});

test('expressions made to be slow and queries made to be large end', { timeout: 120_000 }, async (t) => {
  const ask = async (query: string): Promise<number> => (await PUT_HOSTILE.logs(product, [query, query])).status;
  await whileServing(t, async () => {
    for (const pattern of SLOW_EXPRESSIONS) assert.equal(await ask(`/${pattern}/`), 200, pattern);
    for (const [name, query] of REFUSED_LOGS) assert.equal(await ask(query), 400, name);
  });
});
