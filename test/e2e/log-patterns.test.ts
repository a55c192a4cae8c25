import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openSignedIn, useBench } from './bench.ts';
import { noBrowser } from './browser.ts';

const DAY = 86_400_000;
const NAMES = ['ann', 'bob', 'eve', 'joe', 'kim', 'lea', 'tom', 'zoe'];
const bench = useBench();

/** Lines of today and, for what is new, some of three days ago. */
async function sendAll(): Promise<void> {
  const now = Date.now();
  await send(['an old line', 'cache miss for key 7'], now - 3 * DAY);
  const lines = [
    ...NAMES.map((name) => `user ${name} logged in from 10.0.0.7`),
    ...Array.from({ length: 60 }, (_, i) => `cache miss for key ${i}`),
    ...[200, 200, 500].map((status) => `GET of page answered ${status} within 5ms`),
    'disk full <img src=x onerror=alert(1)>',
  ];
  await send(lines, now - 60_000);
  await bench.product.until(async () => {
    const [row] = await bench.product.sql<{ n: string }>(`SELECT count() AS n FROM logs WHERE service = 'till'`);
    return Number(row?.n) === lines.length + 2;
  });
}

async function send(lines: readonly string[], t: number): Promise<void> {
  const body = lines
    .map((message, i) => JSON.stringify({ message, service: 'till', host: 'h', time: t + i }))
    .join('\n');
  const answer = await bench.product.request('/api/ingest/logs', { method: 'POST', body });
  assert.equal(answer.status, 200, await answer.text());
}

const rows = (page: Page) => page.locator('tr[data-pattern]');
const row = (page: Page, text: string) => rows(page).filter({ hasText: text });

async function open(page: Page, query = 'service:till'): Promise<void> {
  await page.goto(`${bench.product.base}/logs?part=patterns&q=${encodeURIComponent(query)}`);
  await page.locator('[data-figure="patterns"]').waitFor();
}

/** Opens a pattern, and returns what it shows of it. */
async function detail(page: Page, text: string) {
  const button = row(page, text).locator('button[aria-expanded]');
  if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
  return page.locator('tr[data-pattern] + tr:not([data-pattern])');
}

test('lines become patterns beside the lines, with counts and marks', { skip: noBrowser }, async () => {
  await sendAll();
  const { page } = bench.watched;
  await page.goto(`${bench.product.base}/logs?q=service:till`);
  await page.getByRole('button', { name: 'Patterns' }).click();
  await row(page, 'cache miss for key').waitFor();
  assert.match(page.url(), /part=patterns/);
  assert.equal(await rows(page).count(), 4);
  assert.match((await row(page, 'logged in from').textContent()) ?? '', /^8.*user ∗ logged in from ∗$/);
  assert.match((await row(page, 'cache miss').textContent()) ?? '', /Surging/);
  await page.getByRole('button', { name: /new$/ }).click();
  await rows(page).filter({ hasText: 'cache miss' }).waitFor({ state: 'detached' });
  assert.match((await row(page, 'disk full').textContent()) ?? '', /New.*<img src=x/);
  bench.watched.assertClean();
});

test('a pattern narrows the lines, or is left out', { skip: noBrowser }, async () => {
  const { page } = bench.watched;
  await open(page);
  await page.getByRole('button', { name: /^Without cache miss/ }).click();
  await row(page, 'cache miss').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Lines of user/ }).click();
  await page.getByRole('table', { name: 'Log lines' }).getByText('user zoe logged in').waitFor();
  await page
    .locator('[data-figure="matches"]')
    .filter({ hasText: /^8 lines match/ })
    .waitFor();
  bench.watched.assertClean();
});

test('a pattern is named, pinned, shown with its lines and charted', { skip: noBrowser }, async () => {
  const { page } = bench.watched;
  await open(page);
  const card = await detail(page, 'logged in from');
  await card.getByText('user zoe logged in from 10.0.0.7').waitFor();
  await card.getByRole('button', { name: 'Name this pattern' }).click();
  await card.getByRole('textbox', { name: 'Name' }).fill('Log-ins');
  await page.keyboard.press('Enter');
  await row(page, 'Log-ins').waitFor();
  await card.getByRole('button', { name: 'Pin', exact: true }).click();
  await rows(page).first().filter({ hasText: 'Pinned' }).filter({ hasText: 'Log-ins' }).waitFor();
  await open(page, 'pattern:"log-ins"');
  assert.equal(await rows(page).count(), 1);
  await (await detail(page, 'Log-ins')).getByRole('link', { name: 'Chart' }).click();
  await page.waitForURL(/\/explore/);
  bench.watched.assertClean();
});

test('patterns are merged and separated, split and muted', { skip: noBrowser }, async () => {
  const { page } = bench.watched;
  await open(page);
  for (const name of [/^Select cache/, /^Select disk/]) await page.getByRole('checkbox', { name }).check();
  await page.getByRole('button', { name: 'Merge 2' }).click();
  await row(page, 'disk full').waitFor({ state: 'detached' });
  await row(page, 'cache miss').filter({ hasText: /^61/ }).waitFor();
  await (await detail(page, 'cache miss')).getByRole('button', { name: 'Separate' }).click();
  await row(page, 'disk full').waitFor();

  const card = await detail(page, 'answered');
  await card.getByRole('button', { name: /^Split by word 5/ }).click();
  await card.getByText('New lines are told apart by word 5').waitFor();
  await send(['GET of page answered 404 within 5ms'], Date.now());
  await row(page, 'answered 404').waitFor();

  await (await detail(page, 'cache miss')).getByRole('button', { name: 'Mute' }).click();
  await row(page, 'cache miss').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Search without them' }).click();
  await page.getByRole('list', { name: 'Filters' }).getByText('NOT pattern:muted').waitFor();
  bench.watched.assertClean();
});

for (const [theme, width] of [
  ['dark', 1440],
  ['light', 1440],
  ['dark', 390],
  ['light', 390],
] as const) {
  test(`patterns are readable and usable: ${theme}, ${width} px`, { skip: noBrowser }, async () => {
    const { browser, product } = bench;
    const watched = await openSignedIn(browser, product, [], { theme, width, height: 900 });
    const { page } = watched;
    await open(page);
    await row(page, 'logged in').waitFor();
    await (await detail(page, 'logged in')).getByRole('list', { name: 'Its newest lines' }).waitFor();
    await watched.shoot(`log-patterns-${theme}-${width}`);
    assert.deepEqual(await watched.violations(), []);
    await open(page, 'nothing_of_this');
    await page.getByText('No line matches in this time').waitFor();
    assert.deepEqual(await watched.violations(), []);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    assert.equal(overflow, 0);
    watched.assertClean();
    await watched.context.close();
  });
}
