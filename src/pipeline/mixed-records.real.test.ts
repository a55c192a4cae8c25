import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { assertConserved } from './testing/accounts-check.ts';
import { eventually, PLAINTEXT, plaintextSocket, startIngest } from './testing/ingest-harness.ts';
import { RECORD_WORKER } from './testing/records.ts';

const LIMIT = { timeout: 30_000 };
const options = { workerFile: RECORD_WORKER };
/** Three records, and two things that are none. */
const MIXED = 'sample a\nstale b\nhistogram c\nexemplar d\nmetadata e\n';

test(
  'a sender of any mixture is answered when it is durable, and the accounts agree all the time',
  LIMIT,
  async (t) => {
    const { ingest, store, account } = await startIngest(t, { options });
    const body = (text: string) => ({ input: PLAINTEXT, source: '', format: 'records', bytes: Buffer.from(text) });
    for (let round = 1; round <= 20; round += 1) {
      const answer = await ingest.writeBody(body(`${MIXED}bad x\n`));
      assert.deepEqual([answer.accepted, answer.rejectedTotal], [3, 1]);
      assert.deepEqual(answer.counts, { samples: 2, histograms: 1, exemplars: 1 });
      assert.deepEqual(answer.counts, { samples: 2, histograms: 1, exemplars: 1 });
      assertConserved(ingest.accounts());
      ingest.events.append({ t: Date.now(), kind: 'deploy', severity: 'info', message: 'm', labels: {} });
    }
    await ingest.settled();
    assert.deepEqual([account().received, account().stored, account().held], [80, 60, 0]);
    assert.deepEqual(account('events').received, 20);
    assert.equal(store.samples().length, 40);
    assert.deepEqual(store.texts('metric_metadata', 'metric'), ['e']);
    assertConserved(ingest.accounts());
  },
);

test('a request of an input is read by its own format, and what it throws leaves no account open', LIMIT, async (t) => {
  const { ingest, account } = await startIngest(t, { options });
  const send = (format: string, text: string) =>
    ingest.writeBody({ input: PLAINTEXT, source: '', format, bytes: Buffer.from(text) });
  await assert.rejects(send('graphite', 'x'), { code: 'bad_request' });
  await assert.rejects(send('records', 'histogram a\nbroken\n'), { code: 'bad_request' });
  await assert.rejects(send('records', 'histogram a\ncrash\n'), { code: 'internal' });
  await ingest.settled();
  assert.equal(account().stored, 2);
  assertConserved(ingest.accounts());
});

test('a thread that dies loses what was not answered, of every kind, and counts it', LIMIT, async (t) => {
  const { ingest, store, account } = await startIngest(t, { options, config: { flushInterval: '1h' } });
  for (let round = 1; round <= 3; round += 1) {
    const bytes = Buffer.from(MIXED);
    await ingest.writeBody({ input: PLAINTEXT, source: '', format: 'records', bytes });
    const socket = await plaintextSocket(t, ingest);
    const closed = once(socket, 'close');
    socket.write(`${MIXED}crash\n`);
    await closed;
    await eventually(() => account().dropped['thread_restart'] === 3 * round);
    await eventually(() => ingest.status().state === 'up' && account().stored === 3 * round);
    assertConserved(ingest.accounts());
  }
  assert.equal(store.samples().length, 6);
  assert.equal(store.inserts.filter(({ table }) => table === 'histograms').length, 3);
});

test('records of every kind that an earlier process left in the spool are inserted at start', LIMIT, async (t) => {
  const first = await startIngest(t, { options });
  first.store.away();
  await first.ingest.writeBody({ input: PLAINTEXT, source: '', format: 'records', bytes: Buffer.from(MIXED) });
  await first.ingest.stop();
  const second = await startIngest(t, { options, spoolDir: first.spoolDir });
  await eventually(() => second.account('spool').stored === 3 && second.ingest.spool().files === 0);
  const tables = new Set(second.store.inserts.map(({ table }) => table));
  assert.deepEqual([...tables].sort(), ['exemplars', 'histograms', 'metric_metadata', 'samples', 'series']);
  assertConserved(second.ingest.accounts());
});

test('whoever waits for the store is told when intake stops before it is back', LIMIT, async (t) => {
  const { ingest, store } = await startIngest(t, { options });
  store.away();
  await ingest.writeBody({ input: PLAINTEXT, source: '', format: 'records', bytes: Buffer.from(MIXED) });
  const refused = assert.rejects(ingest.settled(), { code: 'unavailable' });
  await eventually(() => ingest.spool().files > 0);
  await ingest.stop();
  await refused;
});
