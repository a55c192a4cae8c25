import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { SavedSearch } from '#core/api/saved-search.ts';
import { Product } from '../product/product.ts';
import { openSignedIn } from './bench.ts';
import { launchBrowser, noBrowser, type WatchedPage } from './browser.ts';

const LINES = 30;
const START_MS = 120_000;
let product: Product;
let browser: Browser;
let watched: WatchedPage;

before(
  async () => {
    product = await Product.start();
    browser = await launchBrowser();
    watched = await openSignedIn(browser, product);
    const now = Date.now();
    const body = Array.from({ length: LINES }, (_, index) => {
      const level = index % 3 === 0 ? 'error' : 'info';
      const at = new Date(now - 1_000 * (index + 1)).toISOString();
      return `{"index":{}}\n${JSON.stringify({ '@timestamp': at, level, message: `job ${index} ran` })}\n`;
    }).join('');
    const headers = { 'content-type': 'application/x-ndjson' };
    await product.request('/elasticsearch/jobs/_bulk', { method: 'POST', body, headers });
    await product.until(async () => {
      const [row] = await product.sql<{ n: number | string }>('SELECT count() AS n FROM logs');
      return Number(row?.n) >= LINES;
    });
  },
  { timeout: START_MS },
);
after(async () => {
  await browser?.close();
  await product?.remove();
});

const lines = (page: Page) => page.getByRole('table', { name: 'Log lines' });
const menu = (page: Page) => page.getByRole('button', { name: /^Saved search/ });
const saved = (): Promise<SavedSearch[]> => product.json<SavedSearch[]>('/api/saved-searches');

async function open(page: Page, search = ''): Promise<void> {
  await page.goto(`${product.base}/logs${search}`);
  await lines(page).getByText('job 0 ran').waitFor();
}

async function saveAs(page: Page, name: string): Promise<void> {
  await menu(page).click();
  await page.getByRole('button', { name: 'Save as …' }).click();
  await page.getByLabel('Name').fill(name);
}

test('a search is saved with its columns, and its link opens it for others', { skip: noBrowser }, async () => {
  const { page } = watched;
  await open(page, '?q=level:error&columns=message&order=oldest');
  await saveAs(page, 'Failed jobs');
  await page.getByLabel('For everybody').check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Saved search Failed jobs' }).waitFor();
  const [kept] = await saved();
  const { query, columns, order, shared, range } = kept?.search ?? {};
  assert.deepEqual([query, columns, order, shared, range], ['level:error', ['message'], 'oldest', true, undefined]);
  await page.goto(`${product.base}/logs?saved=${kept?.id}`);
  await page.waitForURL(/q=level:error&.*columns=message/);
  await lines(page).getByText('job 27 ran').waitFor();
  watched.assertClean();
});

test('what was changed is told, saved over, or taken back', { skip: noBrowser }, async () => {
  const { page } = watched;
  const [kept] = await saved();
  await page.goto(`${product.base}/logs?saved=${kept?.id}`);
  await page.waitForURL(/q=level:error/);
  await page.getByRole('button', { name: 'Remove level:error' }).click();
  await menu(page).getByText('changed').waitFor();
  await menu(page).click();
  await page.getByRole('button', { name: 'Undo changes' }).click();
  await page.waitForURL(/q=level:error/);
  await page.getByRole('button', { name: 'Turn level:error into the opposite' }).click();
  await page.waitForURL(/q=NOT\+level:error/);
  const save = page.getByRole('button', { name: 'Save', exact: true });
  if (!(await save.isVisible())) await menu(page).click();
  await save.click();
  await menu(page).getByText('changed').waitFor({ state: 'hidden' });
  assert.equal((await saved())[0]?.search.query, 'NOT level:error');
  watched.assertClean();
});

test('searches are found by words, renamed and deleted; the palette opens them', { skip: noBrowser }, async () => {
  const { page } = watched;
  await open(page, '?q=level:info+OR+job');
  await saveAs(page, 'Night shift');
  await page.getByLabel(/^With its time/).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Saved search Night shift' }).click();
  await page.getByPlaceholder('Find a saved search').fill('night');
  assert.equal(await page.getByRole('list', { name: 'Saved searches' }).getByRole('listitem').count(), 1);
  assert.deepEqual(await watched.violations(), []);
  await page.getByRole('button', { name: 'Change Night shift' }).click();
  await page.getByLabel('Name').fill('Late shift');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Saved search Late shift' }).waitFor();
  await page.goto(`${product.base}/hosts`);
  await page.getByRole('heading', { name: 'Hosts', level: 1 }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('late');
  await page.getByRole('option', { name: /Late shift/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/logs\?.*saved=/);
  assert.match(page.url(), /from=now-15m&to=now/);
  await menu(page).click();
  await page.getByRole('button', { name: 'Delete Late shift' }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('button', { name: 'Saved searches' }).waitFor();
  assert.deepEqual(
    (await saved()).map(({ search }) => search.name),
    ['Failed jobs'],
  );
  watched.assertClean();
});

test('a link to a line opens it, also where it is not among the lines', { skip: noBrowser }, async () => {
  const { page } = watched;
  await open(page);
  const details = lines(page).getByRole('button', { name: /^Details/ });
  await details.nth(4).click();
  await page.waitForURL(/row=\d+_\d+/);
  const row = new URL(page.url()).searchParams.get('row');
  await page.reload();
  await page.getByRole('button', { name: 'Surrounding lines' }).waitFor();
  assert.equal(await page.getByRole('region', { name: 'Linked line' }).count(), 0);
  await page.goto(`${product.base}/logs?q=job-of-none&row=${row}`);
  const linked = page.getByRole('region', { name: 'Linked line', exact: true });
  await linked.getByText('job 4 ran').waitFor();
  assert.deepEqual(await watched.violations(), []);
  await linked.getByRole('button', { name: 'Close the linked line' }).click();
  await linked.waitFor({ state: 'detached' });
  await page.goto(`${product.base}/logs?row=1000_1`);
  await page.getByText('It is no longer stored').waitFor();
  watched.assertClean();
});
