import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { canonicalKey } from '#core/model/labels.ts';
import { assertConserved } from './testing/accounts-check.ts';
import { eventually, PLAINTEXT, plaintextSocket, portOf, startIngest } from './testing/ingest-harness.ts';

const LIMIT = { timeout: 20_000 };
const now = Math.floor(Date.now() / 1000);

test('lines over TCP are stored with their series, and the spool is empty afterwards', LIMIT, async (t) => {
  const { ingest, store, spoolDir, account } = await startIngest(t);
  const socket = await plaintextSocket(t, ingest);
  socket.end(`a.b.c 1.5 ${now}\nreq;dc=x;host=h 2 ${now}\nbroken\na.b.c 2.5 ${now + 1}`);
  await eventually(() => account().stored === 3);
  assert.deepEqual(account().rejected, { bad_line: 1 });
  assertConserved(ingest.accounts());
  assert.deepEqual(store.texts('series', 'path').sort(), ['', 'a.b.c']);
  assert.deepEqual(store.texts('series', 'metric').sort(), ['c', 'req']);
  assert.deepEqual(
    store.samples().map((one) => one.v),
    [1.5, 2, 2.5],
  );
  assert.deepEqual(
    store.samples().map((one) => one.t),
    [now * 1000, now * 1000, (now + 1) * 1000],
  );
  assert.equal(ingest.activeSeries() <= 2, true);
  await ingest.stop();
  for (const table of ['samples', 'series', 'events', 'bad'])
    assert.deepEqual(await readdir(join(spoolDir, table)), []);
});

test('a stored batch of samples tells how far back it reaches', LIMIT, async (t) => {
  const oldest: (number | undefined)[] = [];
  const { ingest, account } = await startIngest(t, {
    options: { onStored: (file) => void (file.table === 'samples' && oldest.push(file.oldest)) },
  });
  const socket = await plaintextSocket(t, ingest);
  socket.end(`late.a 1 ${now}\nlate.b 2 ${now - 300}\nlate.a 2.5 ${now - 60}`);
  await eventually(() => account().stored === 3);
  // Three lines may be of several batches, and of two days.
  assert.equal(Math.min(...oldest.map((one) => one ?? Number.NEGATIVE_INFINITY)), (now - 300) * 1000);
});

test('datagrams over UDP are taken one by one', LIMIT, async (t) => {
  const { ingest, account } = await startIngest(t);
  const socket = createSocket('udp4');
  t.after(() => socket.close());
  for (const text of [`u.a 1 ${now}\nu.b 2 ${now}\n`, `u.c 3 ${now}`, 'garbage'])
    socket.send(text, portOf(ingest, `${PLAINTEXT}/udp`), '127.0.0.1');
  await eventually(() => account().stored === 3 && account().received === 4);
  assertConserved(ingest.accounts());
});

test('samples and events of the product itself take the same way', LIMIT, async (t) => {
  const { ingest, store, account } = await startIngest(t);
  const keys = ['x.y', canonicalKey({ __name__: 'cpu', host: 'h1' })];
  await ingest.samples.write({ source: 'collector/host', t: now * 1000, keys, values: Float64Array.of(1, Number.NaN) });
  assert.equal(account('collector/host').held + account('collector/host').stored, 2);
  ingest.events.append({ t: now * 1000, kind: 'deploy', severity: 'info', message: 'm', labels: { host: 'h1' } });
  await eventually(() => account('events').stored === 1 && account('collector/host').stored === 2);
  assert.deepEqual(store.texts('events', 'kind'), ['deploy']);
  assert.deepEqual(store.texts('series', 'metric').sort(), ['cpu', 'y']);
  assertConserved(ingest.accounts());
});

test('a body of text is answered with what was refused and why', LIMIT, async (t) => {
  const { ingest, account } = await startIngest(t);
  const body = `h.a 1 ${now}\nh.b x ${now}\n\nh.c 1 ${now + 100_000}\nh.d 1 1000\nh.e nan ${now}\n`;
  const answer = await ingest.writeText('127.0.0.1', 'graphite', Buffer.from(body));
  assert.deepEqual(answer, {
    accepted: 1,
    rejectedTotal: 4,
    rejected: [
      { line: 2, reason: 'bad_value' },
      { line: 4, reason: 'future' },
      { line: 5, reason: 'too_old' },
      { line: 6, reason: 'nan' },
    ],
  });
  assertConserved(ingest.accounts());
  assert.equal(account('http').received, 5);
  await assert.rejects(ingest.writeText('x', 'unknown', Buffer.from('')), { code: 'bad_request' });
});

test('while the store is away senders go on, and everything arrives once it is back', LIMIT, async (t) => {
  const { ingest, store, account } = await startIngest(t);
  store.away();
  for (let second = 0; second < 5; second += 1)
    await ingest.writeText('', 'graphite', Buffer.from(`away.a ${second} ${now - second}\n`));
  assert.equal(account('http').held, 5);
  assertConserved(ingest.accounts());
  assert.ok(ingest.spool().files >= 5);
  store.back();
  await eventually(() => account('http').stored === 5);
  assert.equal(store.samples().length, 5);
  assertConserved(ingest.accounts());
});

test('what an earlier process left in the spool is inserted at start', LIMIT, async (t) => {
  const first = await startIngest(t);
  first.store.away();
  await first.ingest.writeText('', 'graphite', Buffer.from(`left.a 1 ${now}\nleft.b 2 ${now}\n`));
  await first.ingest.stop();
  const second = await startIngest(t, { spoolDir: first.spoolDir });
  await eventually(() => second.account('spool').stored === 2);
  assert.deepEqual(
    second.store.samples().map((one) => one.v),
    [1, 2],
  );
  assertConserved(second.ingest.accounts());
});
