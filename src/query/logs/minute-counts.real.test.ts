import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LEVELS } from '#core/log-query/fields.ts';
import { openStore } from '#query/metrics/testing/open-store.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { createLogSearch, type LogSearch } from './index.ts';
import { insertLogs, logRecord } from './testing/log-store.ts';

const MINUTE = 60_000;
const END = Math.floor(Date.now() / (60 * MINUTE)) * 60 * MINUTE;
const LINES = 20_000;
const SERVICES = ['shop', 'auth', 'mail', 'log'] as const;
const records = Array.from({ length: LINES }, (_, i) => ({
  t: END - 180 * MINUTE + i * 537,
  service: SERVICES[Math.min(i % 7, i % 5, 3)] ?? '',
  severity: ((i * 7) % 3) * 8 + 1,
  body: 'a line',
}));

let opened: { store: TelemetryStore; close: () => Promise<void> };
let logs: LogSearch;
before(async () => {
  opened = await openStore();
  logs = createLogSearch({ store: opened.store, clock: { now: () => END } });
  await insertLogs(opened.store, records.map(logRecord));
  await opened.store.command('OPTIMIZE TABLE nocmate.logs FINAL');
});
after(() => opened.close());

type Line = (typeof records)[number];
const isError = ({ severity }: Line): boolean => severity >= 17 && severity <= 20;
const FILTERS: readonly (readonly [query: string, matches: (line: Line) => boolean, fromCounts: boolean])[] = [
  ['', () => true, true],
  ['level:error', isError, true],
  ['service:shop AND NOT level:error', (line) => line.service === 'shop' && !isError(line), true],
  ['service:m* OR service:auth', ({ service }) => service === 'mail' || service === 'auth', true],
  ['line', () => true, false],
];
/** Edges within minutes, within milliseconds, and on minutes. */
const RANGES = [
  [END - 180 * MINUTE, END],
  [END - 179.3 * MINUTE + 1, END - 7_001],
  [END - 61.5 * MINUTE, END - 60 * MINUTE],
  [END - 60.4 * MINUTE, END - 60.1 * MINUTE],
] as const;

const levelOf = ({ severity }: Line): string => LEVELS[Math.floor((severity + 3) / 4)] ?? 'fatal';

test('counts of minutes and of lines are the same, whatever is asked', async () => {
  for (const [query, matches, fromCounts] of FILTERS) {
    for (const [from, to] of RANGES) {
      for (const by of ['level', 'service'] as const) {
        const answer = await logs.histogram({ query, from, to, by, buckets: 5, limit: 9 });
        const expected = new Map<string, number[]>();
        for (const line of records) {
          if (line.t < from || line.t >= to || !matches(line)) continue;
          const value = by === 'level' ? levelOf(line) : line.service;
          const counts = expected.get(value) ?? Array.from(answer.series[0]?.counts ?? [], () => 0);
          counts[Math.floor((line.t - answer.start) / answer.step)] =
            (counts[Math.floor((line.t - answer.start) / answer.step)] ?? 0) + 1;
          expected.set(value, counts);
        }
        const found = new Map(answer.series.map(({ value, counts }) => [value, counts]));
        assert.deepEqual(
          found,
          new Map([...found.keys()].map((key) => [key, expected.get(key)])),
          `${query} ${from} ${to} ${by}`,
        );
        assert.equal(found.size, expected.size);
        if (to - from > 100 * MINUTE && from % MINUTE === 0) {
          assert.equal(answer.stats.rowsRead < LINES, fromCounts, `${query}: ${answer.stats.rowsRead} rows read`);
        }
      }
    }
  }
});

test('few services are named, the others are one', async () => {
  const answer = await logs.histogram({
    query: '',
    from: END - 180 * MINUTE,
    to: END,
    by: 'service',
    buckets: 5,
    limit: 2,
  });
  const count = (name: string): number => records.filter(({ service }) => service === name).length;
  const totals = answer.series.map(({ value, total }) => [value, total]);
  assert.deepEqual(totals, [
    ['shop', count('shop')],
    ['auth', count('auth')],
    ['other', count('mail') + count('log')],
  ]);
  assert.equal(answer.total, LINES);
});
