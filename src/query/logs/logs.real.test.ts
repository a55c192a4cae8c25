import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openStore } from '#query/metrics/testing/open-store.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { createLogSearch, type LogSearch } from './index.ts';
import { insertLogs, logRecord } from './testing/log-store.ts';

const HOUR = 3_600_000;
const NOW = Math.floor(Date.now() / HOUR) * HOUR;
const FROM = NOW - 48 * HOUR;
const RANGE = { from: FROM, to: NOW };
const COUNT = 2_000;

let opened: { store: TelemetryStore; close: () => Promise<void> };
let logs: LogSearch;

/** Line i of 2000: two of them share each time, they get denser towards now. */
const timeOf = (i: number): number => NOW - 1 - ((COUNT - 1 - (i - (i % 2))) / COUNT) ** 3 * 47 * HOUR;

before(async () => {
  opened = await openStore();
  logs = createLogSearch({ store: opened.store, clock: { now: () => NOW } });
  const records = Array.from({ length: COUNT }, (_, i) =>
    logRecord({
      t: Math.round(timeOf(i)),
      host: `web-${i % 3}`,
      service: i % 2 === 0 ? 'shop' : 'auth',
      severity: i % 10 === 0 ? 17 : 9,
      body: i === 7 ? 'needle in the hay' : `user=u${i % 5} took ${i % 4}ms common line ${i}`,
      attributes: ['status', String(200 + (i % 3) * 100), 'took', String(i % 100), 'n', String(i)],
      resource: i % 4 === 0 ? ['region', 'eu'] : [],
    }),
  );
  await insertLogs(opened.store, records);
});
after(() => opened.close());

const page = { limit: 100, order: 'newest' as const };
const numbersOf = (rows: readonly { attributes: Readonly<Record<string, string>> }[]): number[] =>
  rows.map(({ attributes }) => Number(attributes['n']));

for (const order of ['newest', 'oldest'] as const) {
  test(`pages in the order ${order} hold every row once`, async () => {
    const found: number[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const answer = await logs.search({
        ...{ ...RANGE, query: 'common', limit: 333, order },
        ...(cursor === undefined ? {} : { cursor }),
      });
      found.push(...numbersOf(answer.rows));
      cursor = answer.cursor;
      pages++;
    } while (cursor !== undefined);
    assert.equal(pages, Math.ceil((COUNT - 1) / 333));
    const expected = Array.from({ length: COUNT }, (_, i) => i).filter((i) => i !== 7);
    assert.deepEqual(found, order === 'newest' ? expected.toReversed() : expected);
  });
}

test('a page of what is common reads less than everything, one of what is rare finds it', async () => {
  const common = await logs.search({ ...RANGE, ...page, query: 'common', limit: 10 });
  assert.equal(common.rows.length, 10);
  assert.ok(common.stats.rowsRead < COUNT, `${common.stats.rowsRead} rows read`);
  const rare = await logs.search({ ...RANGE, ...page, query: 'needle' });
  assert.deepEqual(numbersOf(rare.rows), [7]);
  assert.equal(rare.cursor, undefined);
  assert.deepEqual(rare.rows[0]?.body, 'needle in the hay');
});

test('counts over time by level and by field agree with what is there', async () => {
  const byLevel = await logs.histogram({ ...RANGE, query: '', buckets: 48, by: 'level', limit: 10 });
  assert.equal(byLevel.total, COUNT);
  assert.deepEqual(
    byLevel.series.map(({ value, total }) => [value, total]),
    [
      ['info', 1800],
      ['error', 200],
    ],
  );
  for (const { total, counts } of byLevel.series)
    assert.equal(
      counts.reduce((a, b) => a + b),
      total,
    );
  const byHost = await logs.histogram({ ...RANGE, query: 'status:200', buckets: 10, by: 'n', limit: 2 });
  assert.deepEqual(
    byHost.series.map(({ value, total }) => [value, total]),
    [
      ['0', 1],
      ['1002', 1],
      ['other', 665],
    ],
  );
});

test('fields have coverage and type, values their counts', async () => {
  const { fields, sampled } = await logs.fields({ ...RANGE, query: '', sample: 1_000 });
  assert.equal(sampled, 1_000);
  const byName = new Map(fields.map((field) => [field.name, field]));
  assert.deepEqual([byName.get('region')?.coverage, byName.get('region')?.type], [25, 'text']);
  assert.deepEqual([byName.get('took')?.coverage, byName.get('took')?.type], [100, 'number']);
  assert.equal(fields[0]?.name, '@timestamp');
  const values = await logs.values({ ...RANGE, query: 'service:shop', field: 'region', prefix: '', limit: 5 });
  assert.deepEqual(values.values, [{ value: 'eu', count: 500 }]);
  assert.deepEqual([values.total, values.present, values.distinct], [1_000, 500, 1]);
  const prefixed = await logs.values({ ...RANGE, query: '', field: 'host', prefix: 'web-', limit: 2 });
  assert.deepEqual(prefixed.values, [
    { value: 'web-0', count: 667 },
    { value: 'web-1', count: 667 },
  ]);
});

test('the context of a row is what its host wrote around it', async () => {
  const found = await logs.search({ ...RANGE, ...page, query: 'n:300' });
  const id = found.rows[0]?.id ?? '';
  const { before: earlier, after: later } = await logs.context({ id, host: 'web-0', before: 2, after: 3 });
  assert.deepEqual(numbersOf(earlier), [294, 297]);
  assert.deepEqual(numbersOf(later), [303, 306, 309]);
});

const table = async (query: string): Promise<unknown> => {
  const answer = await logs.run({ ...RANGE, query, maxPoints: 100 });
  assert.equal(answer.kind, 'table');
  return { columns: answer.columns.map(({ name }) => name), rows: answer.rows };
};

test('pipes make tables', async () => {
  assert.deepEqual(await table('level:error | stats count() by service, host | sort service, host'), {
    columns: ['service', 'host', 'count'],
    rows: [
      ['shop', 'web-0', 67],
      ['shop', 'web-1', 67],
      ['shop', 'web-2', 66],
    ],
  });
  assert.deepEqual(await table('* | stats avg(took), min(took), max(took), dc(host), sum(nothing)'), {
    columns: ['avg(took)', 'min(took)', 'max(took)', 'dc(host)', 'sum(nothing)'],
    rows: [[49.5, 0, 99, 3, null]],
  });
  assert.deepEqual(await table('* | top 2 status'), {
    columns: ['status', 'count', 'percent'],
    rows: [
      ['200', 667, 33.35],
      ['300', 667, 33.35],
    ],
  });
  assert.deepEqual(await table('* | stats count() as n by host | where n > 666 | stats sum(n), count()'), {
    columns: ['sum(n)', 'count'],
    rows: [[1334, 2]],
  });
  assert.deepEqual(
    await table(
      'common | parse "user=<user> took <ms>ms" | where ms >= 3 | stats count(), max(ms) by user | sort user | head 2',
    ),
    {
      columns: ['user', 'count', 'max(ms)'],
      rows: [
        ['u0', 100, 3],
        ['u1', 100, 3],
      ],
    },
  );
  assert.deepEqual(await table('* | dedup host | fields host, n | sort host'), {
    columns: ['host', 'n'],
    rows: [
      ['web-0', '1998'],
      ['web-1', '1999'],
      ['web-2', '1997'],
    ],
  });
  assert.deepEqual(await table('* | head 100 | rare 1 level'), {
    columns: ['level', 'count', 'percent'],
    rows: [['error', 10, 10]],
  });
});

test('percentiles are close', async () => {
  const { rows } = (await table('* | stats p50(took), p95(took)')) as { rows: number[][] };
  for (const [i, exact] of [49.5, 94.05].entries()) assert.ok(Math.abs((rows[0]?.[i] ?? 0) - exact) < 1, String(rows));
});

test('a time chart holds every row in its bucket, a rate is per second', async () => {
  const chart = await logs.run({ ...RANGE, query: '* | timechart span=1h count() by service', maxPoints: 100 });
  assert.ok(chart.kind === 'chart');
  assert.deepEqual([chart.start, chart.step, chart.points], [FROM, HOUR, 48]);
  assert.deepEqual(
    chart.series.map(({ labels }) => labels['service']),
    ['auth', 'shop'],
  );
  for (const { values } of chart.series)
    assert.equal(
      values.reduce((a, b) => a + b),
      COUNT / 2,
    );
  const rate = await logs.run({ ...RANGE, query: '* | rate span=1d', maxPoints: 100 });
  assert.ok(rate.kind === 'chart');
  assert.equal(Math.round((rate.series[0]?.values.reduce((a, b) => a + b) ?? 0) * 86_400), COUNT);
});

test('wrong columns and pipes out of place are refused by name', async () => {
  const refused = (query: string, message: RegExp) =>
    assert.rejects(logs.run({ ...RANGE, query, maxPoints: 9 }), message);
  await refused('* | stats count() by host | sort hots', /no column 'hots': do you mean 'host'/);
  await refused('* | timechart count() | head 5', /must be the last/);
  await refused('* | stats count() | parse "<a>"', /works on log lines/);
});

test('an export has every row in pages, and stops when it is told to', async () => {
  const all: number[] = [];
  for await (const rows of logs.pages({ ...RANGE, query: '', order: 'oldest', limit: 1_500 }))
    all.push(...numbersOf(rows));
  assert.deepEqual(
    all,
    Array.from({ length: 1_500 }, (_, i) => i),
  );
  assert.equal(await logs.count({ ...RANGE, query: 'host:web-0' }), 667);
  const stopped = logs.search({ ...RANGE, ...page, query: '' }, AbortSignal.abort());
  await assert.rejects(stopped, { code: 'cancelled' });
});
