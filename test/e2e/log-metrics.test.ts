import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { StoredLogMetrics } from '#core/log-metrics/log-metrics-api.ts';
import { openSignedIn, useBench } from './bench.ts';
import { noBrowser, WatchedPage } from './browser.ts';
import { signIn } from './session.ts';

const LIMIT = { skip: noBrowser, timeout: 180_000 };
const LINES = 300;
const TAB = '/settings?tab=log-metrics';

const bench = useBench();

test('lines of a shop are stored', LIMIT, async () => {
  const { product } = bench;
  const now = Date.now();
  const documents = Array.from({ length: LINES }, (_, i) => ({
    '@timestamp': new Date(now - 60_000 - i * 2_000).toISOString(),
    message: `request ${i}`,
    level: i % 3 === 0 ? 'error' : 'info',
    took: `${i % 50}ms`,
    ...{ host: { name: `web-${i % 2}` }, service: { name: 'shop' } },
  }));
  await bulk(documents);
  await product.until(async () => (await countOf('shop')) === LINES);
});

async function bulk(documents: readonly object[]): Promise<void> {
  const answer = await bench.product.request('/elasticsearch/shop/_bulk', {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: documents.map((document) => `{"index":{}}\n${JSON.stringify(document)}\n`).join(''),
  });
  assert.match(await answer.text(), /"errors":false/);
}

async function countOf(service: string): Promise<number> {
  const [row] = await bench.product.sql<{ n: number | string }>(
    `SELECT count() AS n FROM logs WHERE service = '${service}'`,
  );
  return Number(row?.n);
}

const preview = (page: Page) => page.getByRole('region', { name: 'Preview', exact: true });
const rules = (page: Page) => page.getByRole('table', { name: 'Metrics from logs' });
const stored = (): Promise<StoredLogMetrics> => bench.product.json('/api/log-metrics');

async function values(query: string): Promise<number> {
  const search = new URLSearchParams({ query: `sum(sum_over_time((${query})[2h:1m]))` });
  const { data } = await bench.product.json<{ data: { result: { value: [number, string] }[] } }>(
    `/api/v1/query?${search.toString()}`,
  );
  return Number(data.result[0]?.value[1] ?? Number.NaN);
}

test('a metric is made of a search, with a preview, back-filled, and drawn', LIMIT, async () => {
  const { watched, product } = bench;
  const { page } = watched;
  await page.goto(`${product.base}/logs?q=service%3Ashop+level%3Aerror`);
  await page.getByRole('link', { name: 'Metric', exact: true }).click();
  await page.getByLabel('Metric', { exact: true }).fill('shop_errors');
  await preview(page)
    .getByText(/^100 lines make 1 series/)
    .waitFor();
  await page.getByRole('button', { name: 'Add label' }).click();
  await page.getByLabel('Label 1: field').fill('host');
  await preview(page)
    .getByText(/^100 lines make 2 series of 2 label sets/)
    .waitFor();
  await preview(page).locator('canvas').first().waitFor();
  await watched.shoot('log-metric-editor');
  await page.getByRole('button', { name: 'Save' }).click();
  await rules(page).getByRole('button', { name: 'shop_errors', exact: true }).waitFor();
  assert.equal((await stored()).rules[0]?.labels[0]?.name, 'host');

  await page.getByRole('button', { name: 'Back-fill shop_errors' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Back-fill' }).click();
  await page.getByRole('listitem').filter({ hasText: 'shop_errors' }).getByText('Done 100 %').waitFor();
  await product.until(async () => (await values('shop_errors')) === 100);
  await watched.shoot('log-metrics');

  await page.getByRole('link', { name: 'Chart of shop_errors' }).click();
  await page.getByText('web-0').first().waitFor();
  await page.locator('canvas').first().waitFor();
  watched.assertClean();
});

test(
  'what is wrong is told beside the rule; percentiles are of a field; the rule is changed and removed',
  LIMIT,
  async () => {
    const { watched, product } = bench;
    const { page } = watched;
    await page.goto(`${product.base}${TAB}&edit=new&q=service%3Ashop`);
    await page.getByLabel('Metric', { exact: true }).fill('shop_took');
    await page.getByLabel('count', { exact: true }).uncheck();
    await page.getByLabel('Percentiles').fill('p50 p90');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('p50 needs a field').waitFor();
    await page.getByLabel('Of the field').fill('took');
    await page.getByLabel('Unit').selectOption('seconds');
    await preview(page)
      .getByText(/^300 lines make 2 series/)
      .waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await rules(page).getByRole('button', { name: 'shop_took', exact: true }).click();
    await page.getByRole('button', { name: 'Remove' }).click();
    await rules(page).getByRole('button', { name: 'shop_took', exact: true }).waitFor({ state: 'detached' });
    watched.assertClean();
  },
);

test('built-in rules are there, can be copied and switched off', LIMIT, async () => {
  const { watched, product } = bench;
  const { page } = watched;
  await page.goto(`${product.base}${TAB}`);
  await page.getByRole('button', { name: 'Switch off web_access_requests' }).click();
  await page.getByRole('button', { name: 'Switch on web_access_requests' }).waitFor();
  assert.deepEqual((await stored()).builtInOff, ['web_access_requests']);
  await page.getByRole('button', { name: 'Copy web_access_response_bytes' }).click();
  const name = page.getByLabel('Metric', { exact: true });
  await name.waitFor();
  assert.equal(await name.inputValue(), 'web_access_response_bytes_copy');
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await rules(page).waitFor();
  watched.assertClean();
});

test(
  'requests of web servers have a dashboard: series of the built-in rules, and paths from the lines',
  LIMIT,
  async () => {
    const { watched, product } = bench;
    const { page } = watched;
    const from = Date.now() - 600_000;
    const lines = Array.from({ length: 60 }, (_, i) => ({
      '@timestamp': new Date(from + i * 5_000).toISOString(),
      message: `GET /page-${i % 3}`,
      'url.path': `/page-${i % 3}`,
      ...{ 'http.request.method': 'GET', 'http.response.status_code': i % 6 === 0 ? 500 : 200 },
      ...{ host: { name: 'web-1' }, service: { name: 'site' } },
    }));
    await bulk(lines);
    const body = JSON.stringify({ metric: 'web_access_requests', from, to: Date.now() });
    const headers = { 'content-type': 'application/json' };
    await product.until(async () => (await countOf('site')) === lines.length);
    await product.json('/api/log-metrics/back-fills', { method: 'POST', headers, body });
    await product.until(async () => (await values('web_access_requests{service="site"}')) > 0);
    await page.goto(`${product.base}/dashboards/builtin-web-access`);
    await page.getByText('5xx').first().waitFor();
    await page.getByText('/page-1').first().waitFor();
    await watched.shoot('web-access');
    assert.deepEqual(await watched.violations(), []);
    watched.assertClean();
  },
);

for (const theme of ['dark', 'light'] as const) {
  test(`axe finds nothing, and nothing scrolls sideways when narrow, ${theme}`, LIMIT, async () => {
    const { browser, product } = bench;
    const wide = await openSignedIn(browser, product);
    const narrow = await WatchedPage.open(browser, { theme, width: 390, height: 844 });
    await wide.page.emulateMedia({ colorScheme: theme });
    await signIn(narrow, product.base);
    for (const path of [TAB, `${TAB}&edit=new&q=service%3Ashop`]) {
      for (const view of [wide, narrow]) {
        await view.page.goto(product.base + path);
        const isEditor = path.includes('edit');
        await (isEditor ? preview(view.page).getByText(/lines make 1 series/) : rules(view.page)).waitFor();
      }
      const name = `${theme}${path.includes('edit') ? '-edit' : ''}`;
      assert.deepEqual(await wide.violations(), [], path);
      await wide.shoot(`log-metrics-wide-${name}`);
      await narrow.shoot(`log-metrics-narrow-${name}`);
      const width = await narrow.page.evaluate<number>('document.documentElement.scrollWidth');
      assert.ok(width <= 390, `${path} is ${width} px wide`);
    }
    wide.assertClean();
    narrow.assertClean();
  });
}
