import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { FoundProposal, StoredTarget } from '#core/api/collectors.ts';
import type { CollectorStatus } from '#core/api/status.ts';
import { noNginx, STATUS_PATH, startNginx } from '../peers/nginx.ts';
import { noRedis, startRedis } from '../peers/redis.ts';
import { Product } from '../product/product.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const SECRET = 'Tr0ub4dor-and-3-nobody-writes-this';

type Vector = { readonly data: { readonly result: readonly { readonly value: readonly [number, string] }[] } };

/** Values that a PromQL query has now. */
async function query(product: Product, text: string): Promise<number[]> {
  const { data } = await product.json<Vector>(`/api/v1/query?query=${encodeURIComponent(text)}`);
  return data.result.map(({ value }) => Number(value[1]));
}

async function statusOf(product: Product, target: string): Promise<CollectorStatus | undefined> {
  const statuses = await product.json<CollectorStatus[]>('/api/collectors');
  return statuses.find((one) => one.target === target);
}

const isUp = async (product: Product, target: string): Promise<boolean> =>
  (await statusOf(product, target))?.up === true;

/** Files below a folder that hold a text. */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    // Files of the engines come and go.
    const bytes = entry.isFile() ? await readFile(path).catch(() => Buffer.alloc(0)) : Buffer.alloc(0);
    if (bytes.includes(text)) found.push(path);
  }
  return found;
}

test('servers of this host are found, collected and drawn with no configuration; a stop is seen, and the end of what stops', {
  skip: noRedis || noNginx,
}, async (t) => {
  const [redis, locked, nginx] = [await startRedis(), await startRedis(['--requirepass', SECRET]), await startNginx()];
  for (const peer of [redis, locked, nginx]) t.after(() => peer.remove());
  const product = await Product.start({ env: { NOCMATE_DISCOVER: 'auto' } });
  t.after(() => product.remove());
  await product.until(async () => (await isUp(product, redis.address)) && isUp(product, nginx.address));
  await product.until(async () => {
    const counts = await query(product, 'count(redis_uptime_seconds_total) + count(nginx_requests_total)');
    return counts.length === 1;
  });
  assert.equal((await statusOf(product, nginx.address))?.origin, 'found');
  const proposals = await product.json<FoundProposal[]>('/api/collectors/proposals');
  const offered = proposals.find(({ target }) => target === locked.address);
  assert.match(offered?.reason ?? '', /NOAUTH/);
  const path = `/api/collectors/proposals/${encodeURIComponent(offered?.id ?? '')}`;
  await product.json(path, { method: 'DELETE' });
  const left = await product.json<FoundProposal[]>('/api/collectors/proposals');
  assert.ok(!left.some(({ target }) => target === locked.address));

  const requests = `nginx_requests_total{instance=~".*:${nginx.port}"}`;
  await product.until(async () => (await query(product, requests)).length === 1);
  await nginx.stop();
  await product.until(async () => (await statusOf(product, nginx.address))?.errorKind === 'unreachable');
  await product.until(async () => (await query(product, requests)).length === 0);
  assert.deepEqual(await query(product, `nocmate_collector_up{target="${nginx.address}"}`), [0]);
  await nginx.start();
  await product.until(() => isUp(product, nginx.address));

  await product.stop();
  await product.start();
  await product.until(() => isUp(product, redis.address));
  const stored = await product.json<StoredTarget[]>('/api/collectors/targets');
  assert.equal(stored.filter(({ origin, target }) => origin === 'found' && target === redis.address).length, 1);
});

test('targets of nocmate.yaml and of files run with kept secrets, which stand nowhere in the clear', {
  skip: noRedis || noNginx,
}, async (t) => {
  const [locked, paged, nginx] = [
    await startRedis(['--requirepass', SECRET]),
    await startRedis(['--requirepass', SECRET]),
    await startNginx(),
  ];
  for (const peer of [locked, paged, nginx]) t.after(() => peer.remove());
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-config-'));
  t.after(() => rm(folder, { recursive: true }));
  const config = join(folder, 'nocmate.yaml');
  await writeFile(
    config,
    `targets: { files: ['${folder}/*.json'] }
collectors:
  redis:
    - { address: '${locked.address}', password: 'stored:cache', interval: 1s, labels: { env: prod } }
`,
  );
  await writeFile(
    join(folder, 'web.json'),
    JSON.stringify({ nginx: [{ url: `http://${nginx.address}${STATUS_PATH}`, interval: '1s' }] }),
  );
  const product = await Product.start({ env: { NOCMATE_CONFIG: config, NOCMATE_LOG_LEVEL: 'debug' } });
  t.after(() => product.remove());
  await product.until(() => isUp(product, nginx.address));
  assert.match((await statusOf(product, locked.address))?.lastError ?? '', /no stored secret cache/);
  const env = { ...process.env, NOCMATE_CONFIG: config, NOCMATE_DATA: product.data };
  const set = execFile(process.execPath, [MAIN, 'secret', 'set', 'cache'], { env });
  set.stdin?.end(`${SECRET}\n`);
  await product.until(() => isUp(product, locked.address));
  assert.equal((await statusOf(product, nginx.address))?.origin, 'file');
  assert.equal((await statusOf(product, locked.address))?.labels['env'], 'prod');

  const body = {
    collector: 'redis',
    options: { address: paged.address },
    secrets: { password: SECRET },
    interval: '1s',
  };
  const headers = { 'content-type': 'application/json' };
  await product.json('/api/collectors/targets', { method: 'POST', headers, body: JSON.stringify(body) });
  await product.until(() => isUp(product, paged.address));
  await writeFile(join(folder, 'web.json'), '{}');
  await product.until(async () => (await statusOf(product, nginx.address)) === undefined);

  const answers = await Promise.all(
    ['collectors', 'collectors/targets', 'secrets', 'events'].map(async (path) =>
      (await product.request(`/api/${path}`)).text(),
    ),
  );
  assert.ok(!answers.join('\n').includes(SECRET));
  assert.ok(!product.output.join('\n').includes(SECRET));
  assert.deepEqual(await filesWith(product.data, SECRET), []);
  assert.deepEqual(await filesWith(product.data, Buffer.from(SECRET).toString('base64')), []);
});
