import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StoredDashboard } from '#core/api/dashboard.ts';
import { useBench } from './bench.ts';
import { noBrowser } from './browser.ts';
import { panelOf } from './session.ts';

const CPU = 'sum by (cpu_mode) (rate(system_cpu_time_seconds_total[$__rate_interval]))';
const panel = (type: string, title: string, x: number, more: object): object => ({
  type,
  title,
  gridPos: { x, y: 1, w: 8, h: 8 },
  datasource: { type: 'prometheus', uid: '${source}' },
  ...more,
});

const GRAFANA = {
  title: 'From Grafana',
  schemaVersion: 39,
  time: { from: 'now-5m', to: 'now' },
  templating: { list: [{ name: 'source', type: 'datasource', query: 'prometheus' }] },
  panels: [
    { type: 'row', title: 'This host', gridPos: { x: 0, y: 0, w: 24, h: 1 }, panels: [] },
    panel('timeseries', 'CPU by mode', 0, {
      targets: [{ refId: 'A', expr: CPU, legendFormat: '{{ cpu_mode }}' }],
      transformations: [{ id: 'filterFieldsByName', options: { exclude: { pattern: '^steal$' } } }],
      fieldConfig: {
        overrides: [
          {
            matcher: { id: 'byName', options: 'idle' },
            properties: [
              { id: 'displayName', value: 'at rest' },
              { id: 'custom.axisPlacement', value: 'right' },
            ],
          },
        ],
      },
    }),
    panel('stat', 'Load', 8, {
      targets: [{ refId: 'A', expr: 'system_cpu_load_average_1m' }],
      fieldConfig: { defaults: { decimals: 3 } },
    }),
    panel('polystat', 'Cells', 16, { targets: [{ refId: 'A', expr: 'system_cpu_load_average_5m' }] }),
  ],
};

const bench = useBench();

test('a pasted dashboard of Grafana tells what becomes of it', { skip: noBrowser }, async () => {
  const { page } = bench.watched;
  await page.goto(`${bench.product.base}/dashboards`);
  await page.getByRole('button', { name: 'Import' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('or paste it').fill('{"title": "x", "kind": "Playlist", "spec": {}}');
  await dialog.getByText('panels: ').or(dialog.getByText('Unrecognized')).first().waitFor();
  await dialog.getByLabel('or paste it').fill(JSON.stringify(GRAFANA));
  await dialog.getByText('“From Grafana” with 4 panels, from Grafana: classic (schemaVersion 39)').waitFor();
  await dialog.getByRole('button', { name: '3 kept' }).waitFor();
  await dialog.getByRole('button', { name: '1 unsupported' }).click();
  await dialog.getByText('polystat · unsupported').click();
  await dialog.getByText('its queries are shown as a table').waitFor();
  assert.equal(await dialog.getByText('timeseries · kept').count(), 0);
  await bench.watched.shoot('grafana-import');
  assert.deepEqual(await bench.watched.violations(), []);
  bench.watched.assertClean();
});

test('a file that is chosen is the same, and its panels draw data', { skip: noBrowser }, async () => {
  const { page } = bench.watched;
  const dialog = page.getByRole('dialog');
  const buffer = Buffer.from(JSON.stringify({ dashboard: { ...GRAFANA, title: 'From a file' }, meta: {} }));
  await dialog.getByLabel(/^JSON file/).setInputFiles({ name: 'export.json', mimeType: 'application/json', buffer });
  await dialog.getByText('“From a file” with 4 panels').waitFor();
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await panelOf(page, 'Load')
    .getByText(/\d\.\d{3}/)
    .first()
    .waitFor();
  await panelOf(page, 'CPU by mode').getByText('at rest').first().waitFor();
  await panelOf(page, 'Cells').getByText(/\d/).first().waitFor();
  await page.getByRole('heading', { name: /From a file/ }).waitFor();
  const stored = (await bench.product.json<readonly StoredDashboard[]>('/api/dashboards')).find(
    ({ dashboard }) => dashboard.title === 'From a file',
  );
  assert.deepEqual(
    stored?.dashboard.panels.map(({ type }) => type),
    ['row', 'timeseries', 'stat', 'table'],
  );
  bench.watched.assertClean();
});

test('what became of it is told again, whenever one asks, and is not lost by a save', { skip: noBrowser }, async () => {
  const { page } = bench.watched;
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByLabel('Title of the dashboard').fill('Mine by now');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Import report' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('“From a file” from Grafana: classic (schemaVersion 39)').waitFor();
  await dialog.getByText('timeseries · kept').click();
  await dialog.getByText('name, axis of these series').waitFor();
  await dialog.getByText('as the step filter').waitFor();
  assert.deepEqual(await bench.watched.violations(), []);
  await bench.watched.shoot('import-report');
  bench.watched.assertClean();
});
