import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, CDPSession } from 'playwright-core';
import { Dashboard, type StoredDashboard } from '#core/api/dashboard.ts';
import { Product } from '../product/product.ts';
import { launchBrowser, noBrowser, WatchedPage } from './browser.ts';
import { GraphiteSender } from './graphite-sender.ts';
import { signIn } from './session.ts';

const PANELS = 50;
const LINES = 4;
const COLUMNS = 10;
const MEASURED_MS = 15_000;
const FIRST_LOAD_KIB = 220;

let product: Product;
let browser: Browser;
let sender: GraphiteSender;

before(
  async () => {
    product = await Product.start();
    browser = await launchBrowser();
    sender = await GraphiteSender.open(product);
    sender.keepSending(samplesOf);
  },
  { timeout: 90_000 },
);
after(async () => {
  sender?.close();
  await browser?.close();
  await product?.remove();
});

test('fifty live panels of four lines are all drawn anew as their samples come', {
  skip: noBrowser,
}, async (context) => {
  const { id } = await product.json<StoredDashboard>('/api/dashboards', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fiftyPanels()),
  });
  const watched = await WatchedPage.open(browser, { width: 1920, height: 1080 });
  await signIn(watched, product.base);
  const { page } = watched;
  await page.goto(`${product.base}/dashboards/${id}`);
  await watched.until(`document.querySelectorAll('canvas').length === ${PANELS}`);
  await watched.until(
    `[...document.querySelectorAll('[data-figure=""]')].filter((figure) => figure.textContent !== '').length >= ${PANELS}`,
  );
  const session = await watched.context.newCDPSession(page);
  await session.send('Performance.enable');
  const [busyBefore, scriptBefore] = await busyOf(session);
  await delay(MEASURED_MS);
  const [busyAfter, scriptAfter] = await busyOf(session);
  const share = ((busyAfter - busyBefore) * 1_000) / MEASURED_MS;
  const script = ((scriptAfter - scriptBefore) * 1_000) / MEASURED_MS;
  context.diagnostic(`main thread busy ${(share * 100).toFixed(1)} %, of that scripts ${(script * 100).toFixed(1)} %`);
  await page.evaluate(`window.drawn = [...document.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL())`);
  await watched.until(`[...document.querySelectorAll('canvas')].every((canvas, index) => {
    const { bottom } = canvas.getBoundingClientRect();
    return bottom > innerHeight || canvas.toDataURL() !== window.drawn[index];
  })`);
  await watched.shoot('fifty-panels');
  watched.assertClean();
});

test('the first load of the Overview is small', { skip: noBrowser }, async (context) => {
  const watched = await WatchedPage.open(browser);
  await signIn(watched, product.base);
  const loaded = new Set<string>();
  watched.page.on('request', (request) => {
    if (['script', 'stylesheet'].includes(request.resourceType())) loaded.add(new URL(request.url()).pathname);
  });
  await watched.page.goto(product.base);
  await watched.page.locator('[data-figure="title"]').nth(5).filter({ hasText: /\d/ }).waitFor();
  let bytes = 0;
  for (const path of loaded) bytes += gzipSync(await readFile(distFile(path))).length;
  context.diagnostic(`first load: ${loaded.size} files, ${(bytes / 1024).toFixed(1)} KiB gz`);
  assert.ok(loaded.size >= 4, [...loaded].join());
  assert.ok(bytes <= FIRST_LOAD_KIB * 1024, `${(bytes / 1024).toFixed(1)} KiB`);
  watched.assertClean();
});

function distFile(path: string): string {
  return fileURLToPath(new URL(`../../web/dist${path}`, import.meta.url));
}

function samplesOf(round: number): string[] {
  return Array.from({ length: PANELS * LINES }, (_, index) => {
    const panel = Math.floor(index / LINES);
    const value = 50 + 40 * Math.sin(round / 10 + index);
    return `e2e_load;panel=p${panel};line=l${index % LINES} ${value.toFixed(2)}`;
  });
}

function fiftyPanels(): Dashboard {
  const w = 2;
  const h = 5;
  const panels = Array.from({ length: PANELS }, (_, index) => ({
    id: `p${index}`,
    type: 'timeseries',
    title: `P${index}`,
    place: { x: (index % COLUMNS) * w, y: Math.floor(index / COLUMNS) * h, w, h },
    queries: [{ text: `e2e_load{panel="p${index}"}`, legend: '{{line}}' }],
  }));
  return Dashboard.parse({ title: 'Fifty', panels, from: 'now-5m' });
}

async function busyOf(session: CDPSession): Promise<[number, number]> {
  const { metrics } = await session.send('Performance.getMetrics');
  const read = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return [read('TaskDuration'), read('ScriptDuration')];
}
