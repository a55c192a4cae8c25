import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { CollectorStatus } from '#core/api/status.ts';
import type { Peer } from '../peers/peer.ts';
import { noRedis, startRedis } from '../peers/redis.ts';
import { Product } from '../product/product.ts';
import { openSignedIn } from './bench.ts';
import { launchBrowser, noBrowser, type WatchedPage } from './browser.ts';

const SKIP = { skip: noBrowser || noRedis };
const START_MS = 120_000;
const MANY = 1_000;
/** Services are drawn where they are seen, and a few around. */
const MOST_ROWS = 120;

let product: Product;
let browser: Browser;
let watched: WatchedPage;
let redis: Peer;
let locked: Peer;

before(
  async () => {
    if (SKIP.skip !== false) return;
    redis = await startRedis();
    locked = await startRedis(['--requirepass', 'right horse']);
    product = await Product.start({ env: { NOCMATE_DISCOVER: 'auto' } });
    browser = await launchBrowser();
    watched = await openSignedIn(browser, product);
  },
  { timeout: START_MS },
);
after(async () => {
  await browser?.close();
  await product?.remove();
  await redis?.remove();
  await locked?.remove();
});

const open = (path = ''): Promise<unknown> => watched.page.goto(`${product.base}/services${path}`);
/** A rate needs two samples. */
async function hasRate(): Promise<boolean> {
  const query = encodeURIComponent('rate(redis_commands_processed_total[1m])');
  const { data } = await product.json<{ data: { result: unknown[] } }>(`/api/v1/query?query=${query}`);
  return data.result.length > 0;
}
const rowOf = (text: string) =>
  watched.page.getByRole('table', { name: 'Services' }).getByRole('row').filter({ hasText: text });

test('what is found stands in its group with state and key figure, and leads to its dashboard', SKIP, async () => {
  const { page } = watched;
  await product.until(hasRate);
  await open();
  const row = rowOf(redis.address);
  await row.getByText('Up').waitFor();
  await row.getByText(/\/s/).waitFor();
  await row.getByRole('img', { name: /last 15 minutes/ }).waitFor();
  await rowOf('Redis')
    .getByText(/^\d+ up$/)
    .waitFor();
  await watched.shoot('services');
  assert.deepEqual(await watched.violations(), []);
  await row.getByRole('link', { name: redis.address }).click();
  await page.getByRole('heading', { name: 'Memory used' }).waitFor();
  const port = redis.address.split(':')[1] ?? '';
  assert.match(decodeURIComponent(page.url()), new RegExp(`/dashboards/builtin-redis\\?.*var-instance=[^&]*:${port}`));
  watched.assertClean();
});

test('a stop shows by itself with its error, first of all; the state narrows; it comes back', SKIP, async () => {
  const { page } = watched;
  await open();
  const row = rowOf(redis.address);
  await row.getByText('Up').waitFor();
  await redis.stop();
  await row.getByText('Down').waitFor();
  await row.getByText(/unreachable/).waitFor();
  assert.match((await rowOf('Redis').first().textContent()) ?? '', /1 down/);
  await page.getByRole('button', { name: '1 down' }).click();
  await page.waitForURL(/state=down/);
  await rowOf('localhost').waitFor({ state: 'detached' });
  await redis.start();
  await page.getByText('No service matches').waitFor();
  await page.getByRole('button', { name: 'Show all services' }).click();
  await row.getByText('Up').waitFor();
  watched.assertClean();
});

test('groups shut and open, services stand by host as well, and words narrow', SKIP, async () => {
  const { page } = watched;
  await open();
  await rowOf(redis.address).waitFor();
  await page.getByRole('button', { name: 'Redis', exact: true }).click();
  await rowOf(redis.address).waitFor({ state: 'detached' });
  assert.match(page.url(), /shut=Redis/);
  await page.getByRole('button', { name: 'By host' }).click();
  await rowOf(`Redis ${redis.address}`).waitFor();
  await page.getByLabel('Find a service').fill('localhost');
  await rowOf(`Redis ${redis.address}`).waitFor({ state: 'detached' });
  await rowOf('Host localhost').waitFor();
  watched.assertClean();
});

test('what is not monitored is told with the reason, and is one click from its form', SKIP, async () => {
  const { page } = watched;
  await open();
  const found = page.getByRole('listitem').filter({ hasText: locked.address });
  await found.getByText(/NOAUTH/).waitFor();
  await found.getByRole('button', { name: 'Set up' }).click();
  const dialog = page.getByRole('dialog');
  assert.equal(await dialog.getByLabel('Address').inputValue(), locked.address);
  await page.keyboard.press('Escape');
  const ports = page.getByRole('region', { name: 'Listening, and nothing collects from it' });
  await ports
    .getByRole('button', { name: /^Check it: port/ })
    .first()
    .click();
  assert.match(await dialog.getByLabel('Address').inputValue(), /^[\d.:]+:\d+$/);
  assert.deepEqual(await watched.violations(), []);
  await page.keyboard.press('Escape');
  watched.assertClean();
});

test('the palette finds a service', SKIP, async () => {
  const { page } = watched;
  await open();
  await rowOf(redis.address).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type(redis.address);
  await page
    .getByRole('option')
    .filter({ hasText: `Redis ${redis.address}` })
    .click();
  await page.waitForURL(/q=127/);
  await rowOf(redis.address).waitFor();
  watched.assertClean();
});

test('a thousand targets are drawn where they are seen, and nothing is said where there is none', SKIP, async () => {
  const many = await openSignedIn(browser, product);
  const { page } = many;
  const [known] = await product.json<CollectorStatus[]>('/api/collectors');
  let count = MANY;
  await page.route(/\/api\/collectors$/, (route) =>
    route.fulfill({
      json: Array.from({ length: count }, (_, i) => ({ ...known, plugin: 'redis', title: 'Redis', target: `db-${i}` })),
    }),
  );
  await page.goto(`${product.base}/services`);
  await page.getByRole('row').filter({ hasText: 'db-3' }).first().waitFor();
  assert.ok((await page.getByRole('row').count()) < MOST_ROWS);
  await many.until(`(() => {
    window.scrollTo(0, [...document.querySelectorAll('table')][0].getBoundingClientRect().bottom + window.scrollY - innerHeight);
    return document.body.textContent.includes('db-${MANY - 1}');
  })()`);
  assert.ok((await page.getByRole('row').count()) < MOST_ROWS);
  count = 0;
  await page.goto(`${product.base}/services`);
  await page.getByText('Nothing is monitored yet').waitFor();
  assert.deepEqual(await many.violations(), []);
  many.assertClean();
});

for (const [theme, width] of [
  ['light', 1440],
  ['light', 390],
  ['dark', 390],
] as const) {
  test(`axe finds nothing and nothing is cut off, ${theme}, ${width} px`, SKIP, async () => {
    const other = await openSignedIn(browser, product, [], { theme, width });
    await other.page.goto(`${product.base}/services`);
    await other.page.getByRole('row').filter({ hasText: redis.address }).getByText('Up').waitFor();
    await other.shoot(`services-${theme}-${width}`);
    assert.deepEqual(await other.violations(), []);
    assert.ok((await other.page.evaluate<number>('document.documentElement.scrollWidth')) <= width);
    other.assertClean();
    await other.context.close();
  });
}
