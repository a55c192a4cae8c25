import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { collectorBench } from '#test/peers/collector-bench.ts';
import { noNginx, STATUS_PATH, startNginx } from '#test/peers/nginx.ts';
import nginx from './index.ts';

const SKIP = { skip: noNginx };

test('values agree with a known load', SKIP, async (t) => {
  const peer = await startNginx();
  t.after(() => peer.remove());
  const bench = collectorBench(nginx, { url: `http://${peer.address}${STATUS_PATH}` });
  t.after(() => bench.close());
  const first = await bench.collect();
  for (let i = 0; i < 7; i++) await fetch(`http://${peer.address}/`, { headers: { connection: 'close' } });
  const second = await bench.collect();
  const grown = (metric: string): number =>
    (bench.valueOf(second, metric) ?? Number.NaN) - (bench.valueOf(first, metric) ?? 0);
  assert.equal(grown('nginx_requests_total'), 8, 'seven, and the question itself');
  assert.equal(grown('nginx_connections_accepted_total'), 7, 'the collector keeps its own connection');
  assert.equal(grown('nginx_connections_handled_total'), 7);
  assert.ok((bench.valueOf(second, 'nginx_connections_current', { state: 'active' }) ?? 0) >= 1);
});

test('another page is a typed error, and so is a page that is not there', SKIP, async (t) => {
  const peer = await startNginx();
  t.after(() => peer.remove());
  for (const [path, kind] of [
    ['/', 'protocol'],
    [`${STATUS_PATH}/x`, 'protocol'],
  ] as const) {
    const bench = collectorBench(nginx, { url: `http://${peer.address}${path}` });
    t.after(() => bench.close());
    await assert.rejects(bench.collect(), { kind }, path);
  }
});

test('a login is sent as it is asked for; a wrong one is refused', SKIP, async (t) => {
  const peer = await startNginx('auth_basic "status"; auth_basic_user_file users;');
  t.after(() => peer.remove());
  await writeFile(join(peer.folder, 'users'), 'ops:{PLAIN}right horse\n');
  const collectWith = async (secret: string): Promise<number | undefined> => {
    const options = { url: `http://${peer.address}${STATUS_PATH}`, username: 'ops', password: 'env:P' };
    const bench = collectorBench(nginx, options, { 'env:P': secret });
    t.after(() => bench.close());
    return bench.valueOf(await bench.collect(), 'nginx_requests_total');
  };
  assert.equal(await collectWith('right horse'), 1);
  await assert.rejects(collectWith('wrong horse'), { kind: 'auth' });
});
