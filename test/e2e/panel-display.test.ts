import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Dashboard, type Panel, type StoredDashboard } from '#core/api/dashboard.ts';
import { useBench } from './bench.ts';
import { noBrowser } from './browser.ts';
import { panelOf } from './session.ts';

const LOADS = ['1m', '5m', '15m'].map((span) => ({ text: `system_cpu_load_average_${span}`, legend: span }));
const place = { x: 0, y: 0, w: 12, h: 8 };

const bench = useBench();
let id = '';

test('an override, words, a step and a link are edited where their result is seen', { skip: noBrowser }, async () => {
  const { page } = bench.watched;
  id = await made([{ id: 'a', type: 'timeseries', title: 'Load', place, queries: LOADS }]);
  await page.goto(`${bench.product.base}/dashboards/${id}?edit=1`);
  await page.getByRole('button', { name: 'Edit Load' }).click();
  const dialog = page.getByRole('dialog');
  const preview = dialog.getByRole('region', { name: 'Load', exact: true });
  const tab = (name: RegExp) => dialog.getByRole('tab', { name });
  await preview.getByText('15m', { exact: true }).waitFor();

  await tab(/^Series/).click();
  await dialog.getByRole('button', { name: 'Add series' }).click();
  const override = dialog.getByRole('group', { name: 'Series 1' });
  await override.getByLabel('Name', { exact: true }).fill('5m');
  await override.getByText('1 of 3 series').waitFor();
  await override.getByLabel('Shown as').fill('five minutes');
  await override.getByLabel('Axis').selectOption('right');
  await override.getByLabel('Dashed').check();
  await preview.getByText('five minutes').waitFor();

  await tab(/^Steps/).click();
  await dialog.getByText('The queries give 3 series: 1m, 5m, 15m').waitFor();
  await dialog.getByLabel('Next step').selectOption('calculate');
  await dialog.getByRole('button', { name: 'Add step' }).click();
  const step = dialog.getByRole('group', { name: 'Step 1: Calculate' });
  await step.getByLabel('Left').fill('absent');
  await step.getByText('nothing is called absent here').waitFor();
  await step.getByLabel('Left').fill('1m');
  await step.getByLabel('Right: name or number').fill('100');
  await step.getByLabel('Operator').selectOption('*');
  await step.getByLabel('Its name').fill('hundredfold');
  await step.getByText('→ 4 series: 1m, 5m, 15m, hundredfold').waitFor();
  await preview.getByText('hundredfold').waitFor();

  await tab(/^Links/).click();
  await dialog.getByRole('button', { name: 'Add link' }).click();
  const link = dialog.getByRole('group', { name: 'Link 1' });
  await link.getByLabel('Address').fill('javascript:alert(1)');
  await link.getByText('only http, https and pages of this site').waitFor();
  await link.getByLabel('Stands').selectOption('series');
  await link.getByLabel('Address').fill('/explore?about=');
  await link.getByRole('button', { name: '${__field.name}', exact: true }).click();
  assert.deepEqual(await bench.watched.violations(), []);

  await dialog.getByRole('button', { name: 'Apply' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
  const panel = await stored();
  assert.deepEqual(panel?.overrides, [
    { by: 'name', of: '5m', look: { name: 'five minutes', axis: 'right', dashed: true } },
  ]);
  assert.deepEqual(panel?.transformations, [
    { kind: 'calculate', left: '1m', operator: '*', right: '100', name: 'hundredfold', only: false },
  ]);
  assert.deepEqual(
    panel?.links?.map(({ url, of }) => [url, of]),
    [['/explore?about=${__field.name}', 'series']],
  );
  bench.watched.assertClean();
});

test('what was saved is drawn, and its links lead where they say', { skip: noBrowser }, async () => {
  const { page } = bench.watched;
  await page.reload();
  const panel = panelOf(page, 'Load');
  for (const name of ['five minutes', 'hundredfold']) await panel.getByText(name).waitFor();
  await panel.getByRole('button', { name: 'Links of Load' }).click();
  const address = await panel.getByRole('link', { name: 'Logs: five minutes' }).getAttribute('href');
  assert.equal(address, '/explore?about=five%20minutes');
  await page.keyboard.press('Escape');
  await bench.watched.shoot('panel-display');
  bench.watched.assertClean();
});

test('words stand for values, limits beside them, and an invalid field keeps Apply closed', {
  skip: noBrowser,
}, async () => {
  const { page } = bench.watched;
  id = await made([
    { id: 'a', type: 'stat', title: 'State', place, queries: [{ text: 'system_cpu_load_average_1m' }] },
  ]);
  await page.goto(`${bench.product.base}/dashboards/${id}?edit=1`);
  await page.getByRole('button', { name: 'Edit State' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('tab', { name: /^Words and limits/ }).click();
  await dialog.getByRole('button', { name: 'Add word' }).click();
  const word = dialog.getByRole('group', { name: 'Word 1' });
  await word.getByLabel('When it is').selectOption('regex');
  await word.getByLabel('Pattern').fill('');
  await dialog.getByRole('alert').filter({ hasText: 'Word 1, pattern' }).waitFor();
  assert.equal(await dialog.getByRole('button', { name: 'Apply' }).isDisabled(), true);
  await word.getByLabel('When it is').selectOption('range');
  await word.getByLabel('From').fill('0');
  await word.getByLabel('Show').fill('it runs');
  await word.getByLabel('Colour', { exact: true }).selectOption('ok');
  await dialog.getByRole('region', { name: 'State', exact: true }).getByText('it runs').waitFor();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
  await page.reload();
  await panelOf(page, 'State').getByText('it runs').waitFor();
  assert.deepEqual((await stored())?.mappings, [{ kind: 'range', from: 0, text: 'it runs', colour: 'ok' }]);
  bench.watched.assertClean();
});

test('steps of a table make rows, are put in another order by keyboard and arrange columns', {
  skip: noBrowser,
}, async () => {
  const { page } = bench.watched;
  id = await made([{ id: 'a', type: 'table', title: 'Loads', place, queries: LOADS }]);
  await page.goto(`${bench.product.base}/dashboards/${id}?edit=1`);
  await page.getByRole('button', { name: 'Edit Loads' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('tab', { name: /^Steps/ }).click();
  await dialog.getByText('The queries give 3 series').waitFor();
  for (const kind of ['limit', 'reduce', 'organise']) {
    await dialog.getByLabel('Next step').selectOption(kind);
    await dialog.getByRole('button', { name: 'Add step' }).click();
  }
  const columns = dialog.getByRole('group', { name: 'Step 3: Arrange columns' });
  await columns.getByRole('checkbox', { name: 'last' }).uncheck();
  await columns.getByLabel('New name of max').fill('Peak');
  await columns.getByText('→ 3 rows of 2 columns: series, Peak').waitFor();
  await dialog.getByRole('button', { name: 'Move Step 1: Limit down' }).focus();
  await page.keyboard.press('Enter');
  await dialog.getByRole('group', { name: 'Step 2: Limit' }).waitFor();
  await bench.watched.until(`document.activeElement?.getAttribute('aria-label') === 'Move Step 2: Limit down'`);
  await dialog.getByLabel('At most').fill('2');
  const preview = dialog.getByRole('region', { name: 'Loads', exact: true });
  await preview.getByRole('columnheader', { name: 'Peak' }).waitFor();
  await preview.getByRole('row').nth(2).waitFor();
  assert.equal(await preview.getByRole('row').count(), 3);
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
  await page.reload();
  await panelOf(page, 'Loads').getByRole('columnheader', { name: 'Peak' }).waitFor();
  assert.deepEqual(
    (await stored())?.transformations?.map(({ kind }) => kind),
    ['reduce', 'limit', 'organise'],
  );
  bench.watched.assertClean();
});

async function made(panels: readonly object[]): Promise<string> {
  const body = JSON.stringify(Dashboard.parse({ title: 'Display', panels }));
  const headers = { 'content-type': 'application/json' };
  const dashboard = await bench.product.json<StoredDashboard>('/api/dashboards', { method: 'POST', headers, body });
  return dashboard.id;
}

async function stored(): Promise<Panel | undefined> {
  const { dashboard } = await bench.product.json<StoredDashboard>(`/api/dashboards/${id}`);
  return dashboard.panels[0];
}
