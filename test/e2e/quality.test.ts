import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { Product } from '../product/product.ts';
import { launchBrowser, noBrowser, WatchedPage } from './browser.ts';
import { signIn } from './session.ts';

const TABS = ['collectors', 'sql-queries', 'sources', 'storage', 'self', 'secrets', 'access', 'send'];
/** Each page, and the heading or label that is there when it is drawn. */
const ROUTES = [
  ...['/', '/hosts', '/hosts/HOST', '/services', '/explore', '/logs', '/logs?q=nothing-of-this', '/logs?part=patterns'],
  ...['/timeline', '/dashboards', '/dashboards/builtin-host'],
];
const MOST_TABS = 150;
/** What the pointer can hit but Tab does not reach; a row's inner cells and a tab list's others are reached by arrows. */
const UNREACHED = `[...document.querySelectorAll('a[href], button, input, select, textarea')]
  .filter((target) => target.checkVisibility() && !target.disabled && target.tabIndex >= 0)
  .filter((target) => !window.reached.has(target)).map((target) => target.outerHTML.slice(0, 100))`;

let product: Product;
let browser: Browser;
let routes: readonly string[] = [];

before(
  async () => {
    product = await Product.start();
    browser = await launchBrowser();
    let host = '';
    await product.until(async () => {
      const [own] = await product.json<readonly { readonly host: string }[]>('/api/hosts');
      host = own?.host ?? '';
      return host !== '';
    });
    routes = [...ROUTES.map((path) => path.replace('HOST', host)), ...TABS.map((tab) => `/settings?tab=${tab}`)];
  },
  { timeout: 90_000 },
);
after(async () => {
  await browser?.close();
  await product?.remove();
});

for (const theme of ['dark', 'light'] as const) {
  test(`axe finds nothing on any page, ${theme}`, { skip: noBrowser }, async () => {
    const watched = await WatchedPage.open(browser, { theme });
    await signIn(watched, product.base);
    const found: string[] = [];
    for (const path of routes) {
      await openPage(watched, path);
      found.push(...(await watched.violations()).map((violation) => `${path}: ${violation}`));
    }
    assert.deepEqual(found, []);
    watched.assertClean();
  });
}

test('nothing scrolls sideways at 320 px', { skip: noBrowser }, async () => {
  const watched = await WatchedPage.open(browser, { width: 320, height: 700 });
  await signIn(watched, product.base);
  for (const path of routes) {
    await openPage(watched, path);
    const width = await watched.page.evaluate<number>('document.documentElement.scrollWidth');
    assert.ok(width <= 320, `${path} is ${width} px wide`);
  }
  watched.assertClean();
});

test('Tab reaches every target', { skip: noBrowser }, async () => {
  const watched = await WatchedPage.open(browser);
  const { page } = watched;
  await signIn(watched, product.base);
  for (const path of ['/', '/services', '/logs', '/dashboards', '/timeline', '/settings?tab=access']) {
    await openPage(watched, path);
    await page.evaluate('window.reached = new Set()');
    await page.evaluate(`document.addEventListener('focusin', ({ target }) => window.reached.add(target))`);
    for (let step = 0; step < MOST_TABS; step++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate<boolean>(`document.activeElement === document.body`)) break;
    }
    assert.deepEqual(await page.evaluate<string[]>(UNREACHED), [], path);
  }
  watched.assertClean();
});

test('a failing API is said in its panel, with a way to try again', { skip: noBrowser }, async () => {
  const watched = await WatchedPage.open(browser, { expected: ['500 /api/hosts', '500 /api/events'] });
  const { page } = watched;
  await signIn(watched, product.base);
  let isBroken = true;
  await page.route(/\/api\/(hosts|events)(\?.*)?$/, (route) =>
    isBroken
      ? route.fulfill({
          status: 500,
          json: { error: { code: 'internal', message: 'the disk is on fire', details: {} } },
        })
      : route.continue(),
  );
  await page.goto(`${product.base}/hosts`);
  await page.getByText('the disk is on fire', { exact: true }).first().waitFor();
  await page.goto(`${product.base}/timeline`);
  await page.getByText('the disk is on fire', { exact: true }).first().waitFor();
  isBroken = false;
  await page.getByRole('button', { name: /retry/i }).first().click();
  await page
    .getByText(/started/)
    .first()
    .waitFor();
  watched.assertClean();
});

test('slow and empty answers have their own words', { skip: noBrowser }, async () => {
  const watched = await WatchedPage.open(browser);
  const { page } = watched;
  await signIn(watched, product.base);
  const answer = Promise.withResolvers<void>();
  await page.route(/\/api\/(hosts|events|dashboards|query\/metrics)(\?.*)?$/, async (route) => {
    await answer.promise;
    await route.fulfill({ json: [] });
  });
  await page.goto(`${product.base}/dashboards`);
  await page.getByLabel('Loading').first().waitFor();
  answer.resolve();
  await page.getByText('No dashboards yet').waitFor();
  await page.goto(`${product.base}/timeline`);
  await page
    .getByText(/nothing|no event/i)
    .first()
    .waitFor();
  await page.goto(`${product.base}/hosts`);
  await page
    .getByText(/no host/i)
    .first()
    .waitFor();
  await page.goto(`${product.base}/explore`);
  await page.getByText('No metrics yet').waitFor();
  watched.assertClean();
});

/** Opens a page and waits until nothing on it is a placeholder. */
async function openPage(watched: WatchedPage, path: string): Promise<void> {
  await watched.page.goto(product.base + path);
  await watched.page.locator('main h1').first().waitFor({ state: 'attached' });
  await watched.until(`document.querySelector('main [aria-label="Loading"], main [data-state="loading"]') === null`);
}
