import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { accountOf, assertConserved } from './testing/accounts-check.ts';
import { eventually, PLAINTEXT, plaintextSocket, portOf, startIngest } from './testing/ingest-harness.ts';

const LIMIT = { timeout: 30_000 };
const now = Math.floor(Date.now() / 1000);

test(
  'under load with bad lines, several connections and small batches the accounts agree at every moment',
  LIMIT,
  async (t) => {
    const { ingest, store, account } = await startIngest(t, { config: { maxBatchRows: 5_000 } });
    const lines = 60_000;
    const sockets = [
      await plaintextSocket(t, ingest),
      await plaintextSocket(t, ingest),
      await plaintextSocket(t, ingest),
    ];
    for (const [number, socket] of sockets.entries()) {
      const text = Array.from({ length: lines }, (_, i) =>
        i % 100 === 0 ? 'bad\n' : `load.${number}.${i % 500} ${i} ${now - (i % 3) * 86_400}\n`,
      );
      socket.end(text.join(''));
    }
    const expected = lines * 3;
    await eventually(() => {
      assertConserved(ingest.accounts());
      return account().received === expected && account().held === 0;
    });
    assert.deepEqual(account().rejected, { bad_line: expected / 100 });
    assert.equal(store.samples().length, expected * 0.99);
    assert.equal(new Set(store.samples().map((one) => one.id)).size, 1_485);
    for (const times of store.insertedTimes()) {
      assert.equal(new Set(times.map((ms) => Math.floor(ms / 86_400_000))).size, 1, 'one day per batch');
    }
  },
);

test(
  'at the spool limit TCP senders wait, UDP is dropped, requests are refused, and nothing that waited is lost',
  LIMIT,
  async (t) => {
    const { ingest, store, account } = await startIngest(t, { config: { spoolLimit: '64KiB', maxBatchRows: 1_000 } });
    store.away();
    const socket = await plaintextSocket(t, ingest);
    const lines = 200_000;
    socket.end(Array.from({ length: lines }, (_, i) => `wait.${i % 50} ${i} ${now}\n`).join(''));
    await eventually(() => ingest.status().detail.includes('senders wait'));
    await assert.rejects(ingest.writeText('', 'graphite', Buffer.from(`h.a 1 ${now}\nh.b 2 ${now}`)), {
      code: 'unavailable',
    });
    const before = account();
    assert.ok(before.received < lines, 'the sender waits');
    assert.deepEqual(account('http').rejected, { spool_full: 2 });
    const udp = createSocket('udp4');
    t.after(() => udp.close());
    udp.send(`u.a 1 ${now}\nu.b 2 ${now}\n`, portOf(ingest, `${PLAINTEXT}/udp`), '127.0.0.1');
    await eventually(() => account().dropped['spool_full'] === 2);
    assertConserved(ingest.accounts());
    store.back();
    await eventually(() => account().stored === lines);
    assertConserved(ingest.accounts());
    await eventually(() => ingest.status().state === 'up');
  },
);

test('connections beyond the limit are closed, and the others go on', LIMIT, async (t) => {
  const { ingest, account } = await startIngest(t, { config: { maxConnections: 2 } });
  const first = await plaintextSocket(t, ingest);
  await plaintextSocket(t, ingest);
  const third = connect(portOf(ingest, `${PLAINTEXT}/tcp`), '127.0.0.1');
  third.on('error', () => {});
  await once(third, 'close');
  first.write(`a 1 ${now}\n`);
  await eventually(() => account().stored === 1);
});

test('a connection that sends nothing is closed after the idle time', LIMIT, async (t) => {
  const { ingest } = await startIngest(t, { config: { idleTimeout: '50ms' } });
  const socket = await plaintextSocket(t, ingest);
  socket.write('half a li');
  socket.resume();
  await once(socket, 'close');
  await eventually(() => ingest.listeners().every((one) => one.connections === 0));
});

test('new series beyond the limit of a sender are refused, known ones go on', LIMIT, async (t) => {
  const { ingest, account } = await startIngest(t, { config: { maxSeriesPerSource: 10 } });
  const text = Array.from({ length: 25 }, (_, i) => `s.${i} 1 ${now}\n`).join('');
  await ingest.writeText('one', 'graphite', Buffer.from(text));
  const answer = await ingest.writeText('one', 'graphite', Buffer.from(text));
  assert.equal(answer.accepted, 10);
  assert.equal((await ingest.writeText('two', 'graphite', Buffer.from(text))).accepted, 20);
  await eventually(() => account('http').held === 0);
  assert.deepEqual(account('http').rejected, { source_series_limit: 35 });
  assertConserved(ingest.accounts());
  assert.equal(accountOf(ingest.accounts(), 'http').stored, 40);
});
