import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, startIngest } from './testing/ingest-harness.ts';

const LIMIT = { timeout: 30_000 };
const now = Math.floor(Date.now() / 1000);

test('a flood of new series is registered whole, in several files, before its samples', LIMIT, async (t) => {
  const { ingest, store, account } = await startIngest(t);
  const lines = Array.from({ length: 60_000 }, (_, i) => `flood.s${i} 1 ${now}\n`).join('');
  await ingest.writeText('', 'graphite', Buffer.from(lines));
  await eventually(() => account('http').stored === 60_000 && store.texts('series', 'path').length === 60_000);
  assert.equal(new Set(store.texts('series', 'path')).size, 60_000);
  assert.ok(store.inserts.filter(({ table }) => table === 'series').length > 1);
});

test('a series is registered once per day of its samples, and again when older samples come', LIMIT, async (t) => {
  const { ingest, store, account } = await startIngest(t);
  const send = (second: number) => ingest.writeText('', 'graphite', Buffer.from(`day.a 1 ${second}\n`));
  for (const second of [now, now + 1, now + 2, now]) await send(second);
  await eventually(() => account('http').stored === 4 && ingest.spool().files === 0);
  const before = store.texts('series', 'path').length;
  assert.ok(before === 1 || before === 2, 'its time of day may lie between these samples');
  await send(now - 5 * 86_400);
  await eventually(() => account('http').stored === 5);
  await eventually(() => store.texts('series', 'path').length === before + 1);
});
