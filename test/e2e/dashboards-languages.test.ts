import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { Dashboard, type StoredDashboard } from '#core/api/dashboard.ts';
import { Product } from '../product/product.ts';
import { launchBrowser, noBrowser, WatchedPage } from './browser.ts';
import { GraphiteSender } from './graphite-sender.ts';
import { panelOf, signIn } from './session.ts';

const TYPES = [
  ...['bargauge', 'piechart', 'barchart', 'heatmap', 'histogram', 'state-timeline', 'status-history'],
  ...['logs', 'alertlist', 'dashlist', 'gauge', 'stat'],
];

const SQL =
  'SELECT toStartOfInterval(t, INTERVAL $__interval SECOND) AS time, count() AS samples FROM samples WHERE $__timeFilter(t) GROUP BY time ORDER BY time';

const DASHBOARD = Dashboard.parse({
  title: 'Every language',
  from: 'now-5m',
  variables: [
    { name: 'server', kind: 'query', language: 'graphite', text: 'servers.*', multi: true, includeAll: true },
    {
      name: 'mode',
      kind: 'query',
      text: 'label_values(system_cpu_time_seconds_total, cpu_mode)',
      regex: '/^(user|idle)$/',
    },
  ],
  panels: [
    {
      id: 'promql',
      type: 'timeseries',
      title: 'CPU $mode',
      place: { x: 0, y: 0, w: 8, h: 8 },
      queries: [
        { language: 'promql', text: 'sum(rate(system_cpu_time_seconds_total{cpu_mode="$mode"}[$__rate_interval]))' },
      ],
      compareWith: '1d',
    },
    {
      id: 'graphite',
      type: 'table',
      title: 'Load',
      place: { x: 8, y: 0, w: 8, h: 8 },
      queries: [{ language: 'graphite', text: 'aliasByNode(servers.$server.load, 1)' }],
    },
    {
      id: 'sql',
      type: 'timeseries',
      title: 'Samples',
      place: { x: 16, y: 0, w: 8, h: 8 },
      queries: [{ language: 'sql', text: SQL }],
    },
    { id: 'row', type: 'row', title: 'Each server', place: { x: 0, y: 8, w: 24, h: 1 } },
    ...TYPES.map((type, index) => ({
      id: type,
      type,
      title: `A ${type}`,
      place: { x: (index % 4) * 6, y: 20 + Math.floor(index / 4) * 6, w: 6, h: 6 },
      queries: [{ language: 'promql', text: 'sum by (cpu_mode) (rate(system_cpu_time_seconds_total[1m]))' }],
    })),
    {
      id: 'each',
      type: 'stat',
      title: 'Load of $server',
      place: { x: 0, y: 9, w: 24, h: 4 },
      queries: [{ language: 'graphite', text: 'servers.$server.load' }],
      repeat: { variable: 'server' },
    },
  ],
});

let product: Product;
let browser: Browser;
let watched: WatchedPage;
let sender: GraphiteSender;
let id: string;

before(
  async () => {
    product = await Product.start();
    sender = await GraphiteSender.open(product);
    sender.keepSending((round) => [`servers.web1.load ${round % 7}`, `servers.web2.load ${(round + 3) % 7}`]);
    browser = await launchBrowser();
    watched = await WatchedPage.open(browser);
    await signIn(watched, product.base);
    const answer = await watched.context.request.post(`${product.base}/api/dashboards`, {
      data: DASHBOARD,
      headers: { origin: product.base },
    });
    id = ((await answer.json()) as StoredDashboard).id;
  },
  { timeout: 90_000 },
);
after(async () => {
  sender?.close();
  await browser?.close();
  await product?.remove();
});

test('panels of every language are drawn and tell their age', { skip: noBrowser }, async () => {
  const { page } = watched;
  await page.goto(`${product.base}/dashboards/${id}`);
  for (const title of ['CPU idle', 'Samples']) {
    await panelOf(page, title).getByText(/^age/).first().waitFor();
    await watched.until(`document.querySelectorAll('.u-over').length >= 2`);
  }
  for (const name of ['web1', 'web2']) await panelOf(page, 'Load').getByText(name).waitFor();
  assert.deepEqual(await watched.violations(), []);
  watched.assertClean();
});

test('a panel is repeated for each chosen value of a variable', { skip: noBrowser }, async () => {
  const { page } = watched;
  for (const name of ['web1', 'web2']) await panelOf(page, `Load of ${name}`).getByText(/^\d/).first().waitFor();
  await watched.shoot('dashboard-languages');
  await page.getByRole('button', { name: 'server: All' }).click();
  await page.getByRole('checkbox', { name: 'web2' }).check();
  await panelOf(page, 'Load of web1').waitFor({ state: 'detached' });
  await panelOf(page, 'Load').getByText('web1').waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  assert.match(page.url(), /var-server=web2/);
  await page.getByLabel('mode').selectOption('user');
  await panelOf(page, 'CPU user').waitFor();
  watched.assertClean();
});

test('every type of panel draws what PromQL gives', { skip: noBrowser }, async () => {
  const { page } = watched;
  for (const type of TYPES) await panelOf(page, `A ${type}`).scrollIntoViewIfNeeded();
  await panelOf(page, 'A bargauge').getByRole('listitem').first().filter({ hasText: /\d/ }).waitFor();
  await panelOf(page, 'A piechart').getByText(/%/).first().waitFor();
  for (const type of ['heatmap', 'histogram', 'state-timeline', 'status-history']) {
    await panelOf(page, `A ${type}`)
      .getByRole('img', { name: new RegExp(`^A ${type}: .*\\d`) })
      .waitFor();
  }
  await panelOf(page, 'A dashlist').getByRole('link', { name: 'Every language' }).waitFor();
  await watched.shoot('panel-types');
  assert.deepEqual(await watched.violations(), []);
  watched.assertClean();
});

test('a section is closed and opened', { skip: noBrowser }, async () => {
  const { page } = watched;
  const heading = page.getByRole('button', { name: 'Each server' });
  await heading.click();
  await panelOf(page, 'Load of web2').waitFor({ state: 'detached' });
  await heading.click();
  await panelOf(page, 'Load of web2').waitFor();
  watched.assertClean();
});

test('a query of a panel is rewritten in another language', { skip: noBrowser }, async () => {
  const { page } = watched;
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('button', { name: 'Edit Load', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'PromQL' }).click();
  await dialog.getByRole('textbox', { name: 'Query A' }).waitFor();
  assert.deepEqual(await watched.violations(), []);
  await dialog.getByRole('textbox', { name: 'Query A' }).fill('count by (cpu_mode) (system_cpu_time_seconds_total)');
  await dialog.getByText('iowait').first().waitFor();
  await watched.shoot('panel-editor');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await panelOf(page, 'Load').getByText('iowait').first().waitFor();
  await product.until(async () => {
    const stored = (await product.json<readonly StoredDashboard[]>('/api/dashboards')).find((each) => each.id === id);
    return stored?.dashboard.panels.find((panel) => panel.id === 'graphite')?.queries[0]?.language === 'promql';
  });
  watched.assertClean();
});
