import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { test } from 'node:test';
import type { StoredLogRules } from '#core/api/log-rule-api.ts';
import { useBench } from './bench.ts';
import { noBrowser, WatchedPage } from './browser.ts';
import { signIn } from './session.ts';

const LIMIT = { skip: noBrowser, timeout: 180_000 };
const PAGE = '/settings?tab=parsing';
/** As a program writes the time: what is far from now is not taken. */
const NOW = new Date().toISOString().slice(0, 19).replace('T', ' ');
const LINE = `${NOW} order=AB12 for bob took 12ms, card 4111 1111 1111 1111`;
const DAY_MS = 86_400_000;

const bench = useBench();

async function send(service: string, ...bodies: readonly string[]): Promise<void> {
  const { host, port } = await bench.product.listener('syslog/udp');
  const socket = createSocket('udp4');
  const head = `<14>1 ${new Date().toISOString()} web-1 ${service} 7 - - `;
  bodies.slice(0, -1).forEach((body) => socket.send(head + body, port, host));
  socket.send(`${head}${bodies.at(-1) ?? ''}`, port, host, () => socket.close());
  await once(socket, 'close');
}

async function rows(query: string): Promise<{ body: string; attributes: Record<string, string> }[]> {
  const range = { from: Date.now() - DAY_MS, to: Date.now() + DAY_MS };
  const answer = await bench.product.json<{ rows: { body: string; attributes: Record<string, string> }[] }>(
    '/api/logs/search',
    {
      method: 'POST',
      body: JSON.stringify({ query, ...range }),
      headers: { 'content-type': 'application/json' },
    },
  );
  return answer.rows;
}

test('a rule is made of a pasted line, tried, saved, and the next line is found by its field', LIMIT, async () => {
  const { product, watched } = bench;
  const { page } = watched;
  await page.goto(product.base + PAGE);
  await page.getByText('No rules yet').waitFor();
  assert.deepEqual(await watched.violations(), []);
  await watched.shoot('parsing-empty');
  await page.getByLabel('Try the rules on').selectOption('pasted');
  await page.getByLabel('Lines as they are sent').fill(LINE);
  await page.getByText('No rule takes this line.').waitFor();
  await page.getByRole('button', { name: 'Suggest a pattern' }).click();
  await page.getByRole('button', { name: 'Add as grok step' }).click();
  const line = page.getByRole('list', { name: 'Tried lines' }).getByRole('listitem').first();
  const grok = line.getByRole('region', { name: /grok$/ });
  await grok.getByText('AB12', { exact: true }).waitFor();
  const rule = page.getByRole('region', { name: 'Rule 1', exact: true });
  await rule.getByLabel('Name', { exact: true }).fill('orders');
  await rule.getByLabel('Service', { exact: true }).fill('shop');
  await page.getByText('No rule takes this line.').waitFor();
  await page.getByLabel('Sent for service').fill('shop');
  await grok.waitFor();
  await page.getByLabel('Add a step').selectOption('mask');
  const mask = line.getByRole('region', { name: /mask$/ });
  await mask.getByText('4111 1111 1111 1111').first().waitFor();
  await page.getByText('takes 1 of the samples').waitFor();
  assert.deepEqual(await watched.violations(), []);
  await watched.shoot('parsing-editor');
  await page.getByRole('button', { name: 'Save rules' }).click();
  await page.getByRole('button', { name: 'Save rules' }).waitFor({ state: 'detached' });
  await send('shop', LINE.replace('AB12', 'ZZ99'));
  await product.until(async () => (await rows('order:ZZ99')).length === 1);
  const [stored] = await rows('order:ZZ99');
  assert.match(stored?.body ?? '', /card \*\*\*$/);
  await page.getByText('1 matched, 0 failed, 0 dropped').waitFor();
  await page.goto(`${product.base}/logs?q=order:ZZ99&from=now-1d&to=now`);
  await page.getByText('ZZ99').first().waitFor();
  watched.assertClean();
});

test('what cannot be saved is told at its step; steps are moved, doubled and removed', LIMIT, async () => {
  const { product, watched } = bench;
  const { page } = watched;
  await page.goto(`${product.base}${PAGE}&samples=pasted&service=shop&lines=${encodeURIComponent(LINE)}`);
  await page.getByText('takes 1 of the samples').waitFor();
  await page.getByLabel('Add a step').selectOption('regex');
  const third = page.getByRole('listitem', { name: 'Step 3: regex' });
  await third.getByLabel('Pattern').fill('(?<a>x)(?=y)');
  await third.getByText(/look-arounds are not supported/).waitFor();
  assert.ok(await page.getByRole('button', { name: 'Save rules' }).isDisabled());
  await watched.shoot('parsing-fault');
  assert.deepEqual(await watched.violations(), []);
  await third.getByLabel('Pattern').fill('');
  await third.getByRole('alert').waitFor();
  await third.getByLabel('Pattern').fill('took (?<took>\\d+)');
  await third.getByText(/^ran 1;/).waitFor();
  await third.getByRole('button', { name: 'Move step 3 up' }).click();
  await page.getByRole('listitem', { name: 'Step 2: regex' }).waitFor();
  await page.getByRole('button', { name: 'Duplicate step 2' }).click();
  await page.getByRole('listitem', { name: 'Step 3: regex' }).waitFor();
  await page.getByRole('button', { name: 'Remove step 3' }).click();
  await page.getByRole('listitem', { name: 'Step 3: mask' }).waitFor();
  await page.getByRole('tab', { name: 'Storage' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Stay' }).click();
  await page.getByRole('listitem', { name: 'Step 3: mask' }).waitFor();
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('listitem', { name: 'Step 2: mask' }).waitFor();
  await page.getByLabel('Lines as they are sent').fill('order=<img src=x onerror=alert(1)>\u001b[31m\u202e');
  await page.getByText('order=<img src=x onerror=alert(1)>␛[31m[U+202E]').first().waitFor();
  watched.assertClean();
});

test('a rule is made of a row of the log, lines are dropped, and an old version is restored', LIMIT, async () => {
  const { product, watched } = bench;
  const { page } = watched;
  await send('noise', 'probe number 1 is alive');
  await product.until(async () => (await rows('service:noise')).length === 1);
  await page.goto(`${product.base}/logs?q=service:noise`);
  await page
    .getByRole('button', { name: /^Details/ })
    .first()
    .click();
  await page.getByRole('link', { name: 'Make a rule of this line' }).click();
  await page.getByRole('region', { name: 'Rule 2', exact: true }).waitFor();
  assert.equal(
    await page.getByRole('region', { name: 'Rule 2', exact: true }).getByLabel('Service', { exact: true }).inputValue(),
    'noise',
  );
  await page.getByLabel('Add a step').selectOption('drop');
  await page.getByText('✕ dropped').first().waitFor();
  await page.getByLabel('Try the rules on').selectOption('stored');
  await page.getByText('1 line tried, 1 dropped').waitFor();
  assert.deepEqual(await watched.violations(), []);
  await watched.shoot('parsing-drop');
  await page.getByRole('button', { name: 'Save rules' }).click();
  await page.getByRole('button', { name: 'Save rules' }).waitFor({ state: 'detached' });
  await send('noise', 'probe number 2 is alive');
  const filtered = async (): Promise<number> =>
    (await product.self()).accounts.find(({ input }) => input === 'syslog')?.rejected['filtered'] ?? 0;
  await product.until(async () => (await filtered()) === 1);
  await page.getByRole('button', { name: 'Versions' }).click();
  await watched.shoot('parsing-versions');
  await page.getByRole('button', { name: 'Restore version 1' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const { version, rules } = await product.json<StoredLogRules>('/api/log-rules');
  assert.deepEqual([version, rules.rules.length], [3, 1]);
  assert.equal((await rows('service:noise')).length, 1);
  watched.assertClean();
});

test('the page is whole in the light and on a narrow screen', LIMIT, async () => {
  const { product, browser } = bench;
  const narrow = await WatchedPage.open(browser, { width: 390, height: 844, theme: 'light' });
  await signIn(narrow, product.base);
  await narrow.page.goto(`${product.base}${PAGE}&samples=pasted&service=shop&lines=${encodeURIComponent(LINE)}`);
  await narrow.page.getByText('takes 1 of the samples').waitFor();
  await narrow.until('document.documentElement.scrollWidth <= innerWidth');
  assert.deepEqual(await narrow.violations(), []);
  await narrow.shoot('parsing-narrow');
  narrow.assertClean();
  await narrow.context.close();
});
