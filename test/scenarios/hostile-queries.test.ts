import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { Product } from '#test/product/product.ts';
import { fillHostile, GRAPHITE, type Hostile, PROMQL, PUT_HOSTILE, SQL } from './hostile-list.ts';

const NOW = Math.floor(Date.now() / 1000);
const TIMEOUT = 200_000;

let product: Product;

before(
  async () => {
    product = await Product.start();
    await fillHostile(product, NOW);
  },
  { timeout: TIMEOUT },
);
after(() => product?.remove());

type Answer = { readonly data: { readonly result: readonly unknown[] } };

/** Puts each query; it must end with an error that says something, and others are answered meanwhile. */
async function refused(kind: keyof typeof PUT_HOSTILE, list: readonly Hostile[], t: TestContext): Promise<void> {
  let worst = 0;
  for (const query of list) {
    const answer = PUT_HOSTILE[kind](product, query, NOW);
    const other = product.json<Answer>(`/api/v1/query?query=busy_of_another&time=${NOW}`);
    const response = await answer;
    const said = await response.text();
    assert.ok([400, 422, 504].includes(response.status), `${query[0]}: ${response.status} ${said.slice(0, 200)}`);
    assert.match(said, /\w+ \w+/, query[0]);
    assert.deepEqual((await other).data.result, [], query[0]);
    worst = Math.max(worst, (await product.self()).eventLoopP99Ms);
  }
  t.diagnostic(`event loop p99 at most ${worst.toFixed(0)} ms; bench/hostile.ts tells more`);
  assert.equal((await product.health())?.status, 'ok');
}

test('hostile PromQL ends with an error, and others are served', { timeout: TIMEOUT }, (t) =>
  refused('promql', PROMQL, t),
);

test('hostile Graphite targets end with an error, and others are served', { timeout: TIMEOUT }, (t) =>
  refused('graphite', GRAPHITE, t),
);

test('hostile SQL ends with an error, and others are served', { timeout: TIMEOUT }, (t) => refused('sql', SQL, t));
