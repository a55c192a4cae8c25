import { after, before } from 'node:test';
import type { Browser } from 'playwright-core';
import { Product } from '../product/product.ts';
import { launchBrowser, type PageOptions, WatchedPage } from './browser.ts';
import { signIn } from './session.ts';

const START_MS = 120_000;

/** The product and a browser that is signed in, for all tests of a file; each is there once `before` has run. */
export type Bench = {
  readonly product: Product;
  readonly browser: Browser;
  readonly watched: WatchedPage;
};

type Started = { -readonly [Name in keyof Bench]?: Bench[Name] };

/** Starts product, browser and page before the tests of the calling file, and ends them after. */
export function useBench(): Bench {
  const started: Started = {};
  before(
    async () => {
      started.product = await Product.start();
      started.browser = await launchBrowser();
      started.watched = await openSignedIn(started.browser, started.product);
    },
    { timeout: START_MS },
  );
  after(async () => {
    await started.browser?.close();
    await started.product?.remove();
  });
  const need = <Name extends keyof Bench>(name: Name): Bench[Name] => {
    const part = started[name];
    if (part === undefined) throw new Error(`The ${name} is there once the tests run`);
    return part as Bench[Name];
  };
  return {
    get product() {
      return need('product');
    },
    get browser() {
      return need('browser');
    },
    get watched() {
      return need('watched');
    },
  };
}

/** A page of its own context, signed in. */
export async function openSignedIn(
  browser: Browser,
  product: Product,
  expected: readonly string[] = [],
  options: PageOptions = {},
): Promise<WatchedPage> {
  const watched = await WatchedPage.open(browser, { ...options, expected });
  await signIn(watched, product.base);
  return watched;
}
