import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogMetricRule } from '#core/log-metrics/rule.ts';
import { labelsOfKey } from '#core/model/labels.ts';
import type { WindowAnswer, WindowQuestion, WindowRow } from '#query/logs/index.ts';
import { Arrivals } from './arrivals.ts';
import { evaluate, type Samples } from './evaluate.ts';
import { LabelSets } from './label-sets.ts';
import { LiveRule, MAX_LATE_WINDOWS } from './live-rule.ts';

const MINUTE = 60_000;
const T = Date.UTC(2026, 0, 1);
const { signal } = new AbortController();
const rule = (rest: object): LogMetricRule =>
  LogMetricRule.parse({ metric: 'm', labels: [{ name: 'host', field: 'host' }], ...rest });
const row = (end: number, host: string, value: number, sets = 1): WindowRow => ({
  ...{ end, labels: [host], lines: value, sets, values: [[value]] },
});
const asked: WindowQuestion[] = [];

/** A search that finds these rows; of known sets it finds them, too, when asked for those. */
function found(rows: readonly WindowRow[], ofKnown: readonly WindowRow[] = []) {
  return {
    windows: (question: WindowQuestion): Promise<WindowAnswer> => {
      asked.push(question);
      const all = question.known === undefined ? rows : [...ofKnown, ...rows];
      return Promise.resolve({ rows: all, rowsRead: 7, ms: 1 });
    },
  };
}

const listed = (samples: Samples) =>
  [...samples]
    .map(([key, series]) => [
      Object.values(labelsOfKey(key)).join(' '),
      [...series].map(([t, v]) => [(t - T) / MINUTE, v]),
    ])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));

test('a set that was seen is 0 where it has no line, from its first line on; means are nowhere where nothing is', async () => {
  const rules = [rule({ functions: ['rate'] }), rule({ metric: 'x', field: 'took', functions: ['avg'] })];
  const sets = new LabelSets(rule({}));
  const both = (end: number, host: string, value: number) => ({ ...row(end, host, value), values: [[value], [value]] });
  const logs = found([both(T + 2 * MINUTE, 'a', 6), both(T + 3 * MINUTE, '', 60)]);
  const { samples } = await evaluate({ logs, rules, range: { from: T, to: T + 4 * MINUTE }, sets, signal });
  assert.deepEqual(listed(samples), [
    [
      'm',
      [
        [3, 1],
        [4, 0],
      ],
    ],
    [
      'm a',
      [
        [2, 0.1],
        [3, 0],
        [4, 0],
      ],
    ],
    ['x', [[3, 60]]],
    ['x a', [[2, 6]]],
  ]);
  sets.forget(T + 3 * MINUTE + 3_600_000);
  assert.equal(sets.size, 1);
});

test('beyond the limit new sets are refused; those that are known are asked for first', async () => {
  const one = rule({ limit: 1 });
  const sets = new LabelSets(one);
  assert.ok(sets.admit(['quiet'], T));
  asked.length = 0;
  const logs = found([row(T + MINUTE, 'loud', 9, 5)], [row(T + MINUTE, 'quiet', 2, 5)]);
  const ask = () => evaluate({ logs, rules: [one], range: { from: T, to: T + MINUTE }, sets, signal });
  const { samples, refused } = await ask();
  assert.deepEqual(listed(samples), [['m quiet', [[1, 2]]]]);
  assert.equal(refused, 4);
  await ask();
  assert.deepEqual(
    asked.map(({ known }) => known?.length),
    [undefined, 1, 1],
  );
});

test('windows that lines came late for are known, of old ones only how old; not those of the time before the rule', () => {
  const live = new LiveRule(rule({}), { since: T, until: T + 100 * MINUTE });
  const ends = () => [...live.late].map((end) => (end - T) / MINUTE);
  live.notice([
    [T - MINUTE, T],
    [T + 97 * MINUTE - 1_000, T + 97 * MINUTE + 1_000],
    [T + 100 * MINUTE, T + 101 * MINUTE],
  ]);
  assert.deepEqual(ends(), [97, 98]);
  assert.equal(live.status.tooLateFrom, 0);
  live.notice([[T + 3 * MINUTE, T + 4 * MINUTE]]);
  assert.equal(live.status.tooLateFrom, T + 3 * MINUTE);
  assert.equal(ends().length, 2);
  live.notice(undefined);
  assert.equal(ends().length, MAX_LATE_WINDOWS);
  live.late.clear();
  live.begin(T + 101 * MINUTE);
  live.notice([[T + 100 * MINUTE, T + 101 * MINUTE]]);
  assert.deepEqual(ends(), [101]);
});

test('where lines came is gathered in bounds, and given once', () => {
  const arrivals = new Arrivals();
  arrivals.notice([[T, T + 2]]);
  arrivals.notice([[T + 1, T + 3]]);
  assert.deepEqual(arrivals.take(), [[T, T + 3]]);
  assert.deepEqual(arrivals.take(), []);
  arrivals.notice(undefined);
  assert.equal(arrivals.take(), undefined);
  for (let i = 0; i < 3_000; i++) arrivals.notice([[T + 10 * i, T + 10 * i + 1]]);
  const spans = arrivals.take() ?? [];
  assert.ok(spans.length < 2_000);
  assert.deepEqual([spans[0]?.[0], spans.at(-1)?.[1]], [T, T + 29_991]);
});
