import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openStore } from '#query/metrics/testing/open-store.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { createLogSearch, type LogSearch, type PatternNames } from './index.ts';
import { insertLogs, logRecord } from './testing/log-store.ts';

const NOW = Math.floor(Date.now() / 60_000) * 60_000;
const RANGE = { from: NOW - 60_000, to: NOW };
const [A, B, OLD, C] = ['a000000000000001', 'ffffffffffffffff', '0000000000000007', 'c00000000000000c'];
/** Pattern and age in seconds of each line; '0': it has none. */
const LINES: readonly (readonly [pattern: string, seconds: number])[] = [
  [A, 1],
  [A, 1],
  [A, 59],
  [OLD, 30],
  [B, 30],
  [B, 90],
  [B, 119],
  [C, 70],
  ['0', 10],
  [A, 300],
];
/** OLD has become a part of A. */
const names: PatternNames = {
  idsOf: (text) => ({ [A]: [A, OLD], [B]: [B], mine: [B, C] })[text] ?? [],
  merged: () => new Map([[OLD, A]]),
};

let opened: { store: TelemetryStore; close: () => Promise<void> };
let logs: LogSearch;
let plain: LogSearch;

before(async () => {
  opened = await openStore();
  const parts = { store: opened.store, clock: { now: () => NOW } };
  logs = createLogSearch({ ...parts, patterns: names });
  plain = createLogSearch(parts);
  await insertLogs(
    opened.store,
    LINES.map(([pattern, seconds]) => logRecord({ t: NOW - seconds * 1_000, body: `age ${seconds}`, pattern })),
  );
});
after(() => opened.close());

test('counts of a range, of the time before it, and their trend', async () => {
  const { counts, stats } = await logs.patterns({ ...RANGE, query: '', points: 6 });
  const byId = counts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const found = byId.map(({ id, count, before: earlier, trend }) => [id, count, earlier, trend.join('')]);
  assert.deepEqual(found, [
    ['', 1, 0, '000001'],
    [OLD, 1, 0, '000100'],
    [A, 3, 0, '100002'],
    [C, 0, 1, '000000'],
    [B, 1, 2, '000100'],
  ]);
  assert.equal(stats.partial, false);
  const some = await logs.patterns({ ...RANGE, query: '"age 30" pattern:*', points: 1 });
  assert.deepEqual(some.counts.map(({ id }) => id).toSorted(), [OLD, B]);
  const others = await logs.patterns({ ...RANGE, query: `-pattern:${A} pattern:(${B} OR mine)`, points: 1 });
  assert.deepEqual(others.counts.map(({ id }) => id).toSorted(), [C, B]);
});

/** Queries, and how many of the lines of the last minute they find. */
const FOUND: readonly (readonly [query: string, lines: number])[] = [
  [`pattern:${A}`, 4],
  [`-pattern:${A}`, 2],
  [`pattern:(${A} OR ${B})`, 5],
  ['pattern:mine', 1],
  ['-pattern:mine', 5],
  ['pattern:nothing', 0],
  ['pattern:*', 5],
  ['-pattern:*', 1],
  ['pattern:a0*', 4],
];

test('lines are found by their pattern, with what has become a part of it', async () => {
  for (const [query, lines] of FOUND) assert.equal(await logs.count({ ...RANGE, query }), lines, query);
  assert.equal(await plain.count({ ...RANGE, query: `pattern:${A}` }), 3);
  assert.equal(await plain.count({ ...RANGE, query: 'pattern:mine' }), 0);
});

test('rows tell their pattern, tables and charts group by it', async () => {
  const { rows } = await logs.search({ ...RANGE, query: 'pattern:* "age 59"', limit: 10, order: 'newest' });
  assert.deepEqual(
    rows.map(({ pattern }) => pattern),
    [A],
  );
  const byPattern = [
    [A, 4],
    ...[
      ['', 1],
      [B, 1],
    ],
  ];
  for (const query of ['* | stats count() by pattern', '* | head 100 | stats count() by pattern']) {
    const table = await logs.run({ ...RANGE, query, maxPoints: 10 });
    assert.ok(table.kind === 'table');
    assert.deepEqual(table.rows, byPattern, query);
  }
  const { values, present } = await logs.values({ ...RANGE, query: '', field: 'pattern', prefix: '', limit: 5 });
  assert.deepEqual([values, present], [[A, B].map((value, i) => ({ value, count: i === 0 ? 4 : 1 })), 5]);
});
