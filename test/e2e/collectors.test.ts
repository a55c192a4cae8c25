import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CollectorStatus } from '#core/api/status.ts';
import type { Peer } from '../peers/peer.ts';
import { noRedis, startRedis } from '../peers/redis.ts';
import { Product } from '../product/product.ts';
import { openSignedIn, useBench } from './bench.ts';
import { noBrowser } from './browser.ts';

const SKIP = { skip: noBrowser || noRedis };
const PASSWORD = 'right horse';

const bench = useBench();
let redis: Peer | undefined;

before(async () => {
  if (!noRedis) redis = await startRedis(['--requirepass', PASSWORD]);
});
after(() => redis?.remove());

const address = (): string => redis?.address ?? '';
const statusOf = async (): Promise<CollectorStatus | undefined> =>
  (await bench.product.json<CollectorStatus[]>('/api/collectors')).find(({ target }) => target === address());

test('a Redis is added by its form: tested with a wrong and the right password, saved, up, drawn', SKIP, async () => {
  const { page } = bench.watched;
  await page.goto(`${bench.product.base}/settings`);
  await page.getByRole('button', { name: 'Add a target' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What is to be collected?').fill('redis');
  await bench.watched.shoot('collectors-catalogue');
  await dialog.getByRole('button', { name: /^Redis/ }).click();
  await dialog.getByLabel('Address').fill(address());
  await dialog.getByLabel('Password').fill('wrong horse');
  const result = dialog.getByRole('region', { name: 'Result of the test' });
  await dialog.getByRole('button', { name: 'Test' }).click();
  await result.getByText('Fails').waitFor();
  assert.match(await result.innerText(), /auth[\s\S]*WRONGPASS/);
  await bench.watched.shoot('collectors-test-fails');
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Test' }).click();
  await result.getByText('Works').waitFor();
  await result.getByText('redis_clients_connected').waitFor();
  assert.deepEqual(await bench.watched.violations(), []);
  await bench.watched.shoot('collectors-test-works');
  await dialog.getByText('Interval and labels').click();
  await dialog.getByLabel('Every').fill('1s');
  await dialog.getByLabel('Labels').fill('env=prod');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  const row = page.getByRole('table', { name: 'Collectors' }).getByRole('row').filter({ hasText: address() });
  await row.getByText('Up').waitFor();
  await bench.watched.shoot('collectors-full');
  assert.deepEqual(await bench.watched.violations(), []);
  bench.watched.assertClean();
});

test('its details lead to its dashboard, which draws it', SKIP, async () => {
  const { page } = bench.watched;
  await page.goto(`${bench.product.base}/settings`);
  await page.getByRole('button', { name: address() }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('env=prod', { exact: false }).first().waitFor();
  await dialog.getByText('It is set; leave it empty to keep it.').waitFor();
  assert.equal(await dialog.getByLabel('Password', { exact: true }).inputValue(), '');
  assert.deepEqual(await bench.watched.violations(), []);
  await bench.watched.shoot('collectors-details');
  await dialog.getByRole('link', { name: 'Open its dashboard' }).click();
  await page.getByRole('heading', { name: 'Memory used' }).waitFor();
  const memory = page.getByRole('region', { name: 'Memory used' });
  await memory
    .getByText(/KiB|MiB/)
    .first()
    .waitFor();
  await bench.watched.shoot('collectors-dashboard');
  bench.watched.assertClean();
});

test('a stop shows as failing, and the target comes back by itself', SKIP, async () => {
  const { page } = bench.watched;
  await page.goto(`${bench.product.base}/settings`);
  const row = page.getByRole('table', { name: 'Collectors' }).getByRole('row').filter({ hasText: address() });
  await row.getByText('Up').waitFor();
  await redis?.stop();
  await row.getByText('Failing').waitFor();
  assert.equal((await statusOf())?.errorKind, 'unreachable');
  await redis?.start();
  await row.getByText('Up').waitFor();
  bench.watched.assertClean();
});

test('it fits a narrow light page, and is removed by hand', SKIP, async () => {
  const { product, browser } = bench;
  const narrow = await openSignedIn(browser, product, [], { width: 390, height: 800, theme: 'light' });
  const { page } = narrow;
  await page.goto(`${product.base}/settings`);
  await page.getByRole('button', { name: address() }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Remove', exact: true }).waitFor();
  await narrow.shoot('collectors-narrow-details');
  assert.deepEqual(await narrow.violations(), []);
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await dialog.getByRole('button', { name: 'Really remove' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: address() }).waitFor({ state: 'detached' });
  await narrow.shoot('collectors-narrow');
  assert.equal(await page.evaluate('document.documentElement.scrollWidth <= 390'), true);
  assert.equal(await statusOf(), undefined);
  assert.equal((await product.json<unknown[]>('/api/collectors/targets')).length, 0);
  narrow.assertClean();
});

test('what is found on the host and wants a login is offered, and set up with one form', SKIP, async (t) => {
  const other = await Product.start({ env: { NOCMATE_DISCOVER: 'auto' } });
  t.after(() => other.remove());
  const watched = await openSignedIn(bench.browser, other);
  const { page } = watched;
  await page.goto(`${other.base}/settings`);
  await page.getByRole('button', { name: `Set up Redis ${address()}` }).click();
  const dialog = page.getByRole('dialog');
  assert.equal(await dialog.getByLabel('Address').inputValue(), address());
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: `Set up Redis ${address()}` }).waitFor({ state: 'detached' });
  const row = page.getByRole('table', { name: 'Collectors' }).getByRole('row').filter({ hasText: address() });
  await row.getByText('Up').waitFor();
  await watched.shoot('collectors-found');
  assert.deepEqual(await watched.violations(), []);
  watched.assertClean();
});
