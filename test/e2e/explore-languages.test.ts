import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { Product } from '../product/product.ts';
import { launchBrowser, noBrowser, WatchedPage } from './browser.ts';
import { GraphiteSender } from './graphite-sender.ts';
import { panelOf, signIn } from './session.ts';

let product: Product;
let browser: Browser;
let watched: WatchedPage;
let sender: GraphiteSender;

before(
  async () => {
    product = await Product.start();
    sender = await GraphiteSender.open(product);
    sender.keepSending((round) => [`servers.web1.load ${round % 7}`, `servers.web2.load ${(round + 3) % 7}`]);
    browser = await launchBrowser();
    watched = await WatchedPage.open(browser);
    await signIn(watched, product.base);
  },
  { timeout: 90_000 },
);
after(async () => {
  sender?.close();
  await browser?.close();
  await product?.remove();
});

const editor = (letter = 'A') => watched.page.getByRole('textbox', { name: `Query ${letter}` });
const languages = (letter = 'A') => watched.page.getByRole('group', { name: `Language of query ${letter}` });
const rows = () => panelOf(watched.page, 'Results').getByRole('table').getByRole('row');

async function choose(language: string, letter = 'A'): Promise<void> {
  await languages(letter).getByRole('button', { name: language }).click();
  await editor(letter).waitFor();
}

test('a metric query is asked in PromQL, with what it cost', { skip: noBrowser }, async () => {
  const { page } = watched;
  await page.goto(`${product.base}/explore`);
  await editor().waitFor();
  await choose('PromQL');
  await page.waitForURL(/q=promql:sum\+by/);
  await rows().nth(1).filter({ hasText: /\d/ }).waitFor();
  await panelOf(page, 'Results')
    .getByText(/series matched, [\d,]+ samples read in \d+ ms \(.* select, .* evaluate\)/)
    .waitFor();
  assert.deepEqual(await watched.violations(), []);
  await watched.shoot('explore-promql');
  watched.assertClean();
});

test('PromQL is completed, helped with and drawn', { skip: noBrowser }, async () => {
  const { page } = watched;
  await editor().click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('max(system_memory_utili');
  await watched.complete('system_memory_utilization_ratio');
  await page.getByText('The greatest value of each group.').waitFor();
  await page.keyboard.type(')');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=promql:max\(system_memory_utilization_ratio\)/);
  await rows().nth(1).filter({ hasText: /0\.\d/ }).waitFor();
  watched.assertClean();
});

test('what is wrong is underlined and said', { skip: noBrowser }, async () => {
  const { page } = watched;
  await editor().click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('sum(up) by )');
  await page.locator('.cm-problem').waitFor();
  await page.locator('output', { hasText: 'parse error' }).waitFor();
  await watched.shoot('explore-promql-error');
  assert.match(page.url(), /memory_utilization/);
  watched.assertClean();
});

test('queries of several languages are lines of one chart', { skip: noBrowser }, async () => {
  const { page } = watched;
  const search = new URLSearchParams({
    q: 'promql:max(system_cpu_load_average_1m)',
    q2: 'graphite:aliasByNode(servers.*.load, 1)',
    q3: 'sql:SELECT toStartOfInterval(t, INTERVAL $__interval SECOND) AS time, count() AS samples FROM samples WHERE $__timeFilter(t) GROUP BY time ORDER BY time',
    q4: 'system_cpu_load_average_5m',
  });
  await page.goto(`${product.base}/explore?${String(search)}`);
  for (const name of ['web1', 'web2', 'samples']) await rows().filter({ hasText: name }).first().waitFor();
  assert.equal(await rows().count(), 6);
  await watched.shoot('explore-mixed');
  await page.getByRole('button', { name: 'Hide query B' }).click();
  await rows().filter({ hasText: 'web1' }).first().waitFor({ state: 'detached' });
  assert.match(page.url(), /hide=1/);
  assert.deepEqual(await watched.violations(), []);
  watched.assertClean();
});

test('a path goes from language to language, functions of Graphite are completed', { skip: noBrowser }, async () => {
  const { page } = watched;
  await page.goto(`${product.base}/explore?q=servers.web1.load`);
  await choose('Graphite');
  await page.waitForURL(/q=graphite:servers\.web1\.load/);
  await choose('PromQL');
  await page.waitForURL((url) => url.searchParams.get('q') === 'promql:{"servers.web1.load"}');
  await rows().nth(1).filter({ hasText: /\d/ }).waitFor();
  await choose('Graphite');
  await editor().click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('aliasByN');
  await watched.complete('aliasByNode');
  await page.keyboard.type('servers.');
  await page.getByRole('option').filter({ hasText: 'servers.web2' }).first().waitFor();
  watched.assertClean();
});

test('SQL without a time is a table; what was run is found again', { skip: noBrowser }, async () => {
  const { page } = watched;
  await page.goto(
    `${product.base}/explore?q=sql:SELECT+metric,+count()+AS+n+FROM+series+GROUP+BY+metric+ORDER+BY+n+DESC`,
  );
  await rows().nth(1).filter({ hasText: /\d/ }).waitFor();
  await panelOf(page, 'Results').getByRole('columnheader', { name: 'metric' }).waitFor();
  await watched.shoot('explore-sql');
  await editor().click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('SELECT 41 + 1 AS answer');
  await page.keyboard.press('Control+Enter');
  await rows().filter({ hasText: '42' }).waitFor();
  await page.getByRole('button', { name: 'History of query A' }).click();
  await page.getByRole('searchbox', { name: 'Find in the history' }).fill('answer');
  await page.getByRole('dialog').getByRole('button', { name: 'SELECT 41 + 1 AS answer' }).click();
  watched.assertClean();
});

test('SQL is completed by what is read, helped with, and marked where it is wrong', { skip: noBrowser }, async () => {
  const { page } = watched;
  await editor().click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('SELECT s. FROM series AS s');
  for (let i = 0; i < ' FROM series AS s'.length; i++) await page.keyboard.press('ArrowLeft');
  await page.keyboard.type('first');
  await watched.complete('first_seen');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('SELECT toStartOfInterv');
  await watched.complete('toStartOfInterval');
  await page.getByText(/This function generalizes other/).waitFor();
  await page.locator('strong', { hasText: 'value' }).waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('SELECT avg(vv) FROM samples');
  await page.locator('output', { hasText: 'identifier `vv`' }).waitFor();
  assert.equal(await page.locator('.cm-problem').innerText(), 'vv');
  await watched.shoot('explore-sql-error');
  assert.deepEqual(await watched.violations(), []);
  watched.assertClean();
});

test('the chart is compared with an earlier time', { skip: noBrowser }, async () => {
  const { page } = watched;
  await page.goto(`${product.base}/explore?q=system_cpu_load_average_1m&from=now-1m&to=now&compare=10s`);
  const lines = panelOf(page, 'system_cpu_load_average_1m').getByRole('table').getByRole('row');
  await lines
    .filter({ hasText: '(10s before)' })
    .filter({ hasText: /\d\.\d/ })
    .first()
    .waitFor();
  assert.equal(await page.getByLabel('Compare with').inputValue(), '10s');
  watched.assertClean();
});
