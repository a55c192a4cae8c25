import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { StoredDashboard } from '#core/api/dashboard.ts';
import { openSignedIn, useBench } from './bench.ts';
import { noBrowser } from './browser.ts';
import { figureOf, panelOf } from './session.ts';

const TYPES = ['timeseries', 'stat', 'gauge', 'table', 'text'];

const bench = useBench();

test('the built-in host dashboard shows this host', { skip: noBrowser }, async () => {
  const { page } = bench.watched;
  await page.goto(`${bench.product.base}/dashboards`);
  await page.getByRole('link', { name: 'Host', exact: true }).click();
  assert.match(await figureOf(page, 'CPU time by mode, in cores'), /\d/);
  await panelOf(page, 'Uptime').getByText(/^\d/).first().waitFor();
  await page.getByRole('navigation', { name: 'Where you are' }).getByText('Host', { exact: true }).waitFor();
  await page.getByLabel('Host', { exact: true }).waitFor();
  bench.watched.assertClean();
});

test('a dashboard of what is not collected yet says what it waits for', { skip: noBrowser }, async () => {
  const { page } = bench.watched;
  await page.goto(`${bench.product.base}/dashboards/builtin-memcached`);
  await page.getByText('Nothing to choose for “Instance” yet').waitFor();
  assert.deepEqual(await bench.watched.violations(), []);
  bench.watched.assertClean();
});

test('a dashboard of every type of panel is made, arranged by keyboard and saved', { skip: noBrowser }, async () => {
  const { page } = bench.watched;
  await page.goto(`${bench.product.base}/dashboards`);
  await page.getByRole('button', { name: 'New dashboard' }).first().click();
  await page.getByLabel('Title of the dashboard').fill('Made by hand');
  for (const type of TYPES) await addPanel(page, type);
  const moved = page.getByRole('group', { name: /^A stat: m moves/ });
  const from = await moved.boundingBox();
  await moved.focus();
  await page.keyboard.press('r');
  for (const width of [11, 10]) await pressUntil('ArrowLeft', 'width', ((from?.width ?? 0) * width) / 12);
  await page.keyboard.press('Escape');
  await page.keyboard.press('m');
  for (const column of [1, 2]) await pressUntil('ArrowRight', 'x', (from?.x ?? 0) + ((from?.width ?? 0) * column) / 12);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
  await page.reload();
  for (const type of TYPES) await panelOf(page, `A ${type}`).waitFor();
  await panelOf(page, 'A stat').getByText(/\d/).first().waitFor();
  assert.deepEqual(
    (await stored('Made by hand'))?.dashboard.panels.map(({ type }) => type),
    TYPES,
  );
  const stat = (await stored('Made by hand'))?.dashboard.panels[1];
  assert.deepEqual([stat?.place.w, stat?.place.x], [10, 2]);
  await bench.watched.shoot('dashboard');
  bench.watched.assertClean();
});

test('a variable narrows the panels and is part of the link', { skip: noBrowser }, async () => {
  const { page } = bench.watched;
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Add variable' }).click();
  await page.getByRole('dialog').getByLabel('Kind').selectOption('custom');
  await page.getByRole('dialog').getByLabel('Name').fill('span');
  await page.getByRole('dialog').getByLabel('Values').fill('1m, 5m, 15m');
  await page.getByRole('dialog').getByLabel('Default').fill('1m');
  await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('button', { name: 'Edit A stat' }).click();
  await page.getByRole('dialog').getByLabel('Title').fill('Load $span');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Query A' }).fill('system_cpu_load_average_$span{}');
  await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
  await panelOf(page, 'Load 1m').getByText(/\d/).first().waitFor();
  await page.getByLabel('span').selectOption('15m');
  await panelOf(page, 'Load 15m').waitFor();
  await page.reload();
  await panelOf(page, 'Load 15m').getByText(/\d/).first().waitFor();
  bench.watched.assertClean();
});

test('a copy is made, and JSON brings back what was deleted', { skip: noBrowser }, async () => {
  const { page } = bench.watched;
  const original = await stored('Made by hand');
  await page.getByRole('button', { name: 'JSON' }).click();
  const json = await page.getByRole('dialog').getByLabel('JSON', { exact: true }).inputValue();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Delete dashboard' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Delete/ })
    .click();
  await page.getByRole('button', { name: 'Import' }).click();
  await page.getByLabel('or paste it').fill(json);
  await page.getByRole('dialog').getByRole('button', { name: 'Import' }).click();
  await panelOf(page, 'A gauge').waitFor();
  assert.deepEqual((await stored('Made by hand'))?.dashboard, original?.dashboard);
  await page.getByRole('button', { name: 'Duplicate' }).click();
  await page.getByRole('button', { name: 'Close' }).click();
  await panelOf(page, 'A gauge').waitFor();
  assert.equal((await all()).filter(({ dashboard }) => dashboard.title.includes('Made by hand')).length, 2);
  bench.watched.assertClean();
});

test('of two who edit at once the second is told and loses nothing', { skip: noBrowser }, async () => {
  const id = (await stored('Made by hand'))?.id ?? '';
  const path = `/api/dashboards/${id}`;
  const second = await openSignedIn(bench.browser, bench.product, [`409 ${path}`]);
  const first = bench.watched;
  for (const { page } of [first, second]) {
    await page.goto(`${bench.product.base}/dashboards/${id}?edit=1`);
    await page.getByLabel('Title of the dashboard').waitFor();
  }
  await first.page.getByLabel('Title of the dashboard').fill('First saved');
  await first.page.getByRole('button', { name: 'Save' }).click();
  await first.page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
  await second.page.getByLabel('Title of the dashboard').fill('Second saved');
  await second.page.getByRole('button', { name: 'Save' }).click();
  await second.page.getByRole('alert').filter({ hasText: 'admin saved this dashboard' }).waitFor();
  await second.page.getByRole('button', { name: 'Save mine as a copy' }).click();
  await second.page.getByRole('heading', { name: /Second saved/ }).waitFor();
  assert.equal((await stored('First saved'))?.id, id);
  first.assertClean();
  second.assertClean();
  await second.context.close();
});

test('a dashboard opens in its own time, unless the link names another', { skip: noBrowser }, async () => {
  const { page } = bench.watched;
  const id = await created({ title: 'Six hours', from: 'now-6h' });
  const shown = page.getByRole('heading', { name: 'Six hours' });
  await page.goto(`${bench.product.base}/dashboards/${id}`);
  await page.waitForURL((url) => url.searchParams.get('from') === 'now-6h');
  await shown.waitFor();
  await page.goto(`${bench.product.base}/dashboards/${id}?from=now-30m`);
  await shown.waitFor();
  assert.equal(new URL(page.url()).searchParams.get('from'), 'now-30m');
  await page.goto(`${bench.product.base}/dashboards`);
  await page.getByRole('link', { name: 'Six hours', exact: true }).click();
  await page.waitForURL((url) => url.searchParams.get('from') === 'now-6h');
  await shown.waitFor();
  await bench.watched.shoot('dashboard-own-time');
  await page.goBack();
  await page.getByRole('link', { name: 'Six hours', exact: true }).waitFor();
  assert.deepEqual(await bench.watched.violations(), []);
  bench.watched.assertClean();
});

test('links of a dashboard lead on with its variables and its time', { skip: noBrowser }, async () => {
  const { page } = bench.watched;
  const id = await created({
    title: 'With links',
    variables: [{ name: 'host', kind: 'custom', values: ['a b', 'c'], value: 'a b' }],
    links: [
      { title: 'Runbook of $host', url: 'https://wiki.example/${host}', newTab: true },
      { title: 'Logs', url: '/logs?q=${host}&${__url_time_range}' },
      { title: 'A script', url: 'javascript:alert(1)' },
    ],
  });
  await page.goto(`${bench.product.base}/dashboards/${id}?from=1700000000000&to=1700000060000`);
  const links = page.getByRole('navigation', { name: 'Links of the dashboard' }).getByRole('link');
  await links.filter({ hasText: 'Runbook of a b' }).waitFor();
  const addresses = await links.evaluateAll((found) => found.map((link) => link.getAttribute('href')));
  const range = 'from=1700000000000&to=1700000060000';
  assert.deepEqual(addresses, ['https://wiki.example/a%20b', `/logs?q=a%20b&${range}`]);
  await bench.watched.shoot('dashboard-links');
  await page.setViewportSize({ width: 390, height: 844 });
  await bench.watched.shoot('dashboard-links-narrow');
  assert.deepEqual(await bench.watched.violations(), []);
  bench.watched.assertClean();
});

/** Makes a dashboard; resolves with its id. */
async function created(dashboard: object): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(dashboard);
  return (await bench.product.json<StoredDashboard>('/api/dashboards', { method: 'POST', body, headers })).id;
}

async function addPanel(page: Page, type: string): Promise<void> {
  await page.getByRole('button', { name: 'Add panel' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Title').fill(`A ${type}`);
  await dialog.getByLabel('Type').selectOption(type);
  if (type !== 'text') await dialog.getByRole('textbox', { name: 'Query A' }).fill('system_cpu_load_average_1m{}');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** One step of the focused panel: it is there when its edge is, to a few px of gap. */
async function pressUntil(key: string, side: 'x' | 'width', px: number): Promise<void> {
  await bench.watched.page.keyboard.press(key);
  await bench.watched.until(`Math.abs(document.activeElement.getBoundingClientRect().${side} - ${px}) < 10`);
}

function all(): Promise<readonly StoredDashboard[]> {
  return bench.product.json<readonly StoredDashboard[]>('/api/dashboards');
}

async function stored(title: string): Promise<StoredDashboard | undefined> {
  return (await all()).find(({ dashboard }) => dashboard.title === title);
}
