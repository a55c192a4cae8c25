import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { freePort } from '../peers/free-port.ts';
import { Product } from '../product/product.ts';
import { launchBrowser, noBrowser, WatchedPage } from './browser.ts';
import { GraphiteSender } from './graphite-sender.ts';
import { figureOf, logIn, panelOf } from './session.ts';

const SAMPLES = 20;
/** Keeps what the title of the chart tells from now on, each change once. */
const RECORD_FIGURES = `(() => {
  window.figures = [];
  const text = () => document.querySelector('[data-figure="title"]')?.textContent ?? '';
  let last = text();
  new MutationObserver(() => {
    if (text() === last) return;
    last = text();
    window.figures.push(last);
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
})()`;
const OWN_PASSWORD = 'an own long password';

let product: Product;
let browser: Browser;
let watched: WatchedPage;

before(
  async () => {
    // The one-time URL is printed for a known port only.
    product = await Product.start({
      env: { NOCMATE_ADMIN_PASSWORD: undefined, NOCMATE_HTTP: `127.0.0.1:${await freePort()}` },
    });
    browser = await launchBrowser();
    watched = await WatchedPage.open(browser, { expected: ['401 /api/login'] });
  },
  { timeout: 90_000 },
);
after(async () => {
  await browser?.close();
  await product?.remove();
});

test('the one-time URL leads to the first admin and to moving charts', { skip: noBrowser }, async (context) => {
  const { page } = watched;
  await page.goto(await oneTimeUrl());
  await page.getByLabel('Password', { exact: true }).fill(OWN_PASSWORD);
  await page.getByLabel('Password again').fill(OWN_PASSWORD);
  await page.getByRole('button', { name: 'Create and sign in' }).click();
  const start = performance.now();
  assert.match(await figureOf(page, 'CPU'), /%/);
  context.diagnostic(`sign-in to the first figure: ${Math.round(performance.now() - start)} ms`);
  await untilMoving('CPU');
  for (const title of ['Load', 'Memory', 'Disk', 'Network', 'Ingest']) await figureOf(page, title);
  assert.equal(new URL(page.url()).hash, '');
  await watched.shoot('first-run');
  watched.assertClean();
});

test('a sample on the wire is a figure on the screen at once', { skip: noBrowser }, async (context) => {
  const { page } = watched;
  const sender = await GraphiteSender.open(product);
  context.after(() => sender.close());
  sender.send('e2e_wire 0');
  await product.until(async () => (await product.request('/api/query/metrics?search=e2e_wire')).ok);
  await page.goto(`${product.base}/explore?q=e2e_wire%7B%7D&from=now-5m&to=now`);
  const figure = panelOf(page, 'e2e_wire').locator('[data-figure="title"]');
  await figure.filter({ hasText: /^0$/ }).waitFor();
  await page.evaluate(RECORD_FIGURES);
  const times: number[] = [];
  for (let value = 1; value <= SAMPLES; value++) {
    // Off the beat of the page's own second.
    await delay(350 + (value % 7) * 60);
    const sent = performance.now();
    sender.send(`e2e_wire ${value}`);
    await watched.until(`document.querySelector('[data-figure="title"]')?.textContent === '${value}'`);
    times.push(performance.now() - sent);
  }
  times.sort((a, b) => a - b);
  const [p50, p95] = [0.5, 0.95].map((share) => times[Math.ceil(times.length * share) - 1] as number);
  context.diagnostic(
    `wire to pixel of ${SAMPLES} samples: p50 ${Math.round(p50 ?? 0)} ms, p95 ${Math.round(p95 ?? 0)} ms`,
  );
  const sent = Array.from({ length: SAMPLES }, (_, index) => `${index + 1}`);
  assert.deepEqual(await page.evaluate<string[]>('window.figures'), sent);
  watched.assertClean();
});

test('log out, a wrong password is said, the right one leads in again', { skip: noBrowser }, async () => {
  const { page } = watched;
  await page.getByRole('button', { name: /^User menu/ }).click();
  await page.getByRole('button', { name: 'Log out' }).click();
  await logIn(page, 'a wrong password');
  await page.getByRole('alert').filter({ hasText: 'Name or password is wrong.' }).waitFor();
  await logIn(page, OWN_PASSWORD);
  await panelOf(page, 'e2e_wire').waitFor();
  watched.assertClean();
});

test('the one-time URL works once', { skip: noBrowser }, async () => {
  const token = /#t=(\S+)/.exec(await oneTimeUrl())?.[1];
  const answer = await fetch(`${product.base}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: product.base },
    body: JSON.stringify({ token, name: 'second', password: OWN_PASSWORD }),
  });
  assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status}`);
  const other = await WatchedPage.open(browser);
  await other.page.goto(await oneTimeUrl());
  await other.page.getByText('This one-time address was used already').waitFor();
  other.assertClean();
  await other.context.close();
});

async function oneTimeUrl(): Promise<string> {
  let url: string | undefined;
  await product.until(() => {
    url = product.output.map((line) => /http:\S+#t=\S+/.exec(line)?.[0]).find((found) => found !== undefined);
    return Promise.resolve(url !== undefined);
  });
  return url ?? '';
}

/** Resolves when the canvas of the panel has been drawn differently twice. */
async function untilMoving(title: string): Promise<void> {
  const canvas = `document.querySelector('section[aria-labelledby="' + [...document.querySelectorAll('h2')].find((h) => h.textContent === '${title}').id + '"] canvas').toDataURL()`;
  await watched.page.evaluate(`window.seenPixels = new Set()`);
  await watched.until(`window.seenPixels.add(${canvas}).size > 2`);
}
