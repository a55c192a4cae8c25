import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { LogPattern, PatternListAnswer } from '#core/api/log-patterns.ts';
import type { LogSearchAnswer } from '#core/api/logs.ts';
import { Product } from '../product/product.ts';

let product: Product;

before(async () => {
  product = await Product.start();
});
after(() => product?.remove());

const DAY = 86_400_000;
const SERVICE = 'till';
const range = (): { from: number; to: number } => ({ from: Date.now() - 3_600_000, to: Date.now() + 60_000 });

const post = <Answer>(path: string, body: object, method = 'POST'): Promise<Answer> =>
  product.json<Answer>(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Lines of the service, acknowledged. */
async function send(lines: readonly string[], t = Date.now()): Promise<void> {
  const body = lines.map((message) => JSON.stringify({ message, service: SERVICE, host: 'h', time: t })).join('\n');
  const response = await product.request('/api/ingest/logs', { method: 'POST', body });
  assert.equal(response.status, 200, await response.text());
}

const list = (query = `service:${SERVICE}`): Promise<PatternListAnswer> =>
  post('/api/log-patterns', { ...range(), query, points: 10 });
const search = (query: string): Promise<LogSearchAnswer> => post('/api/logs/search', { ...range(), query });

/** The patterns of the service, by their text, once so many lines are stored. */
async function patterns(lines: number): Promise<Map<string, LogPattern>> {
  let answer: PatternListAnswer | undefined;
  await product.until(async () => {
    answer = await list();
    return answer.total === lines;
  });
  return new Map((answer?.patterns ?? []).map((pattern) => [pattern.words.join(' '), pattern]));
}

const idOf = (found: ReadonlyMap<string, LogPattern>, text: string): string =>
  found.get(text)?.id ?? assert.fail(`no pattern '${text}' among ${[...found.keys()].join(' | ')}`);

const NAMES = ['ann', 'bob', 'eve', 'joe', 'kim', 'lea', 'tom'];
const LOGIN = 'user <*> logged in';
const PAID = 'order <*> paid';
const FAILED = 'payment of order <*> failed with status <*>';

test('lines are counted by their pattern, also those from before it became general', async () => {
  await send([
    ...NAMES.map((name) => `user ${name} logged in`),
    ...[1, 2, 3].map((n) => `order ${n} paid`),
    ...[500, 502, 500].map((status, n) => `payment of order ${n} failed with status ${status}`),
  ]);
  const found = await patterns(13);
  const counts = [...found].map(([text, { count }]) => [text, count]);
  assert.deepEqual(counts, [
    [LOGIN, 7],
    [PAID, 3],
    [FAILED, 3],
  ]);
  assert.equal(
    found.get(LOGIN)?.trend.reduce((sum, one) => sum + one, 0),
    7,
  );
  const { rows } = await search(`pattern:${idOf(found, LOGIN)}`);
  assert.deepEqual(
    rows.map(({ body }) => body.split(' ')[1]).toSorted((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1)),
    NAMES,
  );
});

test('ids and texts outlive an orderly end, and one that is none', async () => {
  const before = await patterns(13);
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    await product.end(signal);
    await product.start();
    await send(['user zoe logged in', 'order 9 paid']);
    const lines = signal === 'SIGTERM' ? 15 : 17;
    const after = await patterns(lines);
    for (const text of [LOGIN, PAID, FAILED]) assert.equal(idOf(after, text), idOf(before, text), `${signal}: ${text}`);
    assert.equal(after.size, 3);
  }
});

test('patterns are named, pinned and muted', async () => {
  const found = await patterns(17);
  await post(`/api/log-patterns/${idOf(found, PAID)}`, { name: 'Paid', pinned: true }, 'PUT');
  await post(`/api/log-patterns/${idOf(found, LOGIN)}`, { muted: true }, 'PUT');
  const [first, ...others] = (await list()).patterns;
  assert.deepEqual([first?.name, first?.isPinned, first?.words.join(' ')], ['Paid', true, PAID]);
  assert.equal(others.find(({ words }) => words.join(' ') === LOGIN)?.isMuted, true);
  assert.equal((await search('pattern:paid')).rows.length, 5);
  assert.equal((await search(`service:${SERVICE} -pattern:muted`)).rows.length, 8);
  assert.equal((await list(`service:${SERVICE} -pattern:muted`)).patterns.length, 2);
  await product.until(async () => (await list()).patterns[0]?.hasSeries === true, 30_000);
});

test('the lines of a pinned pattern are a series', async () => {
  const id = idOf(await patterns(17), PAID);
  await send(['order 10 paid', 'order 11 paid']);
  const query = `log_pattern_lines_total{service="${SERVICE}",pattern="${id}"}`;
  await product.until(async () => {
    const path = `/api/v1/query?query=${encodeURIComponent(query)}`;
    const { data } = await product.json<{ data: { result: { value: [number, string] }[] } }>(path);
    // One in this life of the process, and two now.
    return data.result[0]?.value[1] === '3';
  }, 60_000);
  const account = (await product.self()).accounts.find(({ input }) => input === 'log-patterns');
  assert.ok((account?.received ?? 0) > 0);
  assert.deepEqual([account?.rejected, account?.dropped], [{}, {}]);
});

test('patterns are merged, for the past as well, and taken apart again', async () => {
  const found = await patterns(19);
  const [paid, failed] = [idOf(found, PAID), idOf(found, FAILED)];
  await post('/api/log-patterns/merge', { ids: [failed], into: paid });
  const merged = await patterns(19);
  assert.deepEqual([merged.size, merged.get(PAID)?.count], [2, 10]);
  assert.deepEqual(merged.get(PAID)?.merged, [{ id: failed, words: FAILED.split(' ') }]);
  assert.equal((await search(`pattern:${failed}`)).rows.length, 10);
  await post('/api/log-patterns/separate', { id: failed });
  assert.equal((await patterns(19)).get(PAID)?.count, 7);
  const refused = await product.request('/api/log-patterns/separate', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: failed }),
  });
  assert.equal(refused.status, 404);
});

test('a pattern is split by a word from now on', async () => {
  const found = await patterns(19);
  const id = idOf(found, FAILED);
  const place = FAILED.split(' ').lastIndexOf('<*>');
  await post(`/api/log-patterns/${id}`, { splitAt: place }, 'PUT');
  await send([500, 502, 500].map((status, n) => `payment of order ${n} failed with status ${status}`));
  const split = await patterns(22);
  const counts = [FAILED, FAILED.replace(/<\*>$/, '500'), FAILED.replace(/<\*>$/, '502')].map(
    (text) => split.get(text)?.count,
  );
  assert.deepEqual(counts, [3, 2, 1]);
  await post(`/api/log-patterns/${id}`, { splitAt: null }, 'PUT');
  await product.until(async () => (await list()).patterns.find((one) => one.id === id)?.count === 6);
});

test('new and surging patterns are marked', async () => {
  await send(['a line of old', 'the usual noise 1'], Date.now() - 3 * DAY);
  await send(Array.from({ length: 60 }, (_, i) => `the usual noise ${i}`));
  await send(['never seen like this']);
  const found = await patterns(22 + 61);
  assert.deepEqual(found.get('never seen like this')?.marks, ['new']);
  assert.deepEqual(found.get('the usual noise <*>')?.marks, ['surging']);
});

test('a pattern that came regularly and comes no more is marked, while its service goes on', async () => {
  const t = Date.now() - 5 * 3_600_000;
  for (let i = 0; i < 20; i += 1) await send([`heartbeat of node ${i}`], t + i * 60_000);
  let found: LogPattern | undefined;
  await product.until(async () => {
    found = (await list()).patterns.find(({ words }) => words[0] === 'heartbeat');
    return found !== undefined;
  });
  assert.deepEqual([found?.count, found?.before, found?.marks], [0, 0, ['new', 'vanished']]);
  assert.ok(!(await list(`service:${SERVICE} level:error`)).patterns.some(({ words }) => words[0] === 'heartbeat'));
});

test('who only reads changes nothing', async () => {
  const headers = { authorization: `Bearer ${await product.token('read')}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ muted: true });
  const path = `${product.base}/api/log-patterns/0000000000000001`;
  assert.equal((await fetch(path, { method: 'PUT', headers, body })).status, 403);
  const listed = await fetch(`${product.base}/api/log-patterns`, {
    method: 'POST',
    headers,
    body: JSON.stringify(range()),
  });
  assert.equal(listed.status, 200);
});
