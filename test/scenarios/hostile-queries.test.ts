import assert from 'node:assert/strict';
import { availableParallelism, loadavg } from 'node:os';
import { after, before, type TestContext, test } from 'node:test';
import { Product } from '#test/product/product.ts';

const SERIES = 12_000;
const BUSY = 100;
const SAMPLES = 300;
const NOW = Math.floor(Date.now() / 1000);
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const TIMEOUT = 200_000;
/** What the API thread may be late while such a query is on its way; on a machine that has more to do, more. */
const LATE_MS = 100;

let product: Product;
/** Event loop p99 of the product at work, before anything hostile. */
let idleMs = 0;

before(
  async () => {
    product = await Product.start();
    await send(Array.from({ length: SERIES }, (_, i) => `hostile.s${i} 1 ${NOW - 10}`));
    await send(Array.from({ length: 40 }, (_, i) => `deep.${'a'.repeat(26)}${i} 1 ${NOW - 10}`));
    for (let i = 0; i < BUSY; i++) {
      await send(Array.from({ length: SAMPLES }, (_, at) => `busy.s${i} ${at} ${NOW - 10 * (SAMPLES - at)}`));
    }
    await product.until(async () => (await stored('busy.%')) === BUSY * SAMPLES);
    await product.until(async () => (await stored('hostile.%')) === SERIES);
    await quiet();
    idleMs = (await product.self()).eventLoopP99Ms;
  },
  { timeout: TIMEOUT },
);
after(() => product?.remove());

async function send(lines: readonly string[]): Promise<void> {
  const response = await product.request('/api/ingest/graphite', { method: 'POST', body: lines.join('\n') });
  assert.equal(response.status, 200);
}

async function stored(pattern: string): Promise<number> {
  const [row] = await product.sql<{ n: string }>(
    `SELECT count() AS n FROM samples WHERE (family, id) IN (SELECT family, id FROM series WHERE path LIKE '${pattern}')`,
  );
  return Number(row?.n);
}

/** Resolves when the figure of the event loop tells nothing any more of what was before: it looks back 20 s at most. */
async function quiet(): Promise<void> {
  const end = (await product.self()).health.uptimeMs + 21_000;
  await product.until(async () => (await product.self()).health.uptimeMs > end);
}

const post = (path: string, fields: Record<string, string>): Promise<Response> =>
  product.request(path, { method: 'POST', headers: FORM, body: new URLSearchParams(fields) });

type Hostile = readonly [name: string, text: string, fields?: Record<string, string>];

const nested = (call: string, inner: string, levels: number): string =>
  call.repeat(levels) + inner + ')'.repeat(levels);
const joined = (part: string, times: number, between: string): string => Array(times).fill(part).join(between);

const PROMQL: readonly Hostile[] = [
  ['every series at every second', '{__name__=~"(.*)*(.+)+"}'],
  ['a long regular expression', `{__name__=~"${'(a|b|c)'.repeat(9_000)}"}`],
  ['an exploding regular expression', '{__name__=~"(((a{1,999}){1,999}){1,999})"}'],
  ['10⁹ samples', 'sum_over_time({__name__=~"busy.+"}[10d:1s])'],
  ['every second since 1970', 'up', { start: '0' }],
  ['brackets', nested('(', '1', 20_000)],
  ['calls', nested('abs(', 'up', 9_000)],
  ['signs', `${'-'.repeat(50_000)}1`],
  ['a chain', joined('up', 20_000, '+')],
  ['each with each', '{__name__=~"hostile.+"} * on() group_left() {__name__=~"busy.+"}'],
  ['many selections', joined('{__name__=~"hostile.+"}', 300, ' or ')],
];

const GRAPHITE: readonly Hostile[] = [
  ['every series', '*.*'],
  ['backtracking', 'grep(deep.*,"(?=(a+)+b)(a+)+$")'],
  ['an exploding tag expression', "seriesByTag('name=~((a{1,999}){1,999}){1,999}')"],
  ['10⁹ points', 'timeFunction("x",1)', { from: '-50y' }],
  ['seconds of a year', 'smartSummarize(busy.*,"1s","median")', { from: '-1y' }],
  ['hits of a year', 'hitcount(busy.*,"1s")', { from: '-1y' }],
  ['many walks', `group(${joined('randomWalk("x",1)', 50, ',')})`, { from: '-1y' }],
  ['brackets', nested('sumSeries(', 'busy.*', 5_000)],
  ['a long target', nested('scale(', 'busy.s1', 20_000)],
  ['the same again and again', `group(${joined('hostile.s1*', 5_000, ',')})`],
  ['many shifts', 'timeStack(busy.*,"1min",0,1000000)'],
];

const SQL: readonly Hostile[] = [
  ['a cross join', 'SELECT count() FROM samples a, samples b, samples c WHERE cos(a.v * b.v * c.v) > 2'],
  [
    'a cross join that is kept',
    'SELECT length(groupArray(concat(toString(a.v), toString(b.v)))) FROM samples a, samples b',
  ],
  ['brackets', `SELECT ${nested('(', '1', 20_000)}`],
  ['queries in queries', `SELECT * FROM ${nested('(SELECT * FROM ', 'samples', 1_500)}`],
  ['a chain', `SELECT ${joined('1', 30_000, '+')}`],
  ['10⁹ elements', 'SELECT length(range(1000000000))'],
  [
    'a query that calls itself',
    'WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT count() FROM r',
  ],
];

/** Puts each query; it must end with an error that says something. Resolves with the worst p99 that was seen. */
async function refused(list: readonly Hostile[], put: (query: Hostile) => Promise<Response>): Promise<number> {
  let worst = 0;
  for (const query of list) {
    const response = await put(query);
    const said = await response.text();
    assert.ok([400, 422, 504].includes(response.status), `${query[0]}: ${response.status} ${said.slice(0, 200)}`);
    assert.match(said, /\w+ \w+/, query[0]);
    worst = Math.max(worst, (await product.self()).eventLoopP99Ms);
  }
  return worst;
}

async function assertServes(t: TestContext, worst: number): Promise<void> {
  assert.equal((await product.health())?.status, 'ok');
  t.diagnostic(`event loop p99 at most ${worst.toFixed(0)} ms, ${idleMs.toFixed(0)} ms before`);
  const crowd = Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
  assert.ok(worst <= LATE_MS * crowd, `event loop p99 ${worst} ms, ${idleMs} ms before, load ${crowd} a processor`);
  await quiet();
}

test('hostile PromQL ends with an error, and others are served', { timeout: TIMEOUT }, async (t) => {
  const worst = await refused(PROMQL, ([, query, fields]) =>
    post('/api/v1/query_range', { query, start: `${NOW - 3600}`, end: `${NOW}`, step: '1', ...fields }),
  );
  await assertServes(t, worst);
});

test('hostile Graphite targets end with an error, and others are served', { timeout: TIMEOUT }, async (t) => {
  const worst = await refused(GRAPHITE, ([, target, fields]) =>
    post('/render', { target, from: '-1h', format: 'json', ...fields }),
  );
  await assertServes(t, worst);
});

test('hostile SQL ends with an error, and others are served', { timeout: TIMEOUT }, async (t) => {
  const worst = await refused(SQL, ([, body]) => product.request('/api/sql', { method: 'POST', body }));
  await assertServes(t, worst);
});
