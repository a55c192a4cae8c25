import assert from 'node:assert/strict';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { Product } from '../product/product.ts';
import { openSignedIn } from './bench.ts';
import { launchBrowser, noBrowser, type WatchedPage } from './browser.ts';
import { panelOf } from './session.ts';

const START_MS = 120_000;
const LINES = 12;
let folder: string;
let product: Product;
let browser: Browser;
let watched: WatchedPage;
let host = '';

before(
  async () => {
    folder = await mkdtemp(join(tmpdir(), 'nocmate-links-'));
    const config = join(folder, 'nocmate.yaml');
    const files = `{ files: [{ include: [${join(folder, '*.log')}], service: app }] }`;
    await writeFile(config, `inputs: { file-tail: ${files} }\n`);
    const written = Array.from({ length: LINES }, (_, i) => ({ level: levelOf(i), message: `line ${i}` }));
    await writeFile(join(folder, 'app.log'), written.map((line) => `${JSON.stringify(line)}\n`).join(''));
    product = await Product.start({ env: { NOCMATE_CONFIG: config } });
    browser = await launchBrowser();
    watched = await openSignedIn(browser, product);
    await product.until(async () => {
      const [row] = await product.sql<{ n: number | string; h: string }>(
        'SELECT count() AS n, any(host) AS h FROM logs',
      );
      const hosts = await product.json<readonly { host: string }[]>('/api/hosts');
      host = row?.h ?? '';
      return Number(row?.n) >= LINES && hosts.some((one) => one.host === host);
    });
  },
  { timeout: START_MS },
);
after(async () => {
  await browser?.close();
  await product?.remove();
  await rm(folder, { recursive: true });
});

const levelOf = (index: number): string => (index % 4 === 0 ? 'error' : 'info');

test('a host shows its lines, and leads to all of them at its time', { skip: noBrowser }, async () => {
  const { page } = watched;
  await page.goto(`${product.base}/hosts/${host}?from=now-1h&to=now`);
  const logs = panelOf(page, 'Logs');
  await logs.getByText('line 11').first().waitFor();
  await page
    .getByRole('navigation', { name: `More of ${host}` })
    .getByRole('link', { name: 'Logs' })
    .click();
  await page.waitForURL(/\/logs\?/);
  assert.deepEqual(searchOf(page.url(), 'from', 'to', 'q'), ['now-1h', 'now', `host:${host}`]);
  watched.assertClean();
});

test('a line leads to its host, its metrics and the events of its time, and these back', {
  skip: noBrowser,
}, async () => {
  const { page } = watched;
  const openLine = async (): Promise<void> => {
    await page.goto(`${product.base}/logs?q=line`);
    await page
      .getByRole('button', { name: /^Details/ })
      .first()
      .click();
  };
  await openLine();
  await page.getByRole('link', { name: 'Metrics then' }).click();
  await page.waitForURL(/\/explore\?/);
  assert.equal(searchOf(page.url(), 'scope')[0], `host=${host}`);
  await openLine();
  await page.getByRole('link', { name: 'Events then' }).click();
  await page.waitForURL(/\/timeline\?/);
  const [from, to] = searchOf(page.url(), 'from', 'to');
  assert.equal(Number(to) - Number(from), 600_000);
  await page.goto(`${product.base}/timeline?from=now-1h&to=now`);
  await page
    .getByRole('link', { name: /^Logs around/ })
    .first()
    .click();
  await page.waitForURL(/\/logs\?.*from=\d{13}&to=\d{13}/);
  await page.goto(`${product.base}/hosts/${host}`);
  await page.getByRole('button', { name: 'Menu of Load' }).click();
  await page.getByRole('button', { name: 'Logs of this time' }).click();
  await page.waitForURL(/\/logs\?.*q=host:/);
  watched.assertClean();
});

test('log queries fill charts, figures and tables of a dashboard, with its variable', { skip: noBrowser }, async () => {
  const { page, context } = watched;
  const query = (text: string) => [{ language: 'logs', text }];
  const panels = [
    { id: 'a', type: 'timeseries', title: 'Over time', queries: query('level:$level | timechart count() by level') },
    { id: 'b', type: 'stat', title: 'How many', queries: query('level:$level | stats count()') },
    { id: 'c', type: 'bargauge', title: 'By level', queries: query('| stats count() by level') },
    { id: 'd', type: 'table', title: 'As rows', queries: query('level:$level | stats count() by service') },
    { id: 'e', type: 'logs', title: 'Lines', options: { query: 'level:$level', columns: ['message'] } },
  ].map((panel, index) => ({ ...panel, place: { x: (index % 2) * 12, y: Math.floor(index / 2) * 8, w: 12, h: 8 } }));
  const level = { name: 'level', kind: 'query', language: 'logs', text: 'source:file* | top 10 level', value: 'error' };
  const answer = await context.request.post(`${product.base}/api/dashboards`, {
    data: { title: 'Logs', panels, variables: [level] },
    headers: { origin: product.base },
  });
  const { id } = (await answer.json()) as { id: string };
  await page.goto(`${product.base}/dashboards/${id}?from=now-1h&to=now`);
  await panelOf(page, 'Over time').locator('.u-over').waitFor();
  await panelOf(page, 'How many').getByText('3', { exact: true }).waitFor();
  await panelOf(page, 'By level').getByText('9', { exact: true }).waitFor();
  await panelOf(page, 'As rows').getByRole('cell', { name: 'app' }).waitFor();
  await panelOf(page, 'Lines').getByText('line 8').first().waitFor();
  assert.equal(await panelOf(page, 'Lines').getByText('line 9').count(), 0);
  assert.deepEqual(await watched.violations(), []);
  await panelOf(page, 'Lines').getByRole('link', { name: 'Open in Logs' }).click();
  await page.waitForURL(/\/logs\?.*q=level:error&columns=message/);
  watched.assertClean();
});

test('followed files are listed with how far they are read and their last line', { skip: noBrowser }, async () => {
  const { page } = watched;
  await appendFile(join(folder, 'app.log'), 'INFO the very last\n');
  await page.goto(`${product.base}/settings?tab=sources`);
  const row = page.getByRole('row').filter({ hasText: 'app.log' });
  await row.getByText('At end').waitFor();
  await row.getByText('the very last').waitFor();
  await row.getByText(String(LINES + 1), { exact: true }).waitFor();
  assert.deepEqual(await watched.violations(), []);
  await row.getByRole('link').click();
  await page.waitForURL(/\/logs\?.*q=source:/);
  await page.getByRole('table', { name: 'Log lines' }).getByText('the very last').waitFor();
  watched.assertClean();
});

test('what shippers are told has a token once it is made, and it lets lines in', { skip: noBrowser }, async () => {
  const { page } = watched;
  await page.goto(`${product.base}/settings?tab=send`);
  const text = page.getByRole('region', { name: 'curl example' });
  await text.getByText('$NOCMATE_TOKEN').waitFor();
  await page.getByRole('button', { name: 'Make one' }).click();
  await page.getByText('stands in the texts now').waitFor();
  const [, token = ''] = /Bearer (nocmate_[\w-]+)/.exec((await text.textContent()) ?? '') ?? [];
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' };
  const sent = await fetch(`${product.base}/api/ingest/logs`, {
    method: 'POST',
    headers,
    body: '{"message":"shipped"}',
  });
  assert.equal(sent.status, 200, await sent.text());
  await page.getByRole('button', { name: 'rsyslog' }).click();
  const { port } = await product.listener('syslog/tcp');
  await page.getByText(`port="${port}"`).waitFor();
  assert.deepEqual(await watched.violations(), []);
  watched.assertClean();
});

function searchOf(url: string, ...names: readonly string[]): (string | null)[] {
  const { searchParams } = new URL(url);
  return names.map((name) => searchParams.get(name));
}
