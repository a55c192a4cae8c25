import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { AppError } from '#core/errors.ts';
import { createStore } from './clickhouse-store.ts';

/** A store whose server closes the first `resets` connections without an answer; `asked` counts the requests. */
async function storeWith(resets: number, t: { after: (end: () => void) => void }) {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    if (asked <= resets) return void request.socket.resetAndDestroy();
    response.end('{"n":1}\n');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createClient({ url, log: { level: ClickHouseLogLevel.OFF } });
  t.after(() => void client.close());
  const store = createStore({ kind: 'server', client: () => client, ping: async () => true });
  return { store, asked: () => asked };
}

test('a read whose connection is closed in the moment of its use is asked once more', async (t) => {
  const { store, asked } = await storeWith(1, t);
  assert.deepEqual(await store.rows('SELECT 1 AS n'), [{ n: 1 }]);
  assert.equal(asked(), 2);
});

test('a second reset is told', async (t) => {
  const { store, asked } = await storeWith(9, t);
  await assert.rejects(store.rows('SELECT 1 AS n'), (error) => error instanceof AppError);
  assert.equal(asked(), 2);
});

test('what is no read is never repeated', async (t) => {
  const { store, asked } = await storeWith(1, t);
  await assert.rejects(store.command('ALTER TABLE x'), (error) => error instanceof AppError);
  assert.equal(asked(), 1);
});
