import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Product } from '#test/product/product.ts';
import { Ledger } from './ledger.ts';

/** Kills of each process; a release is tested with NOCMATE_KILLS=50. */
const KILLS = Number(process.env['NOCMATE_KILLS'] ?? 6);
const MIN_LIFE_MS = 200;
const LIFE_SPREAD_MS = 900;

let product: Product;
const ledgers: Ledger[] = [];
before(async () => {
  product = await Product.start();
});
after(() => product.remove());

const randomLife = (): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, MIN_LIFE_MS + Math.random() * LIFE_SPREAD_MS));

test(`the server is killed ${KILLS} times under load: nothing acknowledged is lost or doubled`, async (t) => {
  const ledger = new Ledger('server');
  ledgers.push(ledger);
  for (let i = 0; i < KILLS; i++) {
    const killed = randomLife().then(() => product.end('SIGKILL'));
    await ledger.sendUntil(product, killed);
    await product.start();
  }
  await ledger.verify(product);
  assert.ok(ledger.acknowledged.length > 0);
  t.diagnostic(`${ledger.acknowledged.length} samples acknowledged, ${ledger.unknown.length} unanswered`);
});

for (const child of ['engine', 'postgres']) {
  test(`the ${child} is killed ${KILLS} times under load: nothing acknowledged is lost or doubled`, async (t) => {
    const ledger = new Ledger(child);
    ledgers.push(ledger);
    for (let i = 0; i < KILLS; i++) {
      const pid = await product.childPid(child);
      const round = randomLife().then(async () => {
        process.kill(pid, 'SIGKILL');
        await product.until(async () => (await product.childPid(child)) !== pid);
        await product.untilReady();
      });
      await ledger.sendUntil(product, round);
    }
    await ledger.verify(product);
    assert.ok(ledger.acknowledged.length > 0);
    assert.equal(ledger.unknown.length, 0, 'intake never stopped');
    t.diagnostic(`${ledger.acknowledged.length} samples acknowledged`);
  });
}

test('the rollups hold every sample of these runs once', async () => {
  assert.ok(ledgers.length > 0);
  for (const ledger of ledgers) await ledger.verifyRollups(product);
});
