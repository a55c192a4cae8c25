import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { WriteAnswer } from '#core/plugin/input.ts';
import { Product } from '#test/product/product.ts';
import { conservedAccounts, GraphiteStream } from './graphite-stream.ts';
import { Ledger } from './ledger.ts';
import { LiveViewer } from './live-viewer.ts';

const MAX_SERIES = 2_000;
const PER_ADDRESS = 40;
const INPUT = 'graphite-plaintext';
const MIB = 2 ** 20;
const STALLED = Number(process.env['NOCMATE_STALLED_VIEWERS'] ?? 100);
/** What stalled viewers may cost the server together: mostly the moment in which all of them get their snapshots. */
const STALLED_LIMIT_BYTES = 128 * MIB;
/** What they may cost more while they stay stalled: their queues are full. */
const STALLED_GROWTH_BYTES = 32 * MIB;
/** Live samples that a healthy viewer sees between two looks at the memory. */
const WATCHED_SAMPLES = 20_000;

let folder: string;
let product: Product;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nocmate-apple-'));
  const config = join(folder, 'nocmate.yaml');
  await writeFile(
    config,
    `ingest: { maxSeriesPerSource: ${MAX_SERIES}, maxConnectionsPerAddress: ${PER_ADDRESS}, idleTimeout: 4s }\n`,
  );
  product = await Product.start({ data: join(folder, 'data'), env: { NOCMATE_CONFIG: config } });
});
after(async () => {
  await product?.remove();
  await rm(folder, { recursive: true, force: true });
});

const now = (): number => Math.floor(Date.now() / 1000);

async function open(localAddress = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ ...(await product.listener(`${INPUT}/tcp`)), localAddress });
  socket.on('error', () => socket.destroy());
  await once(socket, 'connect');
  return socket.resume();
}

async function rejectedByTcp(reason: string): Promise<number> {
  const account = (await conservedAccounts(product)).find(({ input }) => input === INPUT);
  return account?.rejected[reason] ?? 0;
}

async function storedOf(pattern: string): Promise<number> {
  const [row] = await product.sql<{ n: string }>(
    `SELECT count() AS n FROM samples WHERE (family, id) IN (SELECT family, id FROM series WHERE path LIKE '${pattern}')`,
  );
  return Number(row?.n);
}

async function serverBytes(): Promise<number> {
  const { processes } = await product.self();
  return processes.find(({ name }) => name === 'server')?.residentBytes ?? 0;
}

test(`${STALLED} stalled viewers cost the server a bounded amount of memory, a healthy one sees all`, async (t) => {
  const stream = await GraphiteStream.start(product, 'viewed');
  const healthy = await LiveViewer.open(product, 'stream.viewed.*');
  const watch = async (): Promise<number> => {
    const seen = healthy.samples;
    await product.until(async () => healthy.samples - seen > WATCHED_SAMPLES);
    return serverBytes();
  };
  // The same load without them first: a young process grows by itself.
  const before = await watch();
  const stalled = await Promise.all(Array.from({ length: STALLED }, () => LiveViewer.open(product, 'stream.viewed.*')));
  for (const viewer of stalled) viewer.stall();
  const stalledBytes = await watch();
  const growth = stalledBytes - before;
  assert.ok(growth < STALLED_LIMIT_BYTES, `${Math.round(growth / MIB)} MiB more`);
  const later = (await watch()) - stalledBytes;
  assert.ok(later < STALLED_GROWTH_BYTES, `and ${Math.round(later / MIB)} MiB more while they stay`);
  assert.equal(healthy.gaps, 0);
  await stream.end();
  for (const viewer of [healthy, ...stalled]) viewer.close();
  t.diagnostic(
    `${Math.round(growth / MIB)} MiB more resident for ${STALLED} stalled viewers, then ${Math.round(later / MIB)}`,
  );
});

test('a sender that makes series without end is refused new ones, its known ones and other senders go on', async () => {
  const known = (round: number): string[] =>
    Array.from({ length: 100 }, (_, i) => `apple.known.s${i} ${round} ${now() - round}\n`);
  const socket = await open();
  socket.write(known(0).join(''));
  await product.until(async () => (await storedOf('apple.known.%')) === 100);
  const tries = 3 * MAX_SERIES;
  for (let round = 1; round <= 3; round++) {
    const fresh = Array.from({ length: tries / 3 }, (_, i) => `apple.new.r${round}.s${i} 1 ${now()}\n`);
    socket.write([...fresh, ...known(round)].join(''));
  }
  socket.end();
  await once(socket, 'close');
  await product.until(async () => (await storedOf('apple.known.%')) === 400);
  const taken = await storedOf('apple.new.%');
  assert.ok(taken <= MAX_SERIES - 100 && taken >= MAX_SERIES - 200, `${taken} new ones`);
  assert.equal(await rejectedByTcp('source_series_limit'), tries - taken);
  const body = Array.from({ length: 50 }, (_, i) => `apple.other.s${i} 1 ${now()}`).join('\n');
  const other = await product.json<WriteAnswer>('/api/ingest/graphite', { method: 'POST', body });
  assert.equal(other.accepted, 50, 'another sender makes new series');
});

test('lines and bodies without end are refused and counted, what follows is taken', async (t) => {
  const before = { bytes: await serverBytes(), tooLong: await rejectedByTcp('too_long') };
  const socket = await open();
  const giant = Buffer.alloc(MIB, 'x');
  for (let i = 0; i < 64; i++) if (!socket.write(giant)) await once(socket, 'drain');
  socket.end(`\napple.known.s0 9 ${now() - 9}\n`);
  await once(socket, 'close');
  await product.until(async () => (await storedOf('apple.known.%')) === 401);
  assert.equal((await rejectedByTcp('too_long')) - before.tooLong, 1);
  const growth = (await serverBytes()) - before.bytes;
  assert.ok(growth < 64 * MIB, `${growth} bytes more for one line`);
  const { hostname, port } = new URL(product.base);
  const authorization = `Bearer ${await product.token('admin')}`;
  const headers = { authorization, 'content-length': 17 * MIB };
  const large = request({ hostname, port, path: '/api/ingest/graphite', method: 'POST', headers });
  large.on('error', () => large.destroy());
  large.flushHeaders();
  const [answer] = (await once(large, 'response')) as [{ statusCode: number }];
  assert.equal(answer.statusCode, 413);
  large.destroy();
  t.diagnostic(`${Math.round(growth / MIB)} MiB more resident after a line of 64 MiB`);
});

/** Sends one byte a second on each socket until it closes. */
function drip(sockets: readonly Socket[]): void {
  for (const socket of sockets) {
    const timer = setInterval(() => socket.write('a'), 1_000);
    socket.once('close', () => clearInterval(timer));
  }
}

test('HTTP senders that never finish are closed, others are served meanwhile', { timeout: 60_000 }, async () => {
  const { hostname, port } = new URL(product.base);
  const slow = Array.from({ length: 100 }, () => connect(Number(port), hostname).resume());
  for (const socket of slow) socket.on('error', () => socket.destroy());
  await Promise.all(slow.map((socket) => once(socket, 'connect')));
  for (const socket of slow) socket.write('GET /api/health HTTP/1.1\r\nhost: x\r\nx-slow: ');
  drip(slow);
  const allClosed = Promise.all(slow.map((socket) => once(socket, 'close')));
  const ledger = new Ledger('loris');
  await ledger.sendUntil(product, allClosed);
  assert.equal(ledger.unknown.length, 0, 'every honest request was answered');
  assert.ok(ledger.acknowledged.length > 0);
});

test('TCP senders that never finish a line keep out only their own address', { timeout: 60_000 }, async () => {
  const silent = await Promise.all(Array.from({ length: PER_ADDRESS / 2 }, () => open()));
  const slow = await Promise.all(Array.from({ length: PER_ADDRESS / 2 }, () => open()));
  drip(slow);
  const silentClosed = Promise.all(silent.map((socket) => once(socket, 'close')));
  const refused = await open();
  await once(refused, 'close');
  const honest = await open('127.0.0.2');
  honest.end(`apple.honest 1 ${now()}\n`);
  await once(honest, 'close');
  await product.until(async () => (await storedOf('apple.honest')) === 1);
  await silentClosed;
  const again = await open();
  again.end(`apple.honest 2 ${now() - 1}\n`);
  await product.until(async () => (await storedOf('apple.honest')) === 2);
  assert.ok(slow.every((socket) => !socket.destroyed));
  for (const socket of slow) socket.destroy();
});

const LOOK_EVERY_MS = 100;
const RUNAWAY = [
  {
    what: 'time',
    status: 504,
    sql: 'SELECT count() AS n FROM samples a, samples b, samples c WHERE a.v + b.v + c.v = 0.5',
  },
  {
    what: 'memory',
    status: 422,
    sql: 'SELECT length(groupArray(concat(toString(a.v), toString(b.v)))) AS n FROM samples a, samples b',
  },
];

test('queries without end are ended by their limits, and inserts go on', { timeout: 90_000 }, async (t) => {
  const ledger = new Ledger('runaway');
  let worstLagMs = 0;
  const stored: number[] = [];
  const queries = Promise.all(
    RUNAWAY.map(async ({ what, status, sql }) => {
      const response = await product.request('/api/sql', { method: 'POST', body: sql });
      const { error } = (await response.json()) as { error?: { code: string } };
      assert.deepEqual([response.status, error?.code], [status, `limit_${what}`], sql);
    }),
  );
  const watched = (async () => {
    const ended = new AbortController();
    queries.finally(() => ended.abort()).catch(() => undefined);
    while (!ended.signal.aborted) {
      const { insertLagMs, accounts } = await product.self();
      if (ended.signal.aborted) break;
      worstLagMs = Math.max(worstLagMs, insertLagMs);
      stored.push(accounts.reduce((sum, account) => sum + account.stored, 0));
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  })();
  await ledger.sendUntil(product, Promise.all([queries, watched]));
  assert.equal(ledger.unknown.length, 0);
  assert.ok((stored.at(-1) ?? 0) > (stored[0] ?? 0), `nothing was inserted while they ran: ${stored.join(' ')}`);
  await ledger.verify(product);
  t.diagnostic(`${ledger.acknowledged.length} acknowledged meanwhile; a batch waited at most ${worstLagMs} ms`);
});
