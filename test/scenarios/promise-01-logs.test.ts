import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Product } from '#test/product/product.ts';
import { LogLedger, type LogSender, sendBulk, sendLumberjack } from './log-ledger.ts';

/** Kills of the server for each sender; a release is tested with NOCMATE_KILLS=50. */
const KILLS = Number(process.env['NOCMATE_KILLS'] ?? 5);

let product: Product;
before(async () => {
  product = await Product.start({ env: { NOCMATE_BEATS: '127.0.0.1:0' } });
});
after(() => product?.remove());

const SENDERS: readonly (readonly [name: string, sender: LogSender])[] = [
  ['bulk', sendBulk],
  ['lumberjack', sendLumberjack],
];

for (const [name, sender] of SENDERS) {
  test(`the server is killed ${KILLS} times: no line that ${name} had acknowledged is lost, none doubled`, async (t) => {
    const ledger = new LogLedger(name, sender);
    for (let i = 0; i < KILLS; i += 1) {
      const life = new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 900));
      await ledger.sendUntil(
        product,
        life.then(() => product.end('SIGKILL')),
      );
      await product.start();
    }
    await ledger.verify(product);
    assert.ok(ledger.acknowledged.length > 0);
    t.diagnostic(`${ledger.acknowledged.length} lines acknowledged, ${ledger.unknown.length} unanswered`);
  });
}
