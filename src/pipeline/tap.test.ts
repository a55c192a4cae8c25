import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TapBatch, TapSeries } from '#core/live-tap.ts';
import { eventually, plaintextSocket, seriesId, startIngest } from './testing/ingest-harness.ts';

const LIMIT = { timeout: 20_000 };
const now = Math.floor(Date.now() / 1000);

/** Rows as [position, value] in order of arrival. */
function collect(): { rows: [number, number][]; take: (batch: TapBatch) => void } {
  const rows: [number, number][] = [];
  return { rows, take: ({ index, v }) => index.forEach((position, i) => rows.push([position, v[i] ?? 0])) };
}

test('watchers get their series, each by its own positions, also series that come later', LIMIT, async (t) => {
  const { ingest } = await startIngest(t, { config: { flushInterval: '1h' } });
  const [a, b] = [await seriesId('tap.a'), await seriesId('tap.b')];
  const one = collect();
  const two = collect();
  ingest.tap.watch([a, b], one.take);
  const second = ingest.tap.watch([b], two.take);
  const socket = await plaintextSocket(t, ingest);
  socket.write(`tap.x 9 ${now}\ntap.b 1 ${now}\ntap.a 2 ${now}\n`);
  await eventually(() => one.rows.length === 2 && two.rows.length === 1);
  assert.deepEqual(one.rows, [
    [1, 1],
    [0, 2],
  ]);
  assert.deepEqual(two.rows, [[0, 1]]);
  second.close();
  socket.write(`tap.b 3 ${now}\n`);
  await eventually(() => one.rows.length === 3);
  assert.deepEqual(two.rows, [[0, 1]]);
});

test('recent samples are those that are not in the store yet, wherever they are', LIMIT, async (t) => {
  const { ingest, store } = await startIngest(t, { config: { flushInterval: '1h' } });
  store.away();
  const socket = await plaintextSocket(t, ingest);
  const id = await seriesId('recent.a');
  await ingest.writeText('', 'graphite', Buffer.from(`recent.a 1 ${now}\nrecent.b 7 ${now}\n`));
  socket.write(`recent.a 2 ${now}\n`);
  await eventually(() => ingest.accounts().some((one) => one.input === 'graphite-plaintext' && one.received === 1));
  const watch = ingest.tap.watch([await seriesId('absent'), id], () => {});
  const { index, v, t: times } = await watch.recent;
  assert.deepEqual(
    [[...index], [...v], [...times]],
    [
      [1, 1],
      [1, 2],
      [now * 1000, now * 1000],
    ],
  );
  store.back();
  await eventually(() => store.samples().length === 2);
  const again = await ingest.tap.watch([id], () => {}).recent;
  assert.deepEqual([...again.v], [1, 2], 'just inserted: still told, so that a reader of the store has no hole');
});

test('new series are told once, with identity and labels', LIMIT, async (t) => {
  const { ingest } = await startIngest(t);
  const seen: TapSeries[] = [];
  const end = ingest.tap.onNewSeries((series) => seen.push(...series));
  const send = (text: string) => ingest.writeText('', 'graphite', Buffer.from(text));
  await send(`new.a 1 ${now}\nreq;host=h 1 ${now}\n`);
  await send(`new.a 2 ${now}\n`);
  await eventually(() => seen.length === 2);
  assert.deepEqual(
    seen.map(({ labels }) => ({ ...labels })),
    [{ __name__: 'new.a' }, { __name__: 'req', host: 'h' }],
  );
  assert.equal(seen[0]?.id, await seriesId('new.a'));
  end();
  await send(`new.b 1 ${now}\n`);
  assert.equal(seen.length, 2);
});
