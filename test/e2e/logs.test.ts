import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { Product } from '../product/product.ts';
import { launchBrowser, noBrowser, WatchedPage } from './browser.ts';
import { signIn } from './session.ts';

const MINUTE = 60_000;
const LINES = 900;
const HOSTILE = '<img src=x onerror=alert(1)>\u001b[31mred\u001b[0m\u202e';

let product: Product;
let browser: Browser;
let watched: WatchedPage;

before(
  async () => {
    product = await Product.start();
    browser = await launchBrowser();
    const now = Date.now();
    const web = Array.from({ length: LINES }, (_, index) => ({
      '@timestamp': new Date(now - MINUTE - index * 500).toISOString(),
      level: index % 3 === 0 ? 'error' : 'info',
      message: `request ${index} took ${index % 100} ms`,
      host: { name: `web-${index % 2}` },
      status: index % 3 === 0 ? 500 : 200,
    }));
    const evil = { '@timestamp': new Date(now - MINUTE / 2).toISOString(), message: HOSTILE, host: { name: 'evil' } };
    const long = { ...evil, message: `longest ${'x'.repeat(1_000_000)}`, host: { name: 'long' } };
    await send([...web, evil, long]);
    await product.until(async () => {
      const [row] = await product.sql<{ n: number | string }>('SELECT count() AS n FROM logs');
      return Number(row?.n) >= LINES + 2;
    });
    watched = await WatchedPage.open(browser);
    await signIn(watched, product.base);
  },
  { timeout: 90_000 },
);
after(async () => {
  await browser?.close();
  await product?.remove();
});

async function send(documents: readonly object[]): Promise<void> {
  const body = documents.map((document) => `{"index":{}}\n${JSON.stringify(document)}\n`).join('');
  const headers = { 'content-type': 'application/x-ndjson' };
  const answer = await product.request('/elasticsearch/test/_bulk', { method: 'POST', body, headers });
  assert.equal(answer.status, 200, await answer.text());
}

const table = (page: Page) => page.getByRole('table', { name: 'Log lines' });
const matches = (page: Page) => page.locator('[data-figure="matches"]');

async function open(page: Page, search = ''): Promise<void> {
  await page.goto(`${product.base}/logs${search}`);
  await page.getByRole('textbox', { name: 'Log query' }).waitFor();
}

test('a typed query is completed from the fields and finds its lines', { skip: noBrowser }, async () => {
  const { page } = watched;
  await open(page);
  await table(page).getByText('request 0 took').waitFor();
  await page.getByRole('textbox', { name: 'Log query' }).click();
  await page.keyboard.type('stat');
  await watched.complete('status');
  await page.keyboard.type('>=500 request');
  await page.keyboard.press('Enter');
  await matches(page)
    .filter({ hasText: /^300 lines match/ })
    .waitFor();
  assert.match(decodeURIComponent(page.url()), /q=status:>=500\+request/);
  assert.equal(await table(page).locator('mark').first().textContent(), 'request');
  watched.assertClean();
});

test('a query that cannot be read says where, and is not asked', { skip: noBrowser }, async () => {
  const { page } = watched;
  await open(page, '?q=request');
  await page.getByRole('textbox', { name: 'Log query' }).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('a "b');
  await page.keyboard.press('Enter');
  await page.getByText('the quote is never closed (at position 3)').waitFor();
  assert.match(page.url(), /q=request$/);
  watched.assertClean();
});

test('clicks on values narrow and exclude, pills take it back', { skip: noBrowser }, async () => {
  const { page } = watched;
  await open(page, '?q=request');
  const fields = page.getByRole('region', { name: 'Fields' });
  await fields.getByRole('button', { name: /^host/ }).click();
  await fields.getByRole('button', { name: 'Only web-1' }).click();
  await matches(page)
    .filter({ hasText: /^450 lines match/ })
    .waitFor();
  await table(page)
    .getByRole('button', { name: /^Details/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Not this level' }).click();
  await page.waitForURL(/NOT\+level/);
  await matches(page)
    .filter({ hasText: /^(150|300) lines match/ })
    .waitFor();
  await page.getByRole('button', { name: /^Remove NOT level/ }).click();
  await matches(page)
    .filter({ hasText: /^450 lines match/ })
    .waitFor();
  await fields.getByRole('button', { name: 'Column status' }).click();
  await table(page).getByRole('columnheader', { name: 'status' }).waitFor();
  watched.assertClean();
});

test('lines come as they are scrolled to, and only the seen ones exist', { skip: noBrowser }, async () => {
  const { page } = watched;
  await open(page, '?q=request');
  await table(page).getByText('request 0 took').waitFor();
  const scroll = `document.querySelector('section[aria-label^="Log lines"]')`;
  await watched.until(`(() => {
    const box = ${scroll};
    if (box === null) return false;
    box.scrollTop = box.scrollHeight;
    return box.textContent.includes('request ${LINES - 1} took');
  })()`);
  assert.ok((await table(page).getByRole('row').count()) < 100);
  watched.assertClean();
});

test('a brushed span is zoomed to, and Back undoes it', { skip: noBrowser }, async () => {
  const { page } = watched;
  await open(page, '?q=request');
  await matches(page)
    .filter({ hasText: /^900 lines match/ })
    .waitFor();
  const plot = page.getByRole('region', { name: /^Lines over time/ });
  const box = await plot.boundingBox();
  assert.ok(box !== null);
  await page.mouse.move(box.x + box.width * 0.4, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.8, box.y + 40, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL(/from=\d{13}&to=\d{13}/);
  await matches(page)
    .filter({ hasText: /^(?!900)\d+ lines match/ })
    .waitFor();
  await page.goBack();
  await matches(page)
    .filter({ hasText: /^900 lines match/ })
    .waitFor();
  watched.assertClean();
});

test('new lines appear by themselves, and wait while somebody reads', { skip: noBrowser }, async () => {
  const { page } = watched;
  await open(page, '?q=fresh+OR+request');
  await table(page).getByText('request 0 took').waitFor();
  await send([{ message: 'fresh one' }]);
  await table(page).getByText('fresh one').waitFor();
  await table(page)
    .getByRole('button', { name: /^Details/ })
    .nth(1)
    .click();
  await send([{ message: 'fresh two' }, { message: 'fresh three' }]);
  await page.getByRole('button', { name: '▲ 2 new' }).click();
  await table(page).getByText('fresh three').waitFor();
  assert.equal(
    await table(page)
      .getByText(/^fresh (one|two|three)$/)
      .count(),
    0 + 3,
  );
  watched.assertClean();
});

test('hostile lines are shown as signs and obeyed by nothing', { skip: noBrowser }, async () => {
  const { page } = watched;
  await open(page, '?q=host:evil');
  await table(page).getByText('<img src=x onerror=alert(1)>␛[31mred␛[0m[U+202E]').waitFor();
  await open(page, '?q=host:long');
  await table(page)
    .getByRole('button', { name: /^Details/ })
    .click();
  await page.getByRole('button', { name: /^Show all: 99\d,\d{3} more characters/ }).waitFor();
  watched.assertClean();
});

test('pipes make tables and charts', { skip: noBrowser }, async () => {
  const { page } = watched;
  await open(page, '?q=request+%7C+stats+count()+by+host');
  await page.getByRole('cell', { name: '450' }).first().waitFor();
  await open(page, '?q=request+%7C+timechart+count()+by+level');
  await page.locator('.u-over').waitFor();
  assert.deepEqual(await watched.violations(), []);
  watched.assertClean();
});

test('what matches can be had as a file', { skip: noBrowser }, async () => {
  const { page } = watched;
  await open(page, '?q=status:500');
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^NDJSON/ }).click(),
  ]);
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n');
  assert.equal(lines.length, 300);
  await page.getByText('300 lines saved').waitFor();
  watched.assertClean();
});

test('a panel of a dashboard shows lines, a click in it leads to the logs page', { skip: noBrowser }, async () => {
  const { page, context } = watched;
  const lines = { id: 'lines', type: 'logs', title: 'Errors', place: { x: 0, y: 0, w: 24, h: 12 } };
  const answer = await context.request.post(`${product.base}/api/dashboards`, {
    data: { title: 'Logs', panels: [{ ...lines, options: { query: 'status:500' } }] },
    headers: { origin: product.base },
  });
  const { id } = (await answer.json()) as { id: string };
  await page.goto(`${product.base}/dashboards/${id}`);
  await table(page).getByText('request 3 took').waitFor();
  assert.deepEqual(await watched.violations(), []);
  await table(page)
    .getByRole('button', { name: /^Details/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Only this host' }).click();
  await page.waitForURL(/\/logs\?.*q=status:500\+host:/);
  watched.assertClean();
});

for (const [theme, width] of [
  ['dark', 1440],
  ['light', 1440],
  ['light', 320],
] as const) {
  test(`axe finds nothing, full and empty, ${theme}, ${width} px`, { skip: noBrowser }, async () => {
    const other = await WatchedPage.open(browser, { theme, width });
    await signIn(other, product.base);
    await open(other.page, '?q=request');
    await table(other.page)
      .getByRole('button', { name: /^Details/ })
      .first()
      .click();
    assert.deepEqual(await other.violations(), []);
    const box = `document.querySelector('section[aria-label^="Log lines"]')`;
    assert.ok(await other.page.evaluate<boolean>(`${box}.scrollWidth <= ${box}.clientWidth`), 'rows are too wide');
    await open(other.page, '?from=now-3h&to=now-2h');
    await other.page.getByText('No log lines in this time').waitFor();
    assert.deepEqual(await other.violations(), []);
    assert.ok((await other.page.evaluate<number>('document.documentElement.scrollWidth')) <= width);
    other.assertClean();
    await other.context.close();
  });
}
