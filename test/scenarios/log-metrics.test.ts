import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { decodeFrame } from '#core/frame.ts';
import type {
  BackFill,
  LogMetricPreviewHeader,
  LogMetricStatus,
  StoredLogMetrics,
} from '#core/log-metrics/log-metrics-api.ts';
import { LogMetricRule } from '#core/log-metrics/rule.ts';
import { Product } from '#test/product/product.ts';

const STEP_MS = 5_000;
const HOUR_MS = 3_600_000;
const LIMIT = { timeout: 240_000 };
const PATIENCE_MS = 120_000;
/** Kills of the server while lines come, late ones among them; a release is tested with NOCMATE_KILLS=50. */
const KILLS = Number(process.env['NOCMATE_KILLS'] ?? 2);
const LIFE_MS = 9_000;
const RULE = LogMetricRule.parse({
  ...{ metric: 'shop', query: 'service:shop', field: 'http.response.body.bytes', functions: ['count', 'sum'] },
  ...{ stepMs: STEP_MS, settleMs: 1_000 },
  labels: [
    { name: 'host', field: 'host' },
    { name: 'status', field: 'http.response.status_code', as: 'status_class' },
  ],
});

type Line = { readonly t: number; readonly host: string; readonly status: number; readonly bytes: number };
type Matrix = { readonly result: readonly { metric: Record<string, string>; values: [number, string][] }[] };

let product: Product;
/** Every line that was acknowledged. */
const sent: Line[] = [];

before(async () => {
  product = await Product.start();
});
after(() => product?.remove());

/** Sends lines of a web server as they stand in its file; resolves when they are acknowledged. */
async function send(lines: readonly Line[]): Promise<void> {
  const documents = lines.map(({ t, host, status, bytes }) => ({
    '@timestamp': new Date(t).toISOString(),
    message: `192.0.2.1 - - [${apacheTime(t)}] "GET /a HTTP/1.1" ${status} ${bytes} "-" "curl/8"`,
    ...{ host: { name: host }, service: { name: 'shop' } },
  }));
  const answer = await product.request('/elasticsearch/web/_bulk', {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: documents.map((document) => `{"index":{}}\n${JSON.stringify(document)}\n`).join(''),
  });
  assert.match(await answer.text(), /"errors":false/);
  sent.push(...lines);
}

function apacheTime(t: number): string {
  const [, day, month, year, time] = new Date(t).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}

/** Lines of whole seconds, as servers write them, from a time on. */
const linesFrom = (t: number, count: number, host: string): Line[] =>
  Array.from({ length: count }, (_, i) => ({
    ...{ t: (Math.floor(t / 1_000) + (i % 2)) * 1_000, host, status: i % 3 === 0 ? 500 : 204, bytes: 10 + i },
  }));

const stored = (): Promise<StoredLogMetrics> => product.json('/api/log-metrics');
const post = <Answer>(path: string, body: object, method = 'POST'): Promise<Answer> =>
  product.json(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

async function save(rules: readonly LogMetricRule[]): Promise<void> {
  const { version, builtInOff } = await stored();
  await post('/api/log-metrics', { version, rules, builtInOff }, 'PUT');
}

async function statusOf(metric: string): Promise<LogMetricStatus> {
  const found = (await stored()).status.find((one) => one.metric === metric);
  assert.ok(found !== undefined, metric);
  return found;
}

/** Waits until the windows of all lines are written. */
async function untilWritten(): Promise<void> {
  const last = Math.max(...sent.map(({ t }) => t));
  await product.until(async () => (await statusOf('shop')).until > last, PATIENCE_MS);
}

const byText = (a: string, b: string): number => (a < b ? -1 : 1);

/** What the series have to say: labels, end of the window, value; windows without lines aside. */
function expected(fn: 'count' | 'sum'): string[] {
  const values = new Map<string, number>();
  for (const { t, host, status, bytes } of sent) {
    const end = (Math.floor(t / STEP_MS) + 1) * STEP_MS;
    const key = `${host} ${String(status)[0]}xx ${end / 1_000}`;
    values.set(key, (values.get(key) ?? 0) + (fn === 'count' ? 1 : bytes));
  }
  return [...values].map(([key, value]) => `${key} ${value}`).sort(byText);
}

async function written(fn: 'count' | 'sum'): Promise<string[]> {
  const search = new URLSearchParams({ query: `shop_${fn}[4h]` });
  const { data } = await product.json<{ data: Matrix }>(`/api/v1/query?${search.toString()}`);
  const rows = data.result.flatMap(({ metric, values }) =>
    values.flatMap(([t, v]) => (v === '0' ? [] : [`${metric['host']} ${metric['status']} ${t} ${v}`])),
  );
  return rows.sort(byText);
}

/** The series are exactly what was sent, once what is under way is done, and no time has two samples. */
async function verify(): Promise<void> {
  const isRight = async (): Promise<boolean> =>
    JSON.stringify([await written('count'), await written('sum')]) ===
    JSON.stringify([expected('count'), expected('sum')]);
  await product.until(isRight, PATIENCE_MS).catch(() => undefined);
  assert.deepEqual(await written('count'), expected('count'));
  assert.deepEqual(await written('sum'), expected('sum'));
  const names = "labels['__name__'] IN ('shop_count', 'shop_sum')";
  const doubled = await product.sql(
    `SELECT id, t, count() AS n FROM samples WHERE id IN (SELECT id FROM series WHERE ${names}) GROUP BY id, t HAVING n > 1`,
  );
  assert.deepEqual(doubled, []);
}

test('series of access lines are exactly what was sent, whatever comes late, and over a kill', LIMIT, async () => {
  await save([RULE]);
  await send(linesFrom(Date.now(), 20, 'web-1'));
  await untilWritten();
  await verify();
  const first = Math.min(...sent.map(({ t }) => t));
  await send([...linesFrom(first, 4, 'web-1'), ...linesFrom(first, 3, 'late')]);
  await verify();
  assert.ok((await statusOf('shop')).corrected > 0);
  await send([...linesFrom(first, 5, 'later'), ...linesFrom(Date.now(), 7, 'web-2')]);
  await product.end('SIGKILL');
  await product.start();
  await send(linesFrom(Date.now(), 6, 'web-1'));
  await untilWritten();
  await verify();
});

test('a restart in order makes up for its time; lines that came right before it count', LIMIT, async () => {
  await send([...linesFrom(Date.now(), 5, 'web-1'), ...linesFrom(sent.at(-1)?.t ?? 0, 2, 'web-1')]);
  await product.stop();
  await product.start();
  await send(linesFrom(Date.now(), 3, 'web-2'));
  await untilWritten();
  await verify();
  const { missed, error } = await statusOf('shop');
  assert.deepEqual([missed, error], [0, '']);
});

test(`killed ${KILLS} times wherever it is, also while it corrects: every window is exact`, async (t) => {
  for (let i = 0; i < KILLS; i += 1) {
    const now = Date.now();
    // Before the first line there was no rule: nobody counts what is older.
    const late = Math.max(now - 6 * STEP_MS, Math.min(...sent.map(({ t }) => t)));
    await send([...linesFrom(now, 4, 'web-1'), ...linesFrom(late, 3, `late-${i}`)]);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * LIFE_MS));
    await send(linesFrom(now - 3 * STEP_MS, 2, 'web-1'));
    await product.end('SIGKILL');
    await product.start();
  }
  await untilWritten();
  await verify();
  t.diagnostic(`${sent.length} lines, ${(await statusOf('shop')).corrected} windows corrected since the last start`);
});

test('what was before the rule is shown by a preview and written by a back-fill, over a kill', LIMIT, async () => {
  const past = Date.now() - HOUR_MS;
  const before = linesFrom(past, 50, 'past');
  await send(before);
  await product.until(async () => {
    const [row] = await product.sql<{ n: number }>("SELECT count() AS n FROM logs WHERE host = 'past'");
    return Number(row?.n) === before.length;
  });
  const range = { from: past - HOUR_MS, to: Date.now() - HOUR_MS / 2 };
  const answer = await product.request('/api/log-metrics/preview', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rule: { ...RULE, functions: ['count'], limit: 50 }, ...range }),
  });
  assert.equal(answer.status, 200);
  const { header, columns } = decodeFrame<LogMetricPreviewHeader>(await answer.arrayBuffer());
  const { lines, series, labelSets, refused } = header.preview;
  assert.deepEqual({ lines, series, labelSets, refused }, { lines: 50, series: 2, labelSets: 2, refused: 0 });
  const total = columns.flatMap((column) => [...column]).reduce((sum, v) => sum + (Number.isNaN(v) ? 0 : v), 0);
  assert.equal(total, 50);
  const { id } = await post<BackFill>('/api/log-metrics/back-fills', { metric: 'shop', ...range });
  await product.end('SIGKILL');
  await product.start();
  const fill = async () => (await stored()).backFills.find((one) => one.id === id);
  await product.until(async () => (await fill())?.state === 'done', PATIENCE_MS);
  await verify();
  const again = await post<BackFill>('/api/log-metrics/back-fills', { metric: 'shop', ...range });
  const cancelled = await post<BackFill>(`/api/log-metrics/back-fills/${again.id}`, {}, 'DELETE').catch(() => fill());
  assert.ok(cancelled?.state === 'cancelled' || cancelled?.state === 'done');
  await verify();
});

test(
  'a field with no end of values costs no more series than the limit; built-in rules can be off',
  LIMIT,
  async () => {
    const many = LogMetricRule.parse({
      ...{ metric: 'many', query: 'service:shop', stepMs: 1_000, settleMs: 1_000, limit: 2 },
      labels: [{ name: 'host', field: 'host' }],
    });
    await save([RULE, many]);
    await send(['a', 'b', 'c', 'd'].flatMap((host) => linesFrom(Date.now(), 2, host)));
    await product.until(async () => (await statusOf('many')).refused > 0, PATIENCE_MS);
    assert.equal((await statusOf('many')).labelSets, 2);
    const { version, rules, builtIn } = await stored();
    assert.ok((await stored()).status.some(({ metric }) => metric === 'web_access_requests'));
    const builtInOff = builtIn.map(({ metric }) => metric);
    const off = await post<StoredLogMetrics>('/api/log-metrics', { version, rules, builtInOff }, 'PUT');
    assert.deepEqual(
      off.status.map(({ metric }) => metric),
      ['shop', 'many'],
    );
    const wrong = { version: off.version, builtInOff, rules: [{ ...many, query: 'a | stats count()' }] };
    await assert.rejects(post('/api/log-metrics', wrong, 'PUT'), /400.*many: 'stats' makes no lines/s);
  },
);

test('rollups hold every sample once, also where windows were corrected', LIMIT, async (t) => {
  await save([]);
  const ids = "SELECT id FROM series WHERE labels['__name__'] IN ('shop_count', 'shop_sum')";
  const total = async (what: string, table: string): Promise<string> => {
    const [row] = await product.sql<{ n: number | string }>(
      `SELECT toString(${what}) AS n FROM ${table} WHERE id IN (${ids})`,
    );
    return String(row?.n);
  };
  const raw = async (): Promise<string> => `${await total('count()', 'samples')} ${await total('sum(v)', 'samples')}`;
  const rolled = async (table: string): Promise<string> =>
    `${await total('sum(vcnt)', table)} ${await total('sum(vsum)', table)}`;
  for (const table of ['samples_5m', 'samples_1h']) {
    await product.until(async () => (await rolled(table)) === (await raw()), PATIENCE_MS).catch(() => undefined);
    assert.equal(await rolled(table), await raw(), table);
  }
  t.diagnostic(`samples and their sum: ${await raw()}`);
});
