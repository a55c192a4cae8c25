import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Locator } from 'playwright-core';
import { useBench } from './bench.ts';
import { noBrowser, WatchedPage } from './browser.ts';
import { panelOf, signIn } from './session.ts';

const FRAMES =
  'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))';
const METRIC = 'system_cpu_load_average_1m';

const bench = useBench();

test('a click on a metric draws it, with statistics of each series', { skip: noBrowser }, async () => {
  const { page } = bench.watched;
  await page.goto(`${bench.product.base}/explore`);
  await page.getByRole('searchbox', { name: 'Find a metric' }).fill('load_average_1m');
  await page.getByRole('button', { name: METRIC }).click();
  const legend = panelOf(page, METRIC).getByRole('table');
  await legend.getByRole('row').nth(1).filter({ hasText: /\d/ }).waitFor();
  assert.match(decodeURIComponent(page.url()), /q=system_cpu_load_average_1m/);
  bench.watched.assertClean();
});

test('a typed query is completed and drawn', { skip: noBrowser }, async () => {
  const { page } = bench.watched;
  const editor = page.getByRole('textbox', { name: 'Query A' });
  await editor.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('system_memory_utili');
  await page.getByRole('listbox').getByText('system_memory_utilization_ratio').waitFor();
  await bench.watched.complete('system_memory_utilization_ratio');
  await page.keyboard.press('Enter');
  await panelOf(page, 'system_memory_utilization_ratio').getByRole('row').nth(1).filter({ hasText: '%' }).waitFor();
  bench.watched.assertClean();
});

/** Where an element is once it is there and has not moved for some frames: a chart may be drawn anew at first. */
async function settledBox(element: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  for (let look = 0, last = ''; look < 200; look += 1) {
    const box = await element.boundingBox({ timeout: 15_000 });
    if (box !== null && JSON.stringify(box) === last) return box;
    last = JSON.stringify(box);
    await element.page().evaluate(FRAMES);
  }
  throw new Error('the element does not come to rest');
}

test('dragging zooms, Back undoes it, and the link is the whole state', { skip: noBrowser }, async () => {
  const { page } = bench.watched;
  await page.goto(`${bench.product.base}/explore?q=${METRIC}%7B%7D&from=now-5m&to=now`);
  await panelOf(page, METRIC).getByRole('row').nth(1).filter({ hasText: /\d/ }).waitFor();
  // The builder above the chart is there: nothing moves any more.
  await page.getByLabel('Function').waitFor();
  await page.getByRole('textbox', { name: 'Query A' }).waitFor();
  await page.getByRole('button', { name: /^host/ }).first().waitFor();
  const box = await settledBox(panelOf(page, METRIC).locator('.u-over'));
  // The crosshair under the pointer says that the chart listens.
  await page.mouse.move(box.x + box.width * 0.3, box.y + 60);
  await bench.watched.until(`document.querySelector('.u-cursor-x').style.transform !== ''`);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, box.y + 60, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL(/from=\d{13}&to=\d{13}/);
  const zoomed = page.url();
  await page.reload();
  await panelOf(page, METRIC).getByRole('row').nth(1).waitFor();
  assert.equal(page.url(), zoomed);
  const other = await WatchedPage.open(bench.browser);
  await signIn(other, bench.product.base);
  await other.page.goto(zoomed);
  await panelOf(other.page, METRIC).getByRole('row').nth(1).waitFor();
  other.assertClean();
  await other.context.close();
  await page.goBack();
  await page.waitForURL(/from=now-5m&to=now/);
  bench.watched.assertClean();
});

test('the chart can be had as CSV with the values that are drawn', { skip: noBrowser }, async () => {
  const { page } = bench.watched;
  await panelOf(page, METRIC).getByRole('row').nth(1).filter({ hasText: /\d/ }).waitFor();
  await page.getByRole('button', { name: `Menu of ${METRIC}` }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /^system_cpu_load_average_1m-.*\.csv$/);
  const [head = '', ...rows] = (await readFile(await download.path(), 'utf8')).trim().split('\n');
  assert.match(head, /^"?time/i);
  assert.ok(
    rows.some((row) => /^[^,]+,\d/.test(row)),
    rows.slice(-3).join('\n'),
  );
  bench.watched.assertClean();
});
