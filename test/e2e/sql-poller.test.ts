import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { CollectorStatus } from '#core/api/status.ts';
import type { Peer } from '../peers/peer.ts';
import { noPsql, psql, startPostgres } from '../peers/postgres.ts';
import { openSignedIn, useBench } from './bench.ts';
import { noBrowser } from './browser.ts';

const LIMIT = { skip: noBrowser || noPsql, timeout: 180_000 };
const TAB = '/settings?tab=sql-queries';
const ORDERS = 'SELECT region, count(*) AS waiting, max(placed) AS newest FROM orders WHERE state = $1 GROUP BY region';

const bench = useBench();
let peer: Peer | undefined;

before(async () => {
  if (LIMIT.skip) return;
  peer = await startPostgres();
  await psql(peer, 'CREATE TABLE orders (region text, state text, placed timestamp)');
  await psql(peer, "INSERT INTO orders SELECT 'eu', 'waiting', now() FROM generate_series(1, 3)");
  await psql(peer, "INSERT INTO orders VALUES ('us', 'waiting', now()), ('us', 'sent', now())");
});
after(() => peer?.remove());

const result = (page: Page) => page.getByRole('region', { name: 'Result', exact: true });
const series = (page: Page) => page.getByRole('table', { name: 'Series' });

async function fillQuery(page: Page, query: string): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill('shop_orders');
  await page.getByLabel('Address').fill(peer?.address ?? '');
  await page.getByLabel('User', { exact: true }).fill('postgres');
  await page.getByLabel('Password').fill('right horse');
  await page.getByLabel('Query (one statement that reads)').fill(query);
}

test('a query is written, run and saved; its rows become series', LIMIT, async () => {
  const { watched, product } = bench;
  const { page } = watched;
  await page.goto(`${product.base}${TAB}`);
  await page.getByText('No database is asked').waitFor();
  await watched.shoot('sql-queries-empty');
  await page.getByRole('button', { name: 'New query' }).click();
  await fillQuery(page, 'SELECT * FROM nowhere');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await result(page).getByText('relation "nowhere" does not exist').waitFor();
  await watched.shoot('sql-queries-fails');
  await page.getByLabel('Query (one statement that reads)').fill(ORDERS);
  await page.getByLabel(/Values of placeholders/).fill('waiting');
  await page.getByLabel('Every').fill('1s');
  await page.getByLabel('Fresh for').fill('1h');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await series(page).getByText('shop_orders_waiting').first().waitFor();
  const roles = ['region', 'waiting', 'newest'].map((column) => page.getByLabel(`What ${column} becomes`).inputValue());
  assert.deepEqual(await Promise.all(roles), ['label', 'value', 'time']);
  await page.getByLabel('What region becomes').selectOption('none');
  await result(page).getByText('have the same labels').waitFor();
  await page.getByLabel('What region becomes').selectOption('label');
  await series(page).getByText('shop_orders_newest_age_seconds').first().waitFor();
  assert.deepEqual(await watched.violations(), []);
  await watched.shoot('sql-queries-run');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const row = page.getByRole('table', { name: 'SQL queries' }).getByRole('row').filter({ hasText: 'shop_orders on' });
  await row.getByText('Up').waitFor();
  assert.deepEqual(await watched.violations(), []);
  await watched.shoot('sql-queries-list');
  await product.until(async () => (await valueOf('shop_orders_waiting{region="eu"}')) === 3);
  assert.equal(await valueOf('sql_fresh{query="shop_orders"}'), 1);
  watched.assertClean();
});

async function valueOf(query: string): Promise<number> {
  const search = new URLSearchParams({ query });
  const path = `/api/v1/query?${search.toString()}`;
  const { data } = await bench.product.json<{ data: { result: { value: [number, string] }[] } }>(path);
  return Number(data.result[0]?.value[1] ?? Number.NaN);
}

const statusOf = async (): Promise<CollectorStatus | undefined> =>
  (await bench.product.json<CollectorStatus[]>('/api/collectors')).find(({ plugin }) => plugin === 'sql');

test('rows that come and go are series that come and end, and the server away is told', LIMIT, async () => {
  const { product } = bench;
  assert.ok(peer !== undefined);
  await psql(peer, "INSERT INTO orders VALUES ('asia', 'waiting', now())");
  await product.until(async () => (await valueOf('shop_orders_waiting{region="asia"}')) === 1);
  await psql(peer, "DELETE FROM orders WHERE region = 'asia'");
  await product.until(async () => Number.isNaN(await valueOf('shop_orders_waiting{region="asia"}')));
  await peer.stop();
  await product.until(async () => (await statusOf())?.errorKind === 'unreachable');
  await peer.start();
  await product.until(async () => (await statusOf())?.up === true);
});

test('it is changed and removed, on a narrow and light page too', LIMIT, async () => {
  const { browser, product } = bench;
  const narrow = await openSignedIn(browser, product, [], { width: 390, height: 844, theme: 'light' });
  const { page } = narrow;
  await page.goto(`${product.base}${TAB}`);
  await page.getByRole('button', { name: /shop_orders on/ }).click();
  await page.getByText('It is set; leave it empty to keep it.').waitFor();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await series(page).getByText('shop_orders_waiting').first().waitFor();
  assert.deepEqual(await narrow.violations(), []);
  await narrow.shoot('sql-queries-narrow');
  await page.getByLabel('What waiting becomes').selectOption('counter');
  await series(page).getByText('shop_orders_waiting_total').first().waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await product.until(async () => (await valueOf('shop_orders_waiting_total{region="eu"}')) === 3);
  await page.getByRole('button', { name: /shop_orders on/ }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('button', { name: 'Really remove' }).click();
  await page.getByText('No database is asked').waitFor();
  narrow.assertClean();
});
