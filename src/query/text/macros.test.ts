import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expandMacros } from './macros.ts';

const RANGE = { from: 1_000_000, to: 4_600_000, maxPoints: 400 };

test('lengths are written as the language wants them', () => {
  const cases = [
    ['promql', 'rate(x[$__interval])', 'rate(x[10s])'],
    ['promql', 'rate(x[$__rate_interval])', 'rate(x[60s])'],
    ['promql', 'x[${__range}] $__range_s $__interval_ms', 'x[3600s] 3600 10000'],
    ['graphite', "summarize(a, '$__interval')", "summarize(a, '10s')"],
    ['sql', 'INTERVAL $__interval SECOND', 'INTERVAL 10 SECOND'],
    ['sql', '$__from $__to', '1000000 4600000'],
    ['promql', '$__other $host', '$__other $host'],
  ] as const;
  for (const [language, text, wanted] of cases) assert.equal(expandMacros(language, text, RANGE).text, wanted);
});

test('a time filter covers the range', () => {
  const { text } = expandMacros('sql', 'WHERE $__timeFilter(t)', RANGE);
  assert.equal(text, 'WHERE t >= fromUnixTimestamp64Milli(1000000) AND t <= fromUnixTimestamp64Milli(4600000)');
});

test('a place behind a macro is the place in the text as written', () => {
  const written = 'rate(x[$__rate_interval]) + )';
  const { text, originOf } = expandMacros('promql', written, RANGE);
  assert.equal(originOf(text.length - 1), written.length - 1);
  assert.equal(originOf(text.indexOf('60s') + 1), written.indexOf('$'));
  assert.equal(originOf(2), 2);
});
