import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { WatchedPage } from './browser.ts';

/** The password that the product under test gives its user `admin`. */
export const PASSWORD = 'correct horse battery';

/** Fills the log-in form. */
export async function logIn(page: Page, password = PASSWORD, name = 'admin'): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}

/** Signs in without the form: the session cookie of the context. */
export async function signIn({ context }: WatchedPage, base: string): Promise<void> {
  const answer = await context.request.post(`${base}/api/login`, {
    data: { name: 'admin', password: PASSWORD },
    headers: { origin: base },
  });
  assert.equal(answer.status(), 200, await answer.text());
}

/** The panel with this title. */
export function panelOf(page: Page, title: string) {
  return page.getByRole('region', { name: title, exact: true });
}

/** Resolves when the title of the panel tells a figure; gives its text. */
export async function figureOf(page: Page, title: string): Promise<string> {
  const figure = panelOf(page, title).locator('[data-figure="title"]');
  await figure.filter({ hasText: /\d/ }).waitFor();
  return (await figure.textContent()) ?? '';
}
