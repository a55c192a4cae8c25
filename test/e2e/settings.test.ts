import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useBench } from './bench.ts';
import { noBrowser } from './browser.ts';

const bench = useBench();

test('collectors tell their runs, storage its tables and sizes', { skip: noBrowser }, async () => {
  const { page } = bench.watched;
  await page.goto(`${bench.product.base}/settings`);
  const row = page.getByRole('table', { name: 'Collectors' }).getByRole('row').filter({ hasText: 'Host' });
  await row.filter({ hasText: 'Up' }).waitFor();
  await page.getByRole('tab', { name: 'Storage' }).click();
  await page
    .getByText(/MiB|KiB|GiB/)
    .first()
    .waitFor();
  assert.match(page.url(), /tab=storage/);
  bench.watched.assertClean();
});

test('the accounts of the Self page add up', { skip: noBrowser }, async () => {
  const { page } = bench.watched;
  await page.goto(`${bench.product.base}/settings?tab=self`);
  const accounts = page.getByRole('region', { name: 'Accounts' });
  await accounts.getByRole('row').nth(1).waitFor();
  const rows = await accounts.locator('tbody tr').allTextContents();
  assert.ok(rows.length > 0);
  for (const row of rows) assert.match(row, /Exact/, row);
  for (const { input, received, stored, held, rejected, dropped } of (await bench.product.self()).accounts) {
    const lost = [...Object.values(rejected), ...Object.values(dropped)].reduce((sum, count) => sum + count, 0);
    assert.equal(received, stored + held + lost, input);
  }
  bench.watched.assertClean();
});

test('a token made here works until it is revoked here', { skip: noBrowser }, async () => {
  const { page } = bench.watched;
  const status = async (secret: string): Promise<number> =>
    (await fetch(`${bench.product.base}/api/hosts`, { headers: { authorization: `Bearer ${secret}` } })).status;
  await page.goto(`${bench.product.base}/settings?tab=access`);
  await page.getByRole('button', { name: 'New token' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('browser test');
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  const secret = await page
    .getByRole('dialog', { name: 'Token browser test' })
    .getByLabel('secret')
    .first()
    .inputValue();
  assert.equal(await status(secret), 200);
  await page.getByRole('button', { name: 'I have it' }).click();
  await page.getByRole('button', { name: 'Revoke browser test' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
  await page.getByRole('button', { name: 'Revoke browser test' }).waitFor({ state: 'detached' });
  assert.equal(await status(secret), 401);
  bench.watched.assertClean();
});
