import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { TappedLog } from '#core/live-tap.ts';
import type { Telemetry } from '#storage/clickhouse/index.ts';
import { testFolder, testTelemetry } from '#storage/clickhouse/telemetry-fixture.ts';
import { assertConserved } from './testing/accounts-check.ts';
import { eventually, type Harness, PLAINTEXT, plaintextSocket, startIngest } from './testing/ingest-harness.ts';
import { RECORD_WORKER } from './testing/records.ts';

const LIMIT = { timeout: 60_000 };
const options = { workerFile: RECORD_WORKER };
const bodyOf = (text: string) => ({
  input: PLAINTEXT,
  source: '192.0.2.1',
  format: 'records',
  bytes: Buffer.from(text),
});

async function start(t: TestContext, config = {}): Promise<Harness & { readonly telemetry: Telemetry }> {
  const folder = await testFolder(t);
  const telemetry = testTelemetry(t, join(folder, 'data'));
  await telemetry.start();
  const store = telemetry.store;
  return {
    ...(await startIngest(t, { config, spoolDir: join(folder, 'spool'), options: { ...options, store } })),
    telemetry,
  };
}

test(
  'lines are answered when they are durable, stored as they came, and ordered by their numbers',
  LIMIT,
  async (t) => {
    const { ingest, telemetry, account } = await start(t);
    const answer = await ingest.writeBody(bodyOf('log b\nsample a\nlog a\nbad x\nlog c\n'));
    assert.deepEqual([answer.accepted, answer.rejectedTotal], [4, 1]);
    assert.deepEqual(answer.counts, { samples: 1, histograms: 0, exemplars: 0, logs: 3 });
    await ingest.settled();
    const rows = await telemetry.store.rows(
      'SELECT body, host, service, source, attrs, severity FROM logs ORDER BY ts, seq',
    );
    const row = (body: string) => ({
      body,
      host: '192.0.2.1',
      service: 'svc',
      source: '',
      attrs: { k: body },
      severity: 0,
    });
    assert.deepEqual(rows, [row('b'), row('a'), row('c')]);
    const distinct = 'SELECT toUInt32(uniqExact(seq)) AS n FROM logs';
    assert.deepEqual(await telemetry.store.rows(distinct), [{ n: 3 }]);
    assert.deepEqual([account().received, account().stored], [5, 4]);
    assertConserved(ingest.accounts());
  },
);

test('a killed intake stores what it answered for exactly once', LIMIT, async (t) => {
  const { ingest, telemetry, account } = await start(t, { flushInterval: '1h' });
  for (let round = 1; round <= 3; round += 1) {
    await ingest.writeBody(bodyOf(`log kept${round}\n`));
    const socket = await plaintextSocket(t, ingest);
    const closed = once(socket, 'close');
    socket.write(`log lost${round}\ncrash\n`);
    await closed;
    await eventually(() => account().dropped['thread_restart'] === round);
    await eventually(() => ingest.status().state === 'up' && account().stored === round);
    assertConserved(ingest.accounts());
  }
  const rows = await telemetry.store.rows('SELECT body FROM logs ORDER BY ts, seq');
  assert.deepEqual(rows, [{ body: 'kept1' }, { body: 'kept2' }, { body: 'kept3' }]);
});

test('files of an earlier process are inserted at start; a file that comes again changes nothing', LIMIT, async (t) => {
  const first = await startIngest(t, { options });
  first.store.away();
  await first.ingest.writeBody(bodyOf('log a\nlog b\n'));
  await first.ingest.stop();
  const telemetry = testTelemetry(t, join(await testFolder(t), 'data'));
  await telemetry.start();
  const { store } = telemetry;
  const twice: typeof store.insertFiles = async (...insert) => {
    for (let time = 0; time < 2; time += 1) await store.insertFiles(...insert);
  };
  const second = await startIngest(t, {
    options: { ...options, store: { insertFiles: twice } },
    spoolDir: first.spoolDir,
  });
  await eventually(() => second.account('spool').stored === 2 && second.ingest.spool().files === 0);
  assert.deepEqual(await store.rows('SELECT body FROM logs ORDER BY ts, seq'), [{ body: 'a' }, { body: 'b' }]);
  assertConserved(second.ingest.accounts());
});

test('on a full disk waiting senders are told that their lines are not kept, and they are not', LIMIT, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]).status === 0;
  const after = async (): Promise<void> => {
    if (mounted) spawnSync('umount', [folder]);
    await rm(folder, { recursive: true, force: true });
  };
  const { ingest, account, store } = await startIngest(t, { options, spoolDir: join(folder, 'spool'), after });
  if (!mounted) return t.skip('needs the right to mount a small file system');
  await writeFile(join(folder, 'filler'), new Uint8Array(4_000_000)).catch(() => undefined);
  const socket = await plaintextSocket(t, ingest);
  socket.write('log tcp.a\n');
  await eventually(() => account().received === 1);
  await assert.rejects(ingest.writeBody(bodyOf('log http.b\nlog http.c\n')), { code: 'disk_full' });
  assert.equal(account().held, 1);
  assertConserved(ingest.accounts());
  await rm(join(folder, 'filler'));
  await eventually(() => account().stored === 1);
  assert.deepEqual(store.texts('logs', 'body'), ['tcp.a']);
  assert.deepEqual(account().rejected, { disk_full: 2 });
  assertConserved(ingest.accounts());
});

test('whoever watches gets the lines that match, within bounds, also from the next thread', LIMIT, async (t) => {
  const { ingest, account } = await startIngest(t, { options });
  const seen: TappedLog[] = [];
  let skipped = 0;
  assert.throws(() => ingest.logTap.watch('k:(', () => undefined), { code: 'bad_query' });
  const watch = ingest.logTap.watch('k:a OR k:b', (batch) => {
    seen.push(...batch.records);
    skipped += batch.skipped;
  });
  await ingest.writeBody(bodyOf('log a\nlog x\nlog b\n'));
  await eventually(() => seen.length === 2);
  assert.deepEqual(
    seen.map(({ body, host }) => [body, host]),
    [
      ['a', '192.0.2.1'],
      ['b', '192.0.2.1'],
    ],
  );
  assert.ok((seen[0]?.seq ?? 0) < (seen[1]?.seq ?? 0));
  const socket = await plaintextSocket(t, ingest);
  socket.write('crash\n');
  await eventually(() => ingest.status().state !== 'up');
  await eventually(() => ingest.status().state === 'up');
  await ingest.writeBody(bodyOf('log a\n'.repeat(5_000)));
  await eventually(() => seen.length + skipped === 5_002);
  assert.ok(seen.length >= 2_002 && skipped > 0, `${seen.length} ${skipped}`);
  watch.close();
  await ingest.writeBody(bodyOf('log a\n'));
  await ingest.settled();
  assert.equal(account().stored, 5_004);
  assert.equal(seen.length + skipped, 5_002);
});
