import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasRangeMacro, substituteRangeMacros } from './range-macros.ts';

const HOUR = { stepMs: 30_000, fromMs: Date.UTC(2026, 0, 1), toMs: Date.UTC(2026, 0, 1, 1) };

const CASES: readonly (readonly [text: string, wanted: string])[] = [
  ['rate(a[$__rate_interval])', 'rate(a[60s])'],
  ['rate(a[${__rate_interval}])', 'rate(a[60s])'],
  ['rate(a[[[__interval]]])', 'rate(a[30s])'],
  ['max_over_time(a[$__range]) / $__range_s', 'max_over_time(a[3600s]) / 3600'],
  ['a * $__interval_ms + $__range_ms + $__rate_interval_ms', 'a * 30000 + 3600000 + 60000'],
  ['rate(a[$__auto_interval_step])', 'rate(a[30s])'],
  ['$__from ${__to} ${__from:date:seconds}', '1767225600000 1767229200000 1767225600'],
  ['${__to:date}', '2026-01-01T01:00:00.000Z'],
  ['$__unknown $interval ${__org}', '$__unknown $interval ${__org}'],
  ['a{b="__c"}', 'a{b="__c"}'],
];

for (const [text, wanted] of CASES) {
  test(`${text} → ${wanted}`, () => assert.equal(substituteRangeMacros(text, HOUR), wanted));
}

test('a rate looks back over a step and one sample, over four samples at least', () => {
  const rate = (stepMs: number, collectMs?: number): string =>
    substituteRangeMacros('$__rate_interval', { ...HOUR, stepMs, ...(collectMs === undefined ? {} : { collectMs }) });
  assert.equal(rate(1_000), '60s');
  assert.equal(rate(300_000), '315s');
  assert.equal(rate(1_000, 1_000), '4s');
  assert.equal(rate(500, 500), '2s');
  assert.equal(rate(750, 250), '1s');
  assert.equal(rate(1_250, 100), '1350ms');
});

test('what depends on the range is told from what does not', () => {
  assert.equal(hasRangeMacro('rate(a[$__rate_interval])'), true);
  assert.equal(hasRangeMacro('a{b="$host"}'), false);
});
