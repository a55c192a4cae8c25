import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '#core/errors.ts';
import { systemClock } from '#io/clock.ts';
import type { Catalogue } from './catalogue.ts';
import { queryRange } from './range.ts';
import { planRange, SCHEMA_RETENTION } from './resolution.ts';
import type { CatalogueSeries } from './selection.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = 1_800_000_000_000;

test('the table follows from step and age', () => {
  const plan = (from: number, to: number, maxPoints: number) =>
    planRange({ from: NOW - from, to: NOW - to, maxPoints }, NOW, SCHEMA_RETENTION);
  assert.deepEqual(plan(HOUR, 0, 600), { resolution: 'raw', step: 10_000 });
  assert.deepEqual(plan(DAY, 0, 600), { resolution: '5m', step: 300_000 });
  assert.deepEqual(plan(30 * DAY, 0, 300), { resolution: '1h', step: 3 * HOUR });
  assert.deepEqual(plan(20 * DAY, 20 * DAY - HOUR, 600), { resolution: '5m', step: 300_000 });
  assert.deepEqual(plan(200 * DAY, 200 * DAY - HOUR, 600), { resolution: '1h', step: HOUR });
});

const series = (count: number): CatalogueSeries[] =>
  Array.from({ length: count }, (_, i) => ({ id: BigInt(i + 1), family: 1, labels: {}, unit: '', type: 0 }));

/** The range part over an engine whose answers to samples are given; statements are recorded. */
function over(count: number, refuse: RegExp): { ask: (maxPoints: number) => Promise<string>; statements: string[] } {
  const statements: string[] = [];
  const store = {
    columns: (sql: string) => {
      statements.push(sql);
      return refuse.test(sql) ? Promise.reject(new AppError('limit_rows', 'too many')) : Promise.resolve([]);
    },
  };
  const parts = {
    store: store as unknown as Parameters<typeof queryRange>[0]['store'],
    catalogue: {
      selectSome: () => Promise.resolve({ series: series(count), truncated: false }),
    } as unknown as Catalogue,
    clock: { ...systemClock, now: () => NOW },
    retention: SCHEMA_RETENTION,
    completeUntil: () => NOW - 600_000,
  };
  const query = { matchers: [{ label: 'a', op: '=' as const, value: 'b' }], fn: 'raw' as const };
  const ask = async (maxPoints: number): Promise<string> =>
    (await queryRange(parts, { query, from: NOW - HOUR, to: NOW, maxPoints, limit: 5000 })).header.resolution;
  return { ask, statements };
}

test('too many rows of one table lead to the next coarser one', async () => {
  assert.equal(await over(1, /^never/).ask(600), 'raw');
  const raw = over(1, /SELECT id, toFloat64\(toUnixTimestamp64Milli/);
  assert.equal(await raw.ask(600), '5m');
  assert.match(raw.statements[1] ?? '', /samples_5m/);
  await assert.rejects(over(1, /./).ask(600), { code: 'limit_rows' });
});

test('an answer too large for memory is refused before anything is read', async () => {
  const many = over(5000, /^never/);
  await assert.rejects(many.ask(11_000), { code: 'limit_rows', message: /5000 series of \d+ points/ });
  assert.deepEqual(many.statements, []);
});

test('many series are read in several statements', async () => {
  const many = over(5000, /^never/);
  await many.ask(600);
  assert.equal(many.statements.length, 2);
  assert.ok(many.statements.every((sql) => sql.length < 262_144));
});
