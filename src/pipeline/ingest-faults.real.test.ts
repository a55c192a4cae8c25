import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { AppError } from '#core/errors.ts';
import type { SpooledFiles } from '#storage/clickhouse/telemetry-store.ts';
import { assertConserved } from './testing/accounts-check.ts';
import { eventually, type Harness, plaintextSocket, startIngest } from './testing/ingest-harness.ts';

const LIMIT = { timeout: 30_000 };
const now = Math.floor(Date.now() / 1000);
const line = (name: string): Buffer => Buffer.from(`${name} 1 ${now}\n`);
const FAULTY = new URL('./testing/faulty-worker.ts', import.meta.url);

test(
  'a thread that throws is replaced: acknowledged records stay, others are counted, sockets reopen',
  LIMIT,
  async (t) => {
    const { ingest, store, account } = await startIngest(t, {
      config: { flushInterval: '1h' },
      options: { workerFile: FAULTY },
    });
    for (let round = 1; round <= 5; round += 1) {
      await ingest.writeText('', 'graphite', Buffer.from('abc'));
      const socket = await plaintextSocket(t, ingest);
      const closed = once(socket, 'close');
      socket.write('xy!z');
      await closed;
      await eventually(() => account().dropped['thread_restart'] === 2 * round);
      await eventually(() => ingest.status().state === 'up' && account('http').stored === 3 * round);
      assertConserved(ingest.accounts());
    }
    assert.equal(store.samples().length, 15);
  },
);

test('a writer whose thread dies before its samples are durable is told so', LIMIT, async (t) => {
  const config = { flushInterval: '1h' };
  const { ingest, account } = await startIngest(t, { config, options: { workerFile: FAULTY } });
  const written = ingest.samples.write({ source: 'self', t: now * 1000, keys: ['a'], values: Float64Array.of(1) });
  const refused = assert.rejects(written, { code: 'unavailable' });
  await eventually(() => account('self').held === 1);
  (await plaintextSocket(t, ingest)).write('!');
  await refused;
  await eventually(() => account('self').held === 0);
  assert.deepEqual(account('self').dropped, { thread_restart: 1 });
  assertConserved(ingest.accounts());
});

test('a thread that hangs is ended and replaced', LIMIT, async (t) => {
  const { ingest, account } = await startIngest(t, { options: { workerFile: FAULTY } });
  (await plaintextSocket(t, ingest)).write('~');
  await eventually(() => ingest.status().state === 'degraded');
  await eventually(() => ingest.status().state === 'up');
  await ingest.writeText('', 'graphite', Buffer.from('a'));
  await eventually(() => account('http').stored === 1);
});

test('a bug in a reader fails the request, not the thread', LIMIT, async (t) => {
  const { ingest } = await startIngest(t, { options: { workerFile: FAULTY } });
  await assert.rejects(ingest.writeText('', 'graphite', Buffer.from('ab!')), { code: 'internal' });
  assert.equal((await ingest.writeText('', 'graphite', Buffer.from('a'))).accepted, 1);
  assertConserved(ingest.accounts());
});

test('a taken port and an unknown input are said in one sentence', LIMIT, async (t) => {
  const server = createServer().listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const taken = { 'graphite-plaintext': { listen: `127.0.0.1:${port}` } };
  await assert.rejects(startIngest(t, { options: { inputSettings: taken } }), /TCP 127.0.0.1:\d+ .* is taken: stop/);
  await assert.rejects(startIngest(t, { options: { inputSettings: { x: {} } } }), /there is no input "x"/);
});

test('an optional input whose own port is taken stays off, unless that port was asked for', LIMIT, async (t) => {
  const server = createServer();
  t.after(() => server.close());
  const listening = once(server.listen(8125, '127.0.0.1'), 'listening');
  await listening.catch(() => 'taken by somebody else, which is the same');
  const inputs = new Map([['statsd', undefined]]);
  const { ingest } = await startIngest(t, { options: { inputs, inputSettings: {} } });
  assert.deepEqual(ingest.listeners(), []);
  const asked = { statsd: { listen: '127.0.0.1:8125' } };
  await assert.rejects(startIngest(t, { options: { inputs, inputSettings: asked } }), /8125 .* is taken/);
});

/** Leaves `batches` files in a spool, one sample each. */
async function leaveBatches(t: TestContext, batches: number): Promise<Harness> {
  const first = await startIngest(t);
  first.store.away();
  for (let i = 0; i < batches; i += 1) await first.ingest.writeText('', 'graphite', line(`batch.${i}`));
  await first.ingest.stop();
  return first;
}

test('a damaged batch is put aside and counted, the others are stored', LIMIT, async (t) => {
  const { spoolDir } = await leaveBatches(t, 4);
  const [victim = ''] = (await readdir(join(spoolDir, 'samples'))).sort();
  const bytes = await readFile(join(spoolDir, 'samples', victim));
  bytes[bytes.length - 3] = (bytes.at(-3) ?? 0) ^ 4;
  await writeFile(join(spoolDir, 'samples', victim), bytes);
  const { ingest, account, store } = await startIngest(t, { spoolDir });
  await eventually(() => account('spool').stored === 3 && account('spool').held === 0);
  assert.deepEqual(account('spool').dropped, { bad_file: 1 });
  assert.equal(store.samples().length, 3);
  assert.deepEqual(await readdir(join(spoolDir, 'bad')), [`samples.${victim}`]);
  assertConserved(ingest.accounts());
});

test('a batch that the store refuses as data three times is put aside, others go on', LIMIT, async (t) => {
  const { ingest, store, account } = await startIngest(t);
  const insert = store.insertFiles;
  const refusals: string[] = [];
  Object.assign(store, {
    insertFiles: async (table: string, files: SpooledFiles, token: string) => {
      const poisoned = table === 'samples' && (refusals.length === 0 || refusals.includes(token));
      if (!poisoned) return insert(table, files, token);
      refusals.push(token);
      throw new AppError('bad_request', 'cannot read all data');
    },
  });
  await ingest.writeText('', 'graphite', line('poison'));
  await ingest.writeText('', 'graphite', line('fine'));
  await eventually(() => account('http').held === 0);
  assert.equal(refusals.length, 3);
  assert.deepEqual([account('http').stored, account('http').dropped], [1, { bad_file: 1 }]);
  assertConserved(ingest.accounts());
});

async function smallDisk(size: string): Promise<{ path: string | undefined; free: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]).status === 0;
  const free = async (): Promise<void> => {
    if (mounted) spawnSync('umount', [folder]);
    await rm(folder, { recursive: true, force: true });
  };
  return { path: mounted ? folder : undefined, free };
}

test('below the minimum of free space intake refuses, and goes on by itself', LIMIT, async (t) => {
  const { path: folder, free } = await smallDisk('8m');
  if (folder === undefined) return t.skip('needs the right to mount a small file system');
  const config = { minFreeSpace: '4MiB' };
  const { ingest, account } = await startIngest(t, { spoolDir: join(folder, 'spool'), config, after: free });
  await ingest.writeText('', 'graphite', line('a'));
  await writeFile(join(folder, 'filler'), new Uint8Array(5_000_000));
  await eventually(() => ingest.status().state === 'degraded');
  await assert.rejects(ingest.writeText('', 'graphite', line('b')), { code: 'disk_full' });
  await rm(join(folder, 'filler'));
  await eventually(() => ingest.status().state === 'up');
  await ingest.writeText('', 'graphite', line('c'));
  await eventually(() => account('http').stored === 2);
  assert.deepEqual(account('http').rejected, { disk_full: 1 });
  assertConserved(ingest.accounts());
});

test(
  'a disk that is full in the middle of a write: waiting senders are refused, TCP senders lose nothing',
  LIMIT,
  async (t) => {
    const { path: folder, free } = await smallDisk('2m');
    if (folder === undefined) return t.skip('needs the right to mount a small file system');
    const { ingest, account, store } = await startIngest(t, { spoolDir: join(folder, 'spool'), after: free });
    await ingest.writeText('', 'graphite', line('warm'));
    await eventually(() => account('http').stored === 1);
    await writeFile(join(folder, 'filler'), new Uint8Array(4_000_000)).catch(() => undefined);
    const socket = await plaintextSocket(t, ingest);
    socket.write(line('tcp.a'));
    await eventually(() => account().received === 1);
    await assert.rejects(ingest.writeText('', 'graphite', line('http.b')), { code: 'disk_full' });
    assert.equal(account().held, 1);
    assertConserved(ingest.accounts());
    await rm(join(folder, 'filler'));
    socket.write(line('tcp.c'));
    await eventually(() => account().stored === 2);
    assert.deepEqual(account('http').rejected, { disk_full: 1 });
    assert.equal(store.samples().length, 3);
    assertConserved(ingest.accounts());
  },
);
