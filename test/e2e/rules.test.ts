import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { Product } from '../product/product.ts';
import { launchBrowser, noBrowser, WatchedPage } from './browser.ts';
import { signIn } from './session.ts';

const PAGES = ['/settings?tab=mapping', '/rules', '/settings?tab=cardinality'];
const LIMIT = { skip: noBrowser, timeout: 120_000 };

let product: Product;
let browser: Browser;
let watched: WatchedPage;

before(
  async () => {
    product = await Product.start();
    await send(['servers.web-1.cpu.user 1', 'servers.web-2.cpu.user 2', 'noise;env=test 3']);
    browser = await launchBrowser();
    watched = await WatchedPage.open(browser);
    await signIn(watched, product.base);
  },
  { timeout: 120_000 },
);
after(async () => {
  await browser?.close();
  await product?.remove();
});

async function send(lines: readonly string[]): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  await product.request('/api/ingest/graphite', {
    method: 'POST',
    body: lines.map((line) => `${line} ${now}\n`).join(''),
  });
}

async function count(query: string): Promise<number> {
  const search = new URLSearchParams({ query });
  const { data } = await product.json<{ data: { result: unknown[] } }>(`/api/v1/query?${search.toString()}`);
  return data.result.length;
}

test('a mapping rule is tried on live paths, saved, and its paths answer by name', LIMIT, async () => {
  const { page } = watched;
  await product.until(async () => (await count('{"servers.web-1.cpu.user"}')) === 1);
  await page.goto(`${product.base}${PAGES[0]}`);
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByText('2 paths', { exact: true }).waitFor();
  await page.getByLabel('Labels').fill('host=$1, from=graphite');
  await page.getByText('cpu_user{host="web-1", from="graphite"}').waitFor();
  await page.getByText(/matching now: 2 of \d+ paths/).waitFor();
  await watched.shoot('mapping-edit');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('2 stored paths changed last time').waitFor();
  assert.equal(await count('cpu_user{from="graphite"}'), 2);
  await watched.shoot('mapping');
  watched.assertClean();
});

test('aggregation rules are written as carbon has them; a line that is none is told', LIMIT, async () => {
  const { page } = watched;
  await page.goto(`${product.base}${PAGES[0]}`);
  const text = page.getByLabel(/aggregation-rules.conf/);
  await text.fill('all.<what> (1) = sum apps.*.<what>\nnonsense');
  await page.getByText('Line 2: a rule is').waitFor();
  await text.fill('all.<what> (1) = sum apps.*.<what>');
  await page.getByRole('button', { name: 'Save aggregation rules' }).click();
  await page.getByRole('button', { name: 'Save aggregation rules' }).waitFor({ state: 'detached' });
  await send(['apps.a.web 2', 'apps.b.web 3']);
  await product.until(async () => (await count('{"all.web"} == 5')) === 1);
  watched.assertClean();
});

test(
  'rewrite rules and lines of a blacklist are written as carbon has them, each saved for itself',
  LIMIT,
  async () => {
    const { page } = watched;
    await page.goto(`${product.base}${PAGES[0]}`);
    const rewrites = page.getByLabel(/rewrite-rules.conf/);
    await rewrites.fill('^a = b');
    await page.getByText('Line 1: a rule stands below [pre] or [post]').waitFor();
    await rewrites.fill('[pre]\n^written\\. = stored.');
    const blacklist = page.getByLabel(/blacklist.conf/);
    await blacklist.fill('^secret\\.\n(');
    await page.getByText(/^Line 2: /).waitFor();
    await blacklist.fill('^secret\\.');
    await page.getByRole('button', { name: 'Add 1 drop rule', exact: true }).click();
    await page.getByRole('list', { name: 'Drop rules' }).getByText('{__name__=~"secret\\\\..*"}').waitFor();
    await page.getByRole('button', { name: 'Save rewrite rules' }).click();
    await page.getByRole('button', { name: 'Save rewrite rules' }).waitFor({ state: 'detached' });
    await watched.shoot('intake-rules');
    await send(['written.x 7', 'secret.x 8']);
    await product.until(async () => (await count('{"stored.x"} == 7')) === 1);
    assert.equal(await count('{"secret.x"}'), 0);
    await page.getByRole('button', { name: /^Remove .*secret/ }).click();
    await page.getByRole('list', { name: 'Drop rules' }).waitFor({ state: 'detached' });
    watched.assertClean();
  },
);

test('a recording rule is made with a preview, evaluated, and exported', LIMIT, async () => {
  const { page } = watched;
  await page.goto(`${product.base}${PAGES[1]}`);
  await page.getByRole('button', { name: 'New rule' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Record as').fill('all:cpu:sum');
  await dialog.getByLabel('Expression (PromQL)').fill('sum(system_cpu_load_average_1m)');
  await dialog.getByLabel('Every').fill('1s');
  await dialog.locator('canvas').first().waitFor();
  await watched.shoot('rule-dialog');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const row = page.getByRole('table', { name: 'Recording rules' }).getByRole('row').filter({ hasText: 'all:cpu:sum' });
  await row.filter({ hasText: 'Up' }).waitFor();
  await product.until(async () => (await count('all:cpu:sum')) === 1);
  await watched.shoot('rules');
  const yaml = await (await product.request('/api/recording/yaml')).text();
  assert.match(yaml, /record: all:cpu:sum/);
  const rules = await product.json<{ data: { groups: { rules: { health: string }[] }[] } }>('/api/v1/rules');
  assert.equal(rules.data.groups[0]?.rules[0]?.health, 'ok');
  watched.assertClean();
});

test('a rule in Graphite records under the names that its query gives', LIMIT, async () => {
  const { page } = watched;
  await page.goto(`${product.base}${PAGES[1]}`);
  await page.getByRole('button', { name: 'New rule' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Language').selectOption('graphite');
  await dialog.getByLabel('Record as').fill('doubled.$name');
  await dialog.getByLabel('Expression (Graphite)').fill('aliasByNode(scale(rule.*.sent, 2), 1)');
  await dialog.getByLabel('Every').fill('1s');
  await watched.shoot('rule-dialog-graphite');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await send(['rule.a.sent 4', 'rule.b.sent 5']);
  await product.until(async () => (await count('{"doubled.a"} == 8')) === 1);
  await product.until(async () => (await count('{"doubled.b"} == 10')) === 1);
  watched.assertClean();
});

test('a rule file is imported; what is not taken is told', LIMIT, async () => {
  const { page } = watched;
  await page.goto(`${product.base}${PAGES[1]}`);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const yaml = 'groups:\n- name: file\n  rules:\n  - {record: "a:b", expr: up}\n  - {alert: Down, expr: "up == 0"}\n';
  await dialog.getByLabel('Rule file of Prometheus (YAML)').fill(yaml);
  await dialog.getByRole('button', { name: 'Read' }).click();
  await dialog.getByText(/alerting rules are not taken/).waitFor();
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('button', { name: 'a:b' }).waitFor();
  watched.assertClean();
});

test('series are dropped from the page of cardinality with a preview, and kept again by Undo', LIMIT, async () => {
  const { page } = watched;
  await page.goto(`${product.base}${PAGES[2]}`);
  const sources = page.getByRole('table', { name: 'Series by source' });
  await sources
    .getByRole('row')
    .filter({ hasText: /collector\/host.*this server/ })
    .waitFor();
  await sources
    .getByRole('row')
    .filter({ hasText: /^http.*127\.0\.0\.1/ })
    .waitFor();
  await page.getByRole('img', { name: /^New series by day: 0, .*[1-9]\d*$/ }).waitFor();
  await page.getByLabel('Search names and labels').fill('noise');
  const table = page.getByRole('table', { name: 'Series by name' });
  await table.getByRole('button', { name: 'Drop noise' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('noise{env="test"}').waitFor();
  await watched.shoot('drop-dialog');
  await dialog.getByRole('button', { name: 'Drop them' }).click();
  await page.getByText('Dropped from now on').waitFor();
  const rejected = async (): Promise<number> =>
    (await product.self()).accounts.reduce((sum, account) => sum + (account.rejected['dropped_by_rule'] ?? 0), 0);
  const known = await rejected();
  await send(['noise;env=test 4']);
  assert.equal(await rejected(), known + 1);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await page.getByText('Dropped from now on').waitFor({ state: 'detached' });
  await send(['noise;env=test 5']);
  assert.equal(await rejected(), known + 1);
  watched.assertClean();
});

for (const theme of ['dark', 'light'] as const) {
  test(`axe finds nothing, and nothing scrolls sideways when narrow, ${theme}`, LIMIT, async () => {
    const narrow = await WatchedPage.open(browser, { theme, width: 320, height: 700 });
    const wide = await WatchedPage.open(browser, { theme });
    for (const view of [wide, narrow]) await signIn(view, product.base);
    for (const path of PAGES) {
      for (const view of [wide, narrow]) {
        await view.page.goto(product.base + path);
        await view.page.getByRole('table').first().waitFor();
      }
      assert.deepEqual(await wide.violations(), [], path);
      const width = await narrow.page.evaluate<number>('document.documentElement.scrollWidth');
      const name = path.replace(/\W+/g, '-');
      await wide.shoot(`wide-${theme}${name}`);
      await narrow.shoot(`narrow-${theme}${name}`);
      assert.ok(width <= 320, `${path} is ${width} px wide`);
    }
    wide.assertClean();
    narrow.assertClean();
  });
}
