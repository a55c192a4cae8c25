import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import type { InputAccount } from '#core/api/status.ts';
import { Product } from '#test/product/product.ts';

let product: Product;
before(async () => {
  product = await Product.start();
});
after(() => product.remove());

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);

/** Every input's account, after asserting that each adds up to the record. */
async function accounts(): Promise<readonly InputAccount[]> {
  const { accounts: all } = await product.self();
  for (const { input, received, stored, held, rejected, dropped } of all) {
    assert.equal(received, stored + held + sum(rejected) + sum(dropped), `${input} adds up`);
  }
  return all;
}

async function totals(): Promise<{ received: number; stored: number; rejected: Record<string, number> }> {
  const rejected: Record<string, number> = {};
  let [received, stored] = [0, 0];
  for (const account of (await accounts()).filter(({ input }) => input.startsWith('graphite'))) {
    received += account.received;
    stored += account.stored;
    for (const [reason, count] of Object.entries(account.rejected)) rejected[reason] = (rejected[reason] ?? 0) + count;
  }
  return { received, stored, rejected };
}

async function sendTcp(bytes: string | Buffer): Promise<void> {
  const socket = connect(await product.listener('graphite-plaintext/tcp'));
  await once(socket, 'connect');
  socket.end(bytes);
  await once(socket, 'close');
}

test('good, bad and half lines over TCP and UDP are all accounted for', async () => {
  const now = Math.floor(Date.now() / 1000);
  const before = await totals();
  const good = Array.from({ length: 1_000 }, (_, i) => `conserve.tcp.m${i % 50} ${i} ${now - i}`);
  await sendTcp(`${good.join('\n')}\r\nno-value\nconserve.bad.time 1 not-a-time\nconserve.half 5 ${now}`);
  await sendTcp(Buffer.from([0xff, 0xfe, 0x00, 0x0a, 0x20, 0x20, 0x0a]));
  await sendTcp(`conserve.future 1 ${now + 86_400}\nconserve.${'x'.repeat(70_000)} 1 ${now}\n`);
  const udp = createSocket('udp4');
  const { host, port } = await product.listener('graphite-plaintext/udp');
  await new Promise((resolve) => udp.send(`conserve.udp 1 ${now}\nconserve.udp 2 ${now - 1}\n`, port, host, resolve));
  udp.close();
  await product.until(async () => (await totals()).stored - before.stored === 1_003);
  const after = await totals();
  const rejected = sum(after.rejected) - sum(before.rejected);
  assert.equal(after.received - before.received, 1_003 + rejected);
  assert.ok(rejected >= 5, `${rejected} refused: ${JSON.stringify(after.rejected)}`);
  const [row] = await product.sql<{ n: string }>(
    "SELECT count() AS n FROM samples WHERE (family, id) IN (SELECT family, id FROM series WHERE path LIKE 'conserve.%')",
  );
  assert.equal(Number(row?.n), 1_003);
});

test('the same figures stand on /metrics and in the product’s own series', async () => {
  const text = await (await product.request('/metrics')).text();
  assert.match(text, /^nocmate_samples_received_total\{input="graphite-plaintext[^}]*\} \d+$/m);
  assert.match(text, /^nocmate_samples_rejected_total\{input="graphite-plaintext[^}]*reason="future"\} 1$/m);
  await product.until(async () => {
    const rows = await product.sql("SELECT 1 FROM series WHERE metric = 'nocmate_samples_received_total'");
    return rows.length > 0;
  });
});
