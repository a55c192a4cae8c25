import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { NamedSecret } from '#core/api/secrets.ts';
import { Product } from '../product/product.ts';
import { openSignedIn } from './bench.ts';
import { launchBrowser, noBrowser, type WatchedPage } from './browser.ts';

const SKIP = { skip: noBrowser };
const VALUE = 'Tr0ub4dor-and-3';

let folder: string;
let product: Product;
let browser: Browser;
let watched: WatchedPage;

before(
  async () => {
    if (noBrowser !== false) return;
    folder = await mkdtemp(join(tmpdir(), 'nocmate-secrets-'));
    const config = join(folder, 'nocmate.yaml');
    await writeFile(config, 'collectors:\n  redis: [{ address: "127.0.0.1:1", password: "stored:cache" }]\n');
    product = await Product.start({ env: { NOCMATE_CONFIG: config } });
    browser = await launchBrowser();
    watched = await openSignedIn(browser, product);
  },
  { timeout: 120_000 },
);
after(async () => {
  await browser?.close();
  await product?.remove();
  await rm(folder, { recursive: true, force: true });
});

const rowOf = (name: string) =>
  watched.page.getByRole('table', { name: 'Secrets' }).getByRole('row').filter({ hasText: name });
const secrets = (): Promise<NamedSecret[]> => product.json<NamedSecret[]>('/api/secrets');

test('a secret is kept, told with what uses it, and never shown', SKIP, async () => {
  const { page } = watched;
  await page.goto(`${product.base}/settings?tab=secrets`);
  await page.getByText('No named secret yet').waitFor();
  assert.deepEqual(await watched.violations(), []);
  await page.getByRole('button', { name: 'New secret' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('cache');
  await dialog.getByLabel('Value').fill(VALUE);
  assert.deepEqual(await watched.violations(), []);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await rowOf('cache').getByText('Redis 127.0.0.1:1').waitFor();
  await watched.shoot('secrets');
  assert.deepEqual(await watched.violations(), []);
  assert.doesNotMatch((await page.content()) + JSON.stringify(await secrets()), new RegExp(VALUE));
  watched.assertClean();
});

test('its value is replaced, the key rotated, and it is removed after a word of warning', SKIP, async () => {
  const { page } = watched;
  const dialog = page.getByRole('dialog');
  await page.goto(`${product.base}/settings?tab=secrets`);
  const [before] = await secrets();
  await page.getByRole('button', { name: 'Replace cache' }).click();
  await dialog.getByLabel('Value').fill('another');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  assert.ok(((await secrets())[0]?.updatedAt ?? 0) > (before?.updatedAt ?? 0));
  await page.getByRole('button', { name: 'Rotate the key' }).click();
  await dialog.getByRole('button', { name: 'Rotate' }).click();
  await dialog.getByText('1 secret is encrypted with a new key').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('button', { name: 'Remove cache' }).click();
  await dialog.getByText(/Redis 127.0.0.1:1 cannot log in any more/).waitFor();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('No named secret yet').waitFor();
  assert.deepEqual(await secrets(), []);
  watched.assertClean();
});

test('a name that cannot be one is refused by the form; it fits a narrow light page', SKIP, async () => {
  const narrow = await openSignedIn(browser, product, [], { width: 390, height: 800, theme: 'light' });
  const { page } = narrow;
  await product.request('/api/secrets/narrow-one', {
    method: 'PUT',
    body: '{"value":"x"}',
    headers: { 'content-type': 'application/json' },
  });
  await page.goto(`${product.base}/settings?tab=secrets`);
  await page.getByRole('button', { name: 'Remove narrow-one' }).waitFor();
  await narrow.shoot('secrets-narrow');
  assert.deepEqual(await narrow.violations(), []);
  assert.equal(await page.evaluate('document.documentElement.scrollWidth <= 390'), true);
  await page.getByRole('button', { name: 'New secret' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('a/b');
  await dialog.getByLabel('Value').fill('x');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const isRefused = `document.querySelector('dialog input[name="name"]').validity.patternMismatch`;
  assert.equal(await page.evaluate(isRefused), true);
  assert.equal((await secrets()).length, 1);
  narrow.assertClean();
});
