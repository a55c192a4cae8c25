import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { LogRuleFault, LogRuleVersions, StoredLogRules, TriedLogRules } from '#core/api/log-rule-api.ts';
import type { LogSearchAnswer } from '#core/api/logs.ts';
import { writeMmdb } from '#parsing/geo/testing/write-mmdb.ts';
import { Product } from '../product/product.ts';

const GEO = { country: { iso_code: 'GB' }, city: { names: { en: 'London' } } };
const SHOP = {
  rules: [
    {
      name: 'health',
      match: { query: 'service:shop "/health"' },
      steps: [{ type: 'drop' }],
    },
    {
      name: 'orders',
      match: { service: 'shop' },
      steps: [
        { type: 'grok', patterns: ['order=%{ORDER:order.id} from %{IP:source.ip} card %{GREEDYDATA:card}'] },
        { type: 'mask', fields: ['body', 'card'], what: ['card'] },
        { type: 'geoip' },
      ],
    },
    { name: 'audit', match: { contains: 'AUDIT' }, steps: [{ type: 'route', service: 'audit', stream: 'legal' }] },
  ],
  patterns: { ORDER: '[A-Z]\\d+' },
};

let product: Product;
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nocmate-log-rules-'));
  const geo = join(folder, 'city.mmdb');
  await writeFile(geo, writeMmdb({ '81.2.69.0/24': GEO }));
  const config = join(folder, 'nocmate.yaml');
  await writeFile(config, `ingest: { geoip: ["${geo}"] }\n`);
  product = await Product.start({ env: { NOCMATE_CONFIG: config } });
});
after(async () => {
  await product?.remove();
  await rm(folder, { recursive: true });
});

function send(method: 'POST' | 'PUT', path: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return product.request(path, { method, body: JSON.stringify(body), headers });
}

async function put(rules: unknown): Promise<StoredLogRules> {
  const { version } = await product.json<StoredLogRules>('/api/log-rules');
  const answer = await send('PUT', '/api/log-rules', { version, rules });
  assert.equal(answer.status, 200, await answer.clone().text());
  return (await answer.json()) as StoredLogRules;
}

async function tried(body: object): Promise<TriedLogRules> {
  const answer = await send('POST', '/api/log-rules/try', body);
  assert.equal(answer.status, 200, await answer.clone().text());
  return (await answer.json()) as TriedLogRules;
}

async function syslog(...bodies: readonly string[]): Promise<void> {
  const { host, port } = await product.listener('syslog/udp');
  const socket = createSocket('udp4');
  for (const body of bodies) {
    socket.send(`<14>1 ${new Date().toISOString()} web-1 shop 7 - - ${body}`, port, host);
  }
  socket.send(`<14>1 ${new Date().toISOString()} web-1 last 7 - - end`, port, host, () => socket.close());
  await once(socket, 'close');
}

async function found(query: string, count: number): Promise<LogSearchAnswer['rows']> {
  let rows: LogSearchAnswer['rows'] = [];
  await product.until(async () => {
    const range = { from: Date.now() - 3_600_000, to: Date.now() + 60_000 };
    rows = ((await (await send('POST', '/api/logs/search', { query, ...range })).json()) as LogSearchAnswer).rows;
    return rows.length >= count;
  });
  assert.equal(rows.length, count);
  return rows;
}

const lines = (id: string): string[] => [
  `order=${id} from 81.2.69.9 card 4111 1111 1111 1111`,
  `GET /health ${id}`,
  `AUDIT ${id} bob opened the safe`,
];

async function assertInForce(id: string): Promise<void> {
  const dropped = async (): Promise<number> =>
    (await product.self()).accounts.find(({ input }) => input === 'syslog')?.rejected['filtered'] ?? 0;
  const before = await dropped();
  await syslog(...lines(id));
  const [order] = await found(`order.id:${id}`, 1);
  assert.equal(order?.body, `order=${id} from 81.2.69.9 card ***`);
  assert.equal(order?.attributes['card'], '***');
  assert.equal(order?.attributes['source.geo.city_name'], 'London');
  const [audit] = await found(`AUDIT ${id}`, 1);
  assert.deepEqual([audit?.service, audit?.attributes['log.stream']], ['audit', 'legal']);
  assert.equal((await dropped()) - before, 1);
  await found(`"/health" ${id}`, 0);
}

test('rules are in force when the answer is there: lines come out parsed, masked, placed, routed, or not at all', async () => {
  const saved = await put(SHOP);
  assert.deepEqual([saved.version, saved.updatedBy, saved.rules.rules.length], [1, 'test admin', 3]);
  await assertInForce('A1');
  const line = { message: 'order=H7 from 81.2.69.9 card 4111-1111-1111-1111', service: 'shop' };
  const headers = { 'content-type': 'application/x-ndjson' };
  const body = `{"create":{}}\n${JSON.stringify(line)}\n`;
  assert.equal((await product.request('/elasticsearch/_bulk', { method: 'POST', body, headers })).status, 200);
  assert.equal((await found('order.id:H7', 1))[0]?.attributes['card'], '***');
  await product.until(async () => {
    const { counts } = await product.json<StoredLogRules>('/api/log-rules');
    return counts.rules.map(({ matched, dropped }) => `${matched} ${dropped}`).join() === '1 1,3 0,1 0';
  });
  const events = await product.sql<{ message: string }>("SELECT message FROM events WHERE kind = 'rules.saved'");
  assert.match(events[0]?.message ?? '', /test admin saved version 1 of the log rules with 3 rules/);
});

test('rules survive an orderly restart, and a kill right after the answer', async () => {
  await product.stop();
  await product.start();
  await assertInForce('B2');
  const changed = { ...SHOP, patterns: { ORDER: '[A-Z]+-\\d+' } };
  await put(changed);
  await product.end('SIGKILL');
  await product.start();
  assert.equal((await product.json<StoredLogRules>('/api/log-rules')).version, 2);
  await assertInForce('C-3');
});

test('what cannot work is refused with its place and the reason; what is in force stays', async () => {
  const bad = {
    rules: [
      ...SHOP.rules,
      {
        name: 'bad',
        enabled: false,
        match: { query: 'a | stats count()' },
        steps: [
          { type: 'drop' },
          { type: 'regex', pattern: '(?<a>x)(?=y)' },
          { type: 'grok', patterns: ['%{NOPE:a}'] },
        ],
      },
    ],
    patterns: { ...SHOP.patterns, ORDER: '[A-Z]+-\\d+' },
  };
  const answer = await send('PUT', '/api/log-rules', { version: 2, rules: bad });
  assert.equal(answer.status, 400);
  const { error } = (await answer.json()) as { error: { message: string; details: { faults: LogRuleFault[] } } };
  assert.match(error.message, /rule bad: .*\(and 2 more\)/);
  assert.deepEqual(error.details.faults.map(({ rule, step }) => `${rule} ${step}`).toSorted(), [
    '3 1',
    '3 2',
    '3 undefined',
  ]);
  assert.match(
    error.details.faults.map(({ message }) => message).join(),
    /look-arounds.*no pattern is named NOPE.*pipes/,
  );
  assert.equal((await send('PUT', '/api/log-rules', { version: 1, rules: { rules: [] } })).status, 409);
  assert.equal((await send('PUT', '/api/log-rules', { version: 2, rules: { rules: [{ name: 'x' }] } })).status, 400);
  const reader = { authorization: `Bearer ${await product.token('write')}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ version: 2, rules: { rules: [] } });
  assert.equal((await product.request('/api/log-rules', { method: 'PUT', headers: reader, body })).status, 403);
  await assertInForce('D-4');
});

test('every version is kept, and an old one is restored', async () => {
  const restored = await send('POST', '/api/log-rules/restore', { version: 2, from: 1 });
  assert.equal(restored.status, 200, await restored.text());
  const { versions } = await product.json<LogRuleVersions>('/api/log-rules/versions');
  assert.deepEqual(
    versions.map(({ version, rules, enabled, restored: from }) => [version, rules, enabled, from]),
    [
      [3, 3, 3, 1],
      [2, 3, 3, undefined],
      [1, 3, 3, undefined],
    ],
  );
  const first = await product.json<StoredLogRules>('/api/log-rules/versions/1');
  assert.equal(first.rules.patterns['ORDER'], '[A-Z]\\d+');
  await assertInForce('E5');
  assert.equal((await send('POST', '/api/log-rules/restore', { version: 3, from: 9 })).status, 404);
});

test('the test bench shows pasted and stored lines step by step and changes nothing', async () => {
  const pasted = await tried({ rules: SHOP, service: 'shop', lines: lines('F6') });
  const [order, health, audit] = pasted.lines;
  assert.deepEqual(
    order?.steps.map(({ step, outcome }) => `${step} ${outcome}`),
    ['grok done', 'mask done', 'geoip done'],
  );
  assert.deepEqual(order?.steps[1]?.changes[0], {
    name: 'card',
    before: '4111 1111 1111 1111',
    after: '***',
  });
  assert.ok(order?.steps.every(({ micros }) => micros > 0));
  assert.deepEqual([health?.isDropped, pasted.dropped, audit?.after.fields['log.stream']], [true, 1, 'legal']);
  assert.equal(audit?.before.service, 'shop');
  const stored = await tried({ rules: SHOP, query: 'service:shop order' });
  const [, orders] = stored.rules;
  // C-3 and D-4 are no orders by these rules.
  assert.deepEqual([stored.total, orders?.matched, orders?.failed, orders?.steps[0]?.failed], [6, 6, 2, 2]);
  const suggested = await send('POST', '/api/log-rules/suggest', { line: 'took 12ms for user=bob' });
  assert.match(JSON.stringify(await suggested.json()), /took %\{NUMBER:number\}ms for user=%\{NOTSPACE:user\}/);
  assert.equal((await product.json<StoredLogRules>('/api/log-rules')).version, 3);
  const { patterns } = await product.json<{ patterns: { name: string }[] }>('/api/log-rules/grok');
  assert.ok(patterns.some(({ name }) => name === 'COMBINEDAPACHELOG'));
});

test('patterns made to be slow and lines of a megabyte hold up neither the API nor the intake', async (t) => {
  const slow = {
    rules: [
      { name: 'slow', match: { contains: 'evil' }, steps: [{ type: 'regex', pattern: '(?<x>(a+)+)$' }] },
      { name: 'mask', match: { contains: 'evil' }, steps: [{ type: 'mask', pattern: '(?:a.{0,30})*z|a' }] },
    ],
  };
  const evil = `evil ${'a'.repeat(60_000)}!`;
  const trial = tried({ rules: slow, lines: Array.from({ length: 40 }, () => evil) });
  const waits: number[] = [];
  const ended = new AbortController();
  const over = trial.finally(() => ended.abort());
  while (!ended.signal.aborted) {
    const start = performance.now();
    await product.health();
    waits.push(performance.now() - start);
  }
  const { isCut, total } = await over;
  assert.ok(isCut && total > 0 && total < 40, `${total}`);
  t.diagnostic(`${waits.length} other answers meanwhile, the slowest after ${Math.round(Math.max(...waits))} ms`);
  assert.ok(waits.length > 20, `${waits.length} answers meanwhile`);
  await put(slow);
  const body = JSON.stringify({ message: `evil ${'a'.repeat(2 ** 20 - 100)}!` });
  const headers = { 'content-type': 'application/x-ndjson' };
  const bulk = await product.request('/elasticsearch/_bulk', {
    method: 'POST',
    body: `{"create":{}}\n${body}\n{"create":{}}\n{"message":"evil is gone"}\n`,
    headers,
  });
  assert.equal(bulk.status, 200);
  await found('"evil is gone"', 1);
  assert.equal((await product.self()).health.parts['ingest']?.state, 'up');
});
