import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openStore } from '#query/metrics/testing/open-store.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { checkWindowQuery, createLogSearch, type LogSearch, type WindowQuestion } from './index.ts';
import { insertLogs, logRecord } from './testing/log-store.ts';

const MINUTE = 60_000;
const T = Math.floor(Date.now() / MINUTE) * MINUTE - 60 * MINUTE;
const QUESTION: WindowQuestion = {
  ...{ query: 'service:shop', from: T, to: T + 3 * MINUTE, step: MINUTE, limit: 100 },
  labels: [
    { field: 'host', as: 'text' },
    { field: 'status', as: 'status_class' },
  ],
  numbers: [
    { field: '', unit: 'number', functions: ['count'] },
    { field: 'took', unit: 'duration', functions: ['count', 'sum', 'avg', { quantile: 0.5 }, { quantile: 0.9 }] },
  ],
};

let opened: { store: TelemetryStore; close: () => Promise<void> };
let logs: LogSearch;

before(async () => {
  opened = await openStore();
  logs = createLogSearch({ store: opened.store, clock: { now: () => T } });
  const line = (t: number, host: string, status: string, took: string) =>
    logRecord({ t, host, service: 'shop', attributes: ['status', status, ...(took === '' ? [] : ['took', took])] });
  await insertLogs(opened.store, [
    line(T - 1, 'a', '200', '9s'),
    ...[10, 20, 30, 40].map((ms, i) => line(T + i, 'a', '200', `${ms}ms`)),
    line(T + 5, 'a', '204', '0.05'),
    line(T + 6, 'a', '404', ''),
    line(T + MINUTE - 1, 'b\u001f\nx', 'odd', '1s'),
    line(T + 2 * MINUTE, 'a', '200', 'never'),
    line(T + 3 * MINUTE, 'a', '200', '9s'),
    logRecord({ t: T + 1, service: 'other' }),
  ]);
});
after(() => opened.close());

const rounded = (list: readonly (number | null)[]) => list.map((v) => (v === null ? v : Number(v.toPrecision(12))));

test('windows are [from, to) and exact, by labels; the most lines come first', async () => {
  const { rows } = await logs.windows(QUESTION);
  assert.deepEqual(
    rows.map(({ end, labels, lines, sets, values }) => [(end - T) / MINUTE, labels, lines, sets, values.map(rounded)]),
    [
      [1, ['a', '2xx'], 5, 3, [[5], [5, 0.15, 0.03, 0.03, 0.046]]],
      [1, ['a', '4xx'], 1, 3, [[1], [0, null, null, null, null]]],
      [1, ['b  x', ''], 1, 3, [[1], [1, 1, 1, 1, 1]]],
      [3, ['a', '2xx'], 1, 1, [[1], [0, null, null, null, null]]],
    ],
  );
});

test('beyond the limit of a window the sets of the fewest lines are left out and told', async () => {
  const { rows } = await logs.windows({ ...QUESTION, limit: 1 });
  assert.deepEqual(
    rows.map(({ labels, sets }) => [labels[1], sets]),
    [
      ['2xx', 3],
      ['2xx', 1],
    ],
  );
});

test('sets that are known go before those of more lines', async () => {
  const labels = [{ field: 'host', as: 'text' }] as const;
  const question = { ...QUESTION, labels, limit: 1 };
  const hosts = async (known: readonly string[]) =>
    (await logs.windows({ ...question, known: known.map((host) => [host]) })).rows.map((row) => row.labels[0]);
  assert.deepEqual(await hosts([]), ['a', 'a']);
  assert.deepEqual(await hosts(["it's", 'b  x']), ['b  x', 'a']);
  const sets = await logs.windows({ ...QUESTION, limit: 1, known: [['a', '4xx']] });
  assert.deepEqual(sets.rows[0]?.labels, ['a', '4xx']);
});

test('without labels and with pipes that leave lines', async () => {
  const query = 'service:shop | where status:2* | parse from took "<n>ms"';
  const numbers = [{ field: 'n', unit: 'number', functions: ['max'] }] as const;
  const { rows } = await logs.windows({ ...QUESTION, query, labels: [], numbers });
  assert.deepEqual(
    rows.map(({ lines, values }) => [lines, values]),
    [
      [5, [[40]]],
      [1, [[null]]],
    ],
  );
});

test('what makes a table of lines is refused', async () => {
  for (const pipe of ['stats count()', 'head 3', 'dedup host', 'timechart']) {
    assert.throws(() => checkWindowQuery(`a | ${pipe}`), { code: 'bad_query' }, pipe);
    await assert.rejects(logs.windows({ ...QUESTION, query: `a | ${pipe}` }), { code: 'bad_query' });
  }
  checkWindowQuery('a | where b > 3');
});
